package elbow.vae;

import elbow.base.Check;
import elbow.math.FloatMemory;
import elbow.math.KeyedNoise;
import java.util.List;

/** Copies rows to off-heap memory, refuses values that no likelihood is defined for, and binarises. */
final class InputBlock {
    private final List<LikelihoodGroup> groups;
    private final InputTransform transform;
    private final int columns;
    private final float[] row;
    private final int[] bits;
    private final FloatMemory memory;

    InputBlock(VaeSpec spec, FloatMemory memory) {
        groups = spec.likelihoods();
        transform = spec.inputTransform();
        columns = spec.inputSize();
        row = new float[columns];
        bits = new int[columns + 3];
        this.memory = memory;
    }

    /** Loads rows {@code first .. first + count} of {@code rows} to the rows 0 .. count here. */
    void load(float[] rows, long[] rowKeys, int first, int count, long noiseKey) {
        for (int i = 0; i < count; i++) {
            System.arraycopy(rows, (first + i) * columns, row, 0, columns);
            if (transform == InputTransform.SAMPLE) {
                KeyedNoise.bits(noiseKey, rowKeys[first + i], 0, columns, bits);
            }
            int column = 0;
            for (int group = 0; group < groups.size(); group++) {
                LikelihoodGroup current = groups.get(group);
                int end = column + current.columns();
                requireRange(current.likelihood(), first + i, column, end);
                if (transform != InputTransform.NONE && VaeSpec.isBernoulli(current)) {
                    binarise(column, end);
                }
                column = end;
            }
            memory.put(i * columns, row, columns);
        }
    }

    private void requireRange(Likelihood likelihood, int rowIndex, int from, int to) {
        float minimum = likelihood.minimum();
        float maximum = likelihood.maximum();
        float[] values = row;
        for (int column = from; column < to; column++) {
            // Written so that NaN fails it.
            if (!(values[column] >= minimum && values[column] <= maximum)) {
                refuse(likelihood, rowIndex, column);
            }
        }
    }

    private void refuse(Likelihood likelihood, int rowIndex, int column) {
        String rule = likelihood.maximum() == Float.MAX_VALUE && likelihood.minimum() == -Float.MAX_VALUE
                ? "be finite"
                : "lie in [" + likelihood.minimum() + ", " + likelihood.maximum() + "] for " + likelihood.name();
        Check.argument(false, "rows[" + rowIndex + "][" + column + "]", rule, row[column]);
    }

    private void binarise(int from, int to) {
        float[] values = row;
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
