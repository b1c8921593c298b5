package elbow.math.optimizer;

import elbow.base.Check;
import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * Floats on the heap, in tiles that compiled loops run over in vectors without a copy: an optimizer's moments, which no
 * matrix product reads.
 */
public final class FloatTiles {
    private final float[][] tiles;
    private final int length;

    /**
     * Zeros.
     *
     * @param length number of floats, at least 1
     */
    public FloatTiles(int length) {
        Check.argument(length >= 1, "length", "be at least 1", length);
        this.length = length;
        tiles = new float[(length - 1) / OptimizerChecks.TILE + 1][];
        for (int i = 0; i < tiles.length; i++) {
            tiles[i] = new float[Math.min(OptimizerChecks.TILE, length - i * OptimizerChecks.TILE)];
        }
    }

    /** Number of floats. */
    public int length() {
        return length;
    }

    /** Copies everything to {@code destination}, from its position on. */
    public void get(FloatBuffer destination) {
        for (float[] tile : tiles) {
            destination.put(tile);
        }
    }

    /** Copies the next {@link #length} floats of {@code source} here. */
    public void put(FloatBuffer source) {
        for (float[] tile : tiles) {
            source.get(tile);
        }
    }

    /** Sets everything to zero. */
    public void clear() {
        for (float[] tile : tiles) {
            Arrays.fill(tile, 0f);
        }
    }

    /** The floats from {@code index} x {@link OptimizerChecks#TILE} on, shared. */
    float[] tile(int index) {
        return tiles[index];
    }
}
