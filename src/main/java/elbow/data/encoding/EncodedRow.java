package elbow.data.encoding;

import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A row on its way to its replica: sorted by seeded hash, then by content. A category is its code, a gap NaN. */
public final class EncodedRow implements Externalizable, Comparable<EncodedRow> {
    private static final long serialVersionUID = 1L;

    private long order;
    private long key;
    private byte[] pixels = {};
    private float[] values = {};

    /** For deserialization only. */
    public EncodedRow() {}

    public EncodedRow(long order, long key, byte[] pixels, float[] values) {
        this.order = order;
        this.key = key;
        this.pixels = pixels;
        this.values = values;
    }

    public long order() {
        return order;
    }

    public long key() {
        return key;
    }

    public byte[] pixels() {
        return pixels;
    }

    public float[] values() {
        return values;
    }

    @Override
    public int compareTo(EncodedRow other) {
        int comparison = Long.compareUnsigned(order, other.order);
        if (comparison == 0) {
            comparison = Arrays.compareUnsigned(pixels, other.pixels);
        }
        return comparison == 0 ? Arrays.compare(values, other.values) : comparison;
    }

    @Override
    public boolean equals(@Nullable Object object) {
        return object instanceof EncodedRow other && compareTo(other) == 0;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(order);
    }

    @Override
    public void writeExternal(ObjectOutput out) throws IOException {
        out.writeLong(order);
        out.writeLong(key);
        out.writeInt(pixels.length);
        out.write(pixels);
        out.writeInt(values.length);
        for (float value : values) {
            out.writeFloat(value);
        }
    }

    @Override
    public void readExternal(ObjectInput in) throws IOException {
        order = in.readLong();
        key = in.readLong();
        pixels = new byte[in.readInt()];
        in.readFully(pixels);
        values = new float[in.readInt()];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.readFloat();
        }
    }
}
