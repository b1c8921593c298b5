package elbow.score;

import elbow.data.Block;
import elbow.math.FloatMemory;
import elbow.math.RowHash;
import elbow.vae.RowScores;
import elbow.vae.VaeScorer;
import java.util.Iterator;

/** A {@link ScoringModel} at work in one task: off-heap parameters and activations, freed by {@link #close}. */
final class ScoringReplica implements AutoCloseable {
    /** Rows that are handed to the kernel at once: enough for its own blocks to be full. */
    static final int CHUNK_ROWS = 512;

    private final ScoringModel model;
    private final VaeScorer scorer;
    private final FloatMemory parameters;
    private long[] keys = new long[0];

    ScoringReplica(ScoringModel model) {
        this.model = model;
        scorer = new VaeScorer(model.spec());
        parameters = FloatMemory.allocate(model.parameters().length);
        parameters.put(0, model.parameters(), model.parameters().length);
        scorer.bind(parameters);
    }

    int columns() {
        return scorer.spec().inputSize();
    }

    int latentSize() {
        return scorer.spec().latentSize();
    }

    /** Scores {@code count} encoded rows, row-major. */
    void score(float[] rows, int count, RowScores scores) {
        scorer.score(rows, count, keys(rows, count), model.seed(), model.samples(), scores);
    }

    /** Scores all rows of {@code blocks}, a few at a time, in their order. */
    void scoreAll(Iterator<Block> blocks, ChunkConsumer consumer) {
        float[] rows = new float[CHUNK_ROWS * columns()];
        RowScores scores = new RowScores(CHUNK_ROWS);
        while (blocks.hasNext()) {
            Block block = blocks.next();
            for (int from = 0; from < block.rows(); from += CHUNK_ROWS) {
                int count = Math.min(CHUNK_ROWS, block.rows() - from);
                block.copyRows(from, count, rows);
                score(rows, count, scores);
                consumer.accept(rows, count, scores);
            }
        }
    }

    /** Takes up to {@link #CHUNK_ROWS} encoded rows and their scores; keeps neither array. */
    interface ChunkConsumer {
        void accept(float[] rows, int count, RowScores scores);
    }

    /** Expected values at the posterior means, count x columns. */
    void reconstruct(float[] rows, int count, float[] expected) {
        scorer.reconstruct(rows, count, keys(rows, count), model.seed(), expected);
    }

    /** Expected values for {@code count} latents drawn from the prior, count x columns. */
    void samplePrior(int count, float[] expected) {
        scorer.samplePrior(count, model.seed(), expected);
    }

    /** Posterior means and log-variances, each count x latentSize. */
    void encode(float[] rows, int count, float[] means, float[] logVariances) {
        scorer.encode(rows, count, keys(rows, count), model.seed(), means, logVariances);
    }

    /** A row's noise is keyed by the hash of its encoded content: equal rows score equally, wherever they stand. */
    private long[] keys(float[] rows, int count) {
        if (keys.length < count) {
            keys = new long[count];
        }
        for (int row = 0; row < count; row++) {
            keys[row] = RowHash.of(rows, row * columns(), columns());
        }
        return keys;
    }

    @Override
    public void close() {
        scorer.close();
        parameters.close();
    }
}
