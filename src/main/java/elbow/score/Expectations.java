package elbow.score;

import elbow.vae.input.RowBatch;
import java.util.Arrays;

/** What a model expects, computed on the driver for a few rows: encoded values, one array per row. */
public final class Expectations {
    private Expectations() {}

    /**
     * The decoder's expectation at each row's posterior mean.
     *
     * @param rows encoded rows, each as long as the model is wide
     */
    public static float[][] reconstructions(ScoringModel model, float[][] rows) {
        if (rows.length == 0) {
            return rows;
        }
        try (ScoringReplica replica = new ScoringReplica(model)) {
            int columns = replica.columns();
            float[] flat = new float[rows.length * columns];
            for (int row = 0; row < rows.length; row++) {
                System.arraycopy(rows[row], 0, flat, row * columns, columns);
            }
            EncodedRows chunk = replica.newChunk();
            float[] expected = new float[chunk.capacity() * columns];
            for (int from = 0; from < rows.length; from += chunk.capacity()) {
                int count = Math.min(chunk.capacity(), rows.length - from);
                chunk.load(flat, from, count);
                replica.reconstruct(chunk, expected);
                System.arraycopy(expected, 0, flat, from * columns, count * columns);
            }
            return split(flat, columns);
        }
    }

    /** The decoder's expectation for {@code count} latent vectors drawn from the prior. */
    public static float[][] priorSamples(ScoringModel model, int count) {
        if (count == 0) {
            return new float[0][];
        }
        try (ScoringReplica replica = new ScoringReplica(model)) {
            float[] expected = new float[count * replica.columns()];
            replica.samplePrior(count, expected);
            return split(expected, replica.columns());
        }
    }

    /**
     * The decoder's expectation for a latent vector drawn from the prior for each of {@code rows}, given its
     * conditions.
     *
     * @param rows encoded rows, each as long as the model is wide; nothing but their conditions is looked at
     */
    public static float[][] priorSamples(ScoringModel model, float[][] rows) {
        if (rows.length == 0) {
            return rows;
        }
        try (ScoringReplica replica = new ScoringReplica(model)) {
            int columns = replica.columns();
            float[] flat = new float[rows.length * columns];
            for (int row = 0; row < rows.length; row++) {
                System.arraycopy(rows[row], 0, flat, row * columns, columns);
            }
            float[] expected = new float[flat.length];
            replica.samplePrior(RowBatch.of(columns, flat), expected);
            return split(expected, columns);
        }
    }

    private static float[][] split(float[] flat, int columns) {
        float[][] rows = new float[flat.length / columns][];
        for (int row = 0; row < rows.length; row++) {
            rows[row] = Arrays.copyOfRange(flat, row * columns, (row + 1) * columns);
        }
        return rows;
    }
}
