package elbow.vae;

/** Heap scratch for element-wise loops: four tiles that all blocks of one engine share, one after the other. */
final class Workspace {
    /** Elements of a tile unless one row is longer: four tiles fit a first-level cache. */
    static final int TILE = 2048;

    final float[] first;
    final float[] second;
    final float[] third;
    final float[] fourth;

    Workspace(int widestRow) {
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
    static int rowsPerTile(int width) {
        return Math.max(1, TILE / width);
    }

    /** Repeats the first {@code width} elements until {@code rows} rows are filled. */
    static void repeatRow(float[] tile, int width, int rows) {
        for (int row = 1; row < rows; row++) {
            System.arraycopy(tile, 0, tile, row * width, width);
        }
    }
}
