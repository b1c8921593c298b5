package elbow.data.reference;

import java.io.Serializable;

/** One training row, encoded. No record: Spark's Kryo cannot write records. */
public final class SampledRow implements Serializable {
    private static final long serialVersionUID = 1L;

    final float[] encoded;
    final byte[] observed;

    SampledRow(float[] encoded, byte[] observed) {
        this.encoded = encoded;
        this.observed = observed;
    }

    /** Copies its values, and which of them it has, to the row of a batch that begins at {@code place}. */
    public void copy(float[] values, byte[] mask, int place) {
        System.arraycopy(encoded, 0, values, place, encoded.length);
        System.arraycopy(observed, 0, mask, place, observed.length);
    }

    /** Its encoded values; 0 for what is missing. Not to be written to. */
    public float[] encoded() {
        return encoded;
    }

    /** Whether it has a value in an encoded column. */
    public boolean has(int column) {
        return observed[column] != 0;
    }
}
