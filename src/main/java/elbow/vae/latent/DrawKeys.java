package elbow.vae.latent;

import elbow.math.noise.KeyedNoise;

/**
 * Keys of the noise of draws that each are a row of their own: told apart by row, sample and layer, so that a draw has
 * the same noise however many are made at once.
 */
final class DrawKeys {
    private final long[] keys;

    DrawKeys(int maximumDraws) {
        keys = new long[maximumDraws];
    }

    /** Those of {@code samples} draws of each row, sample-major, in the layer of that number. */
    long[] of(long[] rowKeys, int firstRow, int rows, int firstSample, int samples, int layer) {
        for (int sample = 0; sample < samples; sample++) {
            for (int row = 0; row < rows; row++) {
                keys[sample * rows + row] = of(rowKeys[firstRow + row], firstSample + sample, layer);
            }
        }
        return keys;
    }

    static long of(long rowKey, int sample, int layer) {
        return KeyedNoise.key(rowKey, sample, layer);
    }
}
