package elbow.vae.input;

import elbow.math.noise.KeyedNoise;

/**
 * Hides variables of rows from the encoder, each with the same probability and on its own: those that it can be told
 * are missing, with all columns up to the next of them, and no conditions. Which ones is a function of the noise's key
 * and the row's alone.
 */
final class HiddenVariables {
    /** Of the noise: the input's own is 0. */
    private static final int SAMPLE = 1;

    private final double share;
    private final int count;
    private final int[] words;

    /** @param share how often a variable is hidden, in [0, 1) */
    HiddenVariables(RowSpec spec, double share) {
        this.share = share;
        count = share > 0 ? spec.missingColumns().size() - spec.missingConditions() : 0;
        words = new int[count + KeyedNoise.WORDS - 1];
    }

    /** Draws those of a row. */
    void draw(long noiseKey, long rowKey) {
        if (count > 0) {
            KeyedNoise.bits(noiseKey, rowKey, SAMPLE, count, words);
        }
    }

    /** Whether the variable of that place among the spec's missing columns is hidden. */
    boolean hides(int missing) {
        return missing < count && KeyedNoise.uniform(words[missing]) < share;
    }
}
