package elbow.vae;

import elbow.math.FloatMemory;
import elbow.math.KeyedNoise;
import org.jspecify.annotations.Nullable;

/**
 * Brings rows to off-heap memory: as the likelihoods see them, binarised if the spec says so, and as the encoder sees
 * them, which is the same memory unless there is a difference.
 */
final class InputBlock {
    private final VaeSpec spec;
    private final InputTransform transform;
    private final int columns;
    private final InputCheck check;
    private final EncoderInputs inputs;
    private final Gaps gaps;
    private final float[] row;
    private final int[] words = new int[KeyedNoise.WORDS];
    private final FloatMemory values;
    private final FloatMemory encoderInput;

    /**
     * @param values rows x inputSize
     * @param encoderInput rows x encoderInputSize; {@code values} itself if {@link #sharesMemory}
     */
    InputBlock(VaeSpec spec, FloatMemory values, FloatMemory encoderInput) {
        this.spec = spec;
        transform = spec.inputTransform();
        columns = spec.inputSize();
        check = new InputCheck(spec);
        inputs = new EncoderInputs(spec);
        gaps = new Gaps(spec, values.length() / columns);
        row = new float[columns];
        this.values = values;
        this.encoderInput = encoderInput;
    }

    /** Whether likelihoods and encoder see the same numbers. */
    static boolean sharesMemory(VaeSpec spec) {
        return spec.missingColumns().isEmpty() && spec.likelihoods().stream().noneMatch(LikelihoodGroup::changesInputs);
    }

    /** Which entries of the rows loaded last are there. */
    Gaps gaps() {
        return gaps;
    }

    /**
     * Loads rows {@code first .. first + count} of {@code rows} to the rows 0 .. count here.
     *
     * @param observed as long as {@code rows}, 1 where there is a value and 0 where it is missing; null if all are
     *     there
     */
    void load(float[] rows, byte @Nullable [] observed, long[] rowKeys, int first, int count, long noiseKey) {
        gaps.read(observed, first, count);
        if (gaps.isEmpty()) {
            check.require(rows, first, count);
            if (transform == InputTransform.NONE && values == encoderInput) {
                values.put(0, rows, first * columns, count * columns);
                return;
            }
        }
        for (int i = 0; i < count; i++) {
            System.arraycopy(rows, (first + i) * columns, row, 0, columns);
            if (!gaps.isEmpty()) {
                gaps.fill(i, row);
                check.require(row, first + i, gaps, i);
            }
            if (transform != InputTransform.NONE) {
                binarise(noiseKey, rowKeys[first + i]);
            }
            values.put(i * columns, row, columns);
            if (values != encoderInput) {
                inputs.write(row, gaps, i, encoderInput);
            }
        }
    }

    private void binarise(long noiseKey, long rowKey) {
        int column = 0;
        for (int group = 0; group < spec.likelihoods().size(); group++) {
            LikelihoodGroup current = spec.likelihoods().get(group);
            int end = column + current.columns();
            if (VaeSpec.isBernoulli(current)) {
                if (transform == InputTransform.SAMPLE) {
                    sample(noiseKey, rowKey, column, end);
                } else {
                    threshold(column, end);
                }
            }
            column = end;
        }
    }

    // Words come in fours. Where all four values are 0 or 1 none is needed: most of an image is like that.
    private void sample(long noiseKey, long rowKey, int from, int to) {
        for (int four = from & -KeyedNoise.WORDS; four < to; four += KeyedNoise.WORDS) {
            int begin = Math.max(from, four);
            int end = Math.min(to, four + KeyedNoise.WORDS);
            if (isOpen(begin, end)) {
                KeyedNoise.words(noiseKey, rowKey, 0, four, words);
                for (int column = begin; column < end; column++) {
                    row[column] = KeyedNoise.uniform(words[column - four]) < row[column] ? 1f : 0f;
                }
            }
        }
    }

    private boolean isOpen(int from, int to) {
        float spread = 0;
        for (int column = from; column < to; column++) {
            spread += row[column] * (1f - row[column]);
        }
        return spread > 0;
    }

    private void threshold(int from, int to) {
        for (int column = from; column < to; column++) {
            row[column] = row[column] >= 0.5f ? 1f : 0f;
        }
    }
}
