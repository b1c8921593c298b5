package elbow;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.NullMarked;

/** Rows whose columns have one normal factor in common, and noise of standard deviation 0.3 each. */
@NullMarked
public final class OneFactorRows {
    private OneFactorRows() {}

    /** The same rows at every call. */
    public static List<float[]> of(int count, int columns) {
        Random random = new Random(3);
        List<float[]> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            float[] row = new float[columns];
            float common = (float) random.nextGaussian();
            for (int column = 0; column < columns; column++) {
                row[column] = common + 0.3f * (float) random.nextGaussian();
            }
            rows.add(row);
        }
        return rows;
    }
}
