package elbow.math.noise;

import elbow.math.DoubleLoops;

/**
 * Standard normal noise of a minibatch: for each row the values of {@link KeyedNoise#bits} and
 * {@link KeyedNoise#normal}, bit for bit, in loops over many rows that are vectorized. Holds its scratch memory; not
 * thread-safe.
 */
public final class NormalNoise {
    /** Values that are drawn at once, unless one row has more: their scratch memory fits a first-level cache. */
    private static final int TILE = 512;

    private final int components;
    private final int blocks;
    private final int tileRows;
    private final PhiloxLanes lanes;
    private final NormalQuantiles quantiles;
    private final double[] probabilities;
    private final double[] values;

    /** @param components values of a row */
    public NormalNoise(int components) {
        this.components = components;
        blocks = (components - 1) / KeyedNoise.WORDS + 1;
        tileRows = Math.max(1, TILE / components);
        int count = tileRows * components;
        lanes = new PhiloxLanes(tileRows * blocks);
        quantiles = new NormalQuantiles(count);
        probabilities = new double[Math.addExact(count, KeyedNoise.WORDS - 1)];
        values = new double[count];
    }

    /**
     * Draws the noise of one sample of the rows {@code firstRow .. firstRow + rows}.
     *
     * @param key of seed, pass and stream: {@link KeyedNoise#key}
     * @param rowKeys of all rows
     * @param normal where it goes, row by row: {@code rows} x components values from {@code normal[at]}
     */
    public void draw(long key, long[] rowKeys, int firstRow, int rows, int sample, float[] normal, int at) {
        for (int row = 0; row < rows; row += tileRows) {
            int count = Math.min(tileRows, rows - row);
            drawTile(key, rowKeys, firstRow + row, count, sample);
            DoubleLoops.narrow(values, normal, at + row * components, count * components);
        }
    }

    private void drawTile(long key, long[] rowKeys, int firstRow, int rows, int sample) {
        lanes.set(rowKeys, firstRow, rows, blocks, sample);
        lanes.run(key, rows * blocks);
        // The last block first: where it has more words than the row has components, it reaches into the next row.
        for (int block = blocks - 1; block >= 0; block--) {
            lanes.uniform(block * rows, rows, probabilities, block * KeyedNoise.WORDS, components);
        }
        quantiles.of(probabilities, values, rows * components);
    }
}
