package elbow.vae.likelihood;

import elbow.math.FloatMemory;
import org.jspecify.annotations.Nullable;

/** Rows at the end of the decoder: what the likelihoods see of them, which values are there, and the outputs. */
public final class DecodedRows {
    final FloatMemory values;
    final FloatMemory outputs;
    float @Nullable [] present;
    int count;

    /**
     * Holds no rows at first.
     *
     * @param values rows x columns
     * @param outputs of the decoder, a row for each draw of each row, sample-major: row {@code sample * rows + row}
     */
    public DecodedRows(FloatMemory values, FloatMemory outputs) {
        this.values = values;
        this.outputs = outputs;
    }

    /**
     * Says that the first rows have been loaded.
     *
     * @param observed 1 for every value that is observed and 0 for every other, rows x columns; null if all are. What
     *     stands for one that is not is allowed
     */
    public void hold(int rows, float @Nullable [] observed) {
        count = rows;
        present = observed;
    }
}
