package elbow.vae.input;

import elbow.math.noise.KeyedNoise;
import elbow.vae.likelihood.LikelihoodGroup;
import java.util.Arrays;
import java.util.List;

/** Turns the columns of Bernoulli groups into zeros and ones, as the spec's {@link InputTransform} says. */
final class Binarisation {
    private static final int ONE_BITS = Float.floatToRawIntBits(1f);

    private final List<LikelihoodGroup> groups;
    private final boolean samples;
    private final float[] spreads;
    private final int[] open;
    private final int[] words;

    Binarisation(RowSpec spec) {
        groups = spec.groups();
        samples = spec.transform() == InputTransform.SAMPLE;
        spreads = new float[spec.columns() + KeyedNoise.WORDS];
        // One more than there can be: written before it is known whether it counts.
        open = new int[spec.columns() / KeyedNoise.WORDS + 2];
        words = new int[open.length * KeyedNoise.WORDS];
    }

    /** Overwrites a row of values in [0, 1]. */
    void apply(float[] row, long noiseKey, long rowKey) {
        int column = 0;
        for (int group = 0; group < groups.size(); group++) {
            LikelihoodGroup current = groups.get(group);
            int end = column + current.columns();
            if (RowSpec.takesBinarised(current)) {
                if (samples) {
                    sample(row, noiseKey, rowKey, column, end);
                } else {
                    threshold(row, column, end);
                }
            }
            column = end;
        }
    }

    // Words come in fours. Where all four values are 0 or 1 none is needed: most of an image is like that. No branch
    // here depends on a value: half of them would be guessed wrong.
    private void sample(float[] row, long noiseKey, long rowKey, int from, int to) {
        int first = from & -KeyedNoise.WORDS;
        Arrays.fill(spreads, first, from, 0f);
        for (int column = from; column < to; column++) {
            spreads[column] = row[column] * (1f - row[column]);
        }
        Arrays.fill(spreads, to, to + KeyedNoise.WORDS - 1, 0f);
        int count = 0;
        for (int four = first; four < to; four += KeyedNoise.WORDS) {
            open[count] = four;
            count += one(spreads[four] + spreads[four + 1] + spreads[four + 2] + spreads[four + 3]);
        }
        KeyedNoise.words(noiseKey, rowKey, 0, open, count, words);
        for (int i = 0; i < count; i++) {
            int four = open[i];
            int word = i * KeyedNoise.WORDS;
            if (four >= from && four + KeyedNoise.WORDS <= to) {
                row[four] = drawn(row[four], words[word]);
                row[four + 1] = drawn(row[four + 1], words[word + 1]);
                row[four + 2] = drawn(row[four + 2], words[word + 2]);
                row[four + 3] = drawn(row[four + 3], words[word + 3]);
                continue;
            }
            for (int column = Math.max(from, four); column < Math.min(to, four + KeyedNoise.WORDS); column++) {
                row[column] = drawn(row[column], words[word + column - four]);
            }
        }
    }

    // 1 for a value above 0, 0 for 0.
    private static int one(float value) {
        return -Float.floatToRawIntBits(value) >>> (Integer.SIZE - 1);
    }

    // 1 where the word's uniform value is below the probability, 0 elsewhere: the difference's sign bit, spread
    // over all bits, leaves those of 1 or none.
    private static float drawn(float probability, int word) {
        long difference = Double.doubleToRawLongBits(KeyedNoise.uniform(word) - probability);
        return Float.intBitsToFloat((int) (difference >> (Double.SIZE - 1)) & ONE_BITS);
    }

    private static void threshold(float[] row, int from, int to) {
        for (int column = from; column < to; column++) {
            row[column] = row[column] >= 0.5f ? 1f : 0f;
        }
    }
}
