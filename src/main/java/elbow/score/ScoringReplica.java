package elbow.score;

import elbow.data.shard.PackedRows;
import elbow.math.FloatMemory;
import elbow.math.RowHash;
import elbow.vae.RowScores;
import elbow.vae.VaeScorer;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** A {@link ScoringModel} in use by one task: off-heap parameters and activations, freed by {@link #close}. */
final class ScoringReplica implements AutoCloseable {
    /** Rows that are handed to the kernel at once: enough for its own blocks to be full. */
    static final int CHUNK_ROWS = 512;

    private final ScoringModel model;
    private final VaeScorer scorer;
    private final FloatMemory parameters;
    private final long[] keys = new long[CHUNK_ROWS];

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

    /** Scores encoded rows. */
    void score(EncodedRows rows, RowScores scores) {
        scorer.score(rows.values(), rows.observed(), rows.count(), keys(rows), model.seed(), model.samples(), scores);
    }

    /**
     * Scores encoded rows, and each variable.
     *
     * @param logDensities as {@link VaeScorer#scoreColumns} writes them
     */
    void scoreColumns(EncodedRows rows, RowScores scores, double[] logDensities) {
        scorer.scoreColumns(
                rows.values(),
                rows.observed(),
                rows.count(),
                keys(rows),
                model.seed(),
                model.samples(),
                scores,
                logDensities);
    }

    /** Scores all rows of {@code blocks}, a few at a time, in their order. */
    void scoreAll(Iterator<PackedRows> blocks, ChunkConsumer consumer) {
        forEach(blocks, this::score, consumer);
    }

    /** As {@link #scoreAll}, and each variable of every row. */
    void scoreAllColumns(Iterator<PackedRows> blocks, double[] logDensities, ChunkConsumer consumer) {
        forEach(blocks, (rows, scores) -> scoreColumns(rows, scores, logDensities), consumer);
    }

    private void forEach(Iterator<PackedRows> blocks, ChunkConsumer scoring, ChunkConsumer consumer) {
        EncodedRows rows = new EncodedRows(columns());
        RowScores scores = new RowScores(CHUNK_ROWS);
        while (blocks.hasNext()) {
            PackedRows block = blocks.next();
            for (int from = 0; from < block.rows(); from += CHUNK_ROWS) {
                rows.load(block, from, Math.min(CHUNK_ROWS, block.rows() - from));
                scoring.accept(rows, scores);
                consumer.accept(rows, scores);
            }
        }
    }

    /** Takes encoded rows and their scores; keeps neither. */
    interface ChunkConsumer {
        void accept(EncodedRows rows, RowScores scores);
    }

    /** Expected values at the posterior means, count x columns. */
    void reconstruct(EncodedRows rows, float[] expected) {
        scorer.reconstruct(rows.values(), rows.observed(), rows.count(), keys(rows), model.seed(), expected);
    }

    /** Expected values for {@code count} latents drawn from the prior, count x columns. */
    void samplePrior(int count, float[] expected) {
        scorer.samplePrior(count, model.seed(), expected);
    }

    /** Posterior means and log-variances, each count x latentSize. */
    void encode(EncodedRows rows, float[] means, float[] logVariances) {
        scorer.encode(rows.values(), rows.observed(), rows.count(), keys(rows), model.seed(), means, logVariances);
    }

    /** A row's noise is keyed by the hash of its encoded content: equal rows score equally, wherever they stand. */
    private long[] keys(EncodedRows rows) {
        byte @Nullable [] observed = rows.observed();
        for (int row = 0; row < rows.count(); row++) {
            int offset = row * columns();
            keys[row] = observed == null
                    ? RowHash.of(rows.values(), offset, columns())
                    : RowHash.of(rows.values(), observed, offset, columns());
        }
        return keys;
    }

    @Override
    public void close() {
        scorer.close();
        parameters.close();
    }
}
