package elbow.vae;

import elbow.base.Check;
import elbow.math.FloatMemory;
import elbow.math.KeyedNoise;
import elbow.math.VectorLoops;
import java.util.Arrays;
import java.util.List;

/** Copies rows to off-heap memory, refuses values that no likelihood is defined for, and binarises. */
final class InputBlock {
    private final List<LikelihoodGroup> groups;
    private final InputTransform transform;
    private final int columns;
    private final int tileRows;
    private final float[] tile;
    private final float[] lowest;
    private final float[] highest;
    private final int[] bits;
    private final FloatMemory memory;

    InputBlock(VaeSpec spec, FloatMemory memory) {
        groups = spec.likelihoods();
        transform = spec.inputTransform();
        columns = spec.inputSize();
        tileRows = Workspace.rowsPerTile(columns);
        tile = new float[tileRows * columns];
        lowest = new float[tile.length];
        highest = new float[tile.length];
        bits = new int[columns + 3];
        this.memory = memory;
    }

    /** Loads rows {@code first .. first + count} of {@code rows} to the rows 0 .. count here. */
    void load(float[] rows, long[] rowKeys, int first, int count, long noiseKey) {
        requireRanges(rows, first, count);
        if (transform == InputTransform.NONE) {
            memory.put(0, rows, first * columns, count * columns);
            return;
        }
        for (int i = 0; i < count; i++) {
            System.arraycopy(rows, (first + i) * columns, tile, 0, columns);
            if (transform == InputTransform.SAMPLE) {
                KeyedNoise.bits(noiseKey, rowKeys[first + i], 0, columns, bits);
            }
            binarise();
            memory.put(i * columns, tile, columns);
        }
    }

    // Lowest and highest values first, in loops that are vectorized; only if those fail, which value it is.
    private void requireRanges(float[] rows, int first, int count) {
        Arrays.fill(lowest, Float.POSITIVE_INFINITY);
        Arrays.fill(highest, Float.NEGATIVE_INFINITY);
        for (int row = 0; row < count; row += tileRows) {
            int length = Math.min(tileRows, count - row) * columns;
            System.arraycopy(rows, (first + row) * columns, tile, 0, length);
            VectorLoops.lower(tile, lowest, length);
            VectorLoops.raise(tile, highest, length);
        }
        int used = Math.min(tileRows, count) * columns;
        for (int from = 0; from < used; from += columns) {
            if (outside(lowest, from) >= 0 || outside(highest, from) >= 0) {
                refuseFirst(rows, first, count);
            }
        }
    }

    private void refuseFirst(float[] rows, int first, int count) {
        for (int row = first; row < first + count; row++) {
            int column = outside(rows, row * columns);
            if (column >= 0) {
                refuse(row, column, rows[row * columns + column]);
            }
        }
    }

    // The first column with a value outside its likelihood's support, in the row that starts at that index; or -1.
    private int outside(float[] values, int from) {
        int column = 0;
        for (int group = 0; group < groups.size(); group++) {
            float minimum = groups.get(group).likelihood().minimum();
            float maximum = groups.get(group).likelihood().maximum();
            for (int end = column + groups.get(group).columns(); column < end; column++) {
                float value = values[from + column];
                // Written so that NaN fails it.
                if (!(value >= minimum && value <= maximum)) {
                    return column;
                }
            }
        }
        return -1;
    }

    private void refuse(int row, int column, float value) {
        Likelihood likelihood = likelihoodOf(column);
        String rule = likelihood.maximum() == Float.MAX_VALUE && likelihood.minimum() == -Float.MAX_VALUE
                ? "be finite"
                : "lie in [" + likelihood.minimum() + ", " + likelihood.maximum() + "] for " + likelihood.name();
        Check.argument(false, "rows[" + row + "][" + column + "]", rule, value);
    }

    private Likelihood likelihoodOf(int column) {
        int group = 0;
        for (int end = groups.get(0).columns();
                end <= column;
                end += groups.get(group).columns()) {
            group++;
        }
        return groups.get(group).likelihood();
    }

    private void binarise() {
        int column = 0;
        for (int group = 0; group < groups.size(); group++) {
            int end = column + groups.get(group).columns();
            if (VaeSpec.isBernoulli(groups.get(group))) {
                binarise(column, end);
            }
            column = end;
        }
    }

    private void binarise(int from, int to) {
        float[] values = tile;
        if (transform == InputTransform.SAMPLE) {
            for (int column = from; column < to; column++) {
                values[column] = KeyedNoise.uniform(bits[column]) < values[column] ? 1f : 0f;
            }
        } else {
            for (int column = from; column < to; column++) {
                values[column] = values[column] >= 0.5f ? 1f : 0f;
            }
        }
    }
}
