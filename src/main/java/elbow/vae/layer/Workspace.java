package elbow.vae.layer;

import elbow.math.FloatMemory;
import elbow.math.Multiplier;
import elbow.math.VectorLoops;

/**
 * What all blocks of one engine share, one after the other: four tiles of heap scratch for element-wise loops, and what
 * makes the products of training.
 */
public final class Workspace {
    /** Elements of a tile unless one row is longer: four tiles fit a first-level cache. */
    static final int TILE = 2048;

    final float[] first;
    final float[] second;
    final float[] third;
    final float[] fourth;

    final Multiplier products;

    /** With products in float32. */
    public Workspace(int widestRow) {
        this(widestRow, Multiplier.FLOAT32);
    }

    /** @param products which stay the caller's to close */
    public Workspace(int widestRow, Multiplier products) {
        this.products = products;
        int capacity = capacity(widestRow);
        first = new float[capacity];
        second = new float[capacity];
        third = new float[capacity];
        fourth = new float[capacity];
    }

    static int capacity(int widestRow) {
        return Math.max(TILE, widestRow);
    }

    /** How many whole rows of that width fit a tile, at least 1. */
    public static int rowsPerTile(int width) {
        return Math.max(1, TILE / width);
    }

    /** Repeats the first {@code width} elements until {@code rows} rows are filled. */
    public static void repeatRow(float[] tile, int width, int rows) {
        repeat(tile, width, rows * width);
    }

    /** As {@link #repeatRow(float[], int, int)}. */
    public static void repeatRow(double[] tile, int width, int rows) {
        repeat(tile, width, rows * width);
    }

    // Twice as much at every copy: a narrow row takes less time than the call that copies it.
    @SuppressWarnings("SuspiciousSystemArraycopy")
    private static void repeat(Object tile, int filled, int length) {
        for (int from = filled; from < length; from += from) {
            System.arraycopy(tile, 0, tile, from, Math.min(from, length - from));
        }
    }

    /**
     * Leaves the sum of {@code rows} rows in the first one; the others are lost. The lower half of them is added to the
     * upper one, and so on: a loop over one row is too short to be vectorized well.
     *
     * @param scratch at least half as long as the rows
     */
    public static void sumRows(float[] tile, int width, int rows, float[] scratch) {
        for (int left = rows; left > 1; left -= left / 2) {
            int moved = left / 2 * width;
            System.arraycopy(tile, left * width - moved, scratch, 0, moved);
            VectorLoops.accumulate(scratch, tile, moved);
        }
    }

    /** Copies columns of rows of one matrix to those of another; no more than the widest row. */
    void copyColumns(
            int rows,
            int columns,
            FloatMemory from,
            int fromWidth,
            int fromFirst,
            FloatMemory to,
            int toWidth,
            int toFirst) {
        for (int row = 0; row < rows; row++) {
            from.get(row * fromWidth + fromFirst, first, columns);
            to.put(row * toWidth + toFirst, first, columns);
        }
    }
}
