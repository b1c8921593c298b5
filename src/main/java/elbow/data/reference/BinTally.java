package elbow.data.reference;

import elbow.data.feature.FeatureEncoder;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** Counts encoded rows by the bins of a reference. */
final class BinTally implements Serializable {
    private static final long serialVersionUID = 1L;

    private final DataReference reference;
    private final FeatureValues values;
    private final long[][] counts;

    /** @throws elbow.base.ElbowException of category MODEL if the bins are not of the encoder's columns */
    BinTally(DataReference reference, FeatureEncoder encoder) {
        this(reference, new FeatureValues(encoder.features()));
        reference.requireColumnsOf(encoder);
    }

    private BinTally(DataReference reference, FeatureValues values) {
        this.reference = reference;
        this.values = values;
        counts = reference.emptyCounts();
    }

    BinTally empty() {
        return new BinTally(reference, values);
    }

    /** @param observed null: all is */
    void add(float[] encoded, byte @Nullable [] observed, int rows, int width) {
        for (int i = 0; i < counts.length; i++) {
            for (int row = 0; row < rows; row++) {
                reference.add(i, values.value(i, encoded, observed, row * width), counts[i]);
            }
        }
    }

    void merge(BinTally other) {
        DataReference.sum(counts, other.counts);
    }

    /** The same bins with what was counted. */
    DataReference counted() {
        return reference.with(counts);
    }
}
