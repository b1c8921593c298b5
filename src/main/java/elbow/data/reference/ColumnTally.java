package elbow.data.reference;

import elbow.data.feature.Feature;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What rows have in one column, as far as it shows whether they are still such rows as those of training.
 *
 * @param feature the column
 * @param rows how many rows
 * @param missing rows without a value
 * @param beyond rows with a value that training has not shown: see {@link Feature#trainingRange}
 * @param constant the encoded value, or the code of a category, that all values are; empty if there are none, or
 *     different ones, or if that is not counted, as of times and images
 */
public record ColumnTally(Feature feature, long rows, long missing, long beyond, Optional<Double> constant) {
    /** The column's name. */
    public String column() {
        return feature.column();
    }

    /** Rows with a value. */
    public long present() {
        return rows - missing;
    }

    /** An encoded value, or the code of a category, for people. */
    public String text(double value) {
        float[] encoded = new float[feature.width()];
        if (encoded.length == 1) {
            encoded[0] = (float) value;
        } else {
            encoded[(int) value] = 1;
        }
        @Nullable String text = feature.expectedText(encoded, 0);
        return text == null ? "" : text;
    }
}
