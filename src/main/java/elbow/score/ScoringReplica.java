package elbow.score;

import elbow.data.shard.PackedRows;
import elbow.math.FloatMemory;
import elbow.vae.OptimalVariances;
import elbow.vae.RowScores;
import elbow.vae.RowScores.Detail;
import elbow.vae.VaeScorer;
import elbow.vae.input.RowBatch;
import java.util.Iterator;
import java.util.Set;
import java.util.function.Consumer;

/** A {@link ScoringModel} in use by one task: off-heap parameters and activations, freed by {@link #close}. */
final class ScoringReplica implements AutoCloseable {
    /** Blocks of the kernel that make a chunk: few calls, and all of its places used. */
    private static final int CHUNK_BLOCKS = 3;

    private final ScoringModel model;
    private final VaeScorer scorer;
    private final FloatMemory parameters;

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

    /** Rows that are handed to the kernel at once. */
    int chunkRows() {
        return CHUNK_BLOCKS * scorer.blockRows();
    }

    /** Room for a chunk of rows. */
    EncodedRows newChunk() {
        return new EncodedRows(columns(), chunkRows());
    }

    /** Room for a chunk's scores and those details. */
    RowScores newScores(Set<Detail> details) {
        return new RowScores(scorer.spec(), chunkRows(), details);
    }

    /** Scores encoded rows. A row's noise is keyed by its content: equal rows score equally, wherever they stand. */
    void score(EncodedRows rows, RowScores scores) {
        scorer.score(rows.batch(), model.seed(), model.samples(), scores);
    }

    /** Scores all rows of {@code blocks} in their order, a chunk at a time: all are full but the last. */
    void scoreAll(Iterator<PackedRows> blocks, Set<Detail> details, ChunkConsumer consumer) {
        RowScores scores = newScores(details);
        chunks(blocks, rows -> {
            score(rows, scores);
            consumer.accept(rows, scores);
        });
    }

    /** The squared errors of all rows of {@code blocks}, at one draw of each row's latents. */
    OptimalVariances errors(Iterator<PackedRows> blocks) {
        OptimalVariances variances = new OptimalVariances(scorer.spec());
        chunks(blocks, rows -> scorer.addSquaredErrors(rows.batch(), model.seed(), variances));
        return variances;
    }

    private void chunks(Iterator<PackedRows> blocks, Consumer<EncodedRows> consumer) {
        EncodedRows rows = newChunk();
        while (blocks.hasNext()) {
            PackedRows block = blocks.next();
            int from = 0;
            while (from < block.rows()) {
                int count = Math.min(rows.capacity() - rows.count(), block.rows() - from);
                rows.add(block, from, count);
                from += count;
                if (rows.count() == rows.capacity()) {
                    consumer.accept(rows);
                    rows.clear();
                }
            }
        }
        if (rows.count() > 0) {
            consumer.accept(rows);
        }
    }

    /** Takes encoded rows and their scores; keeps neither. */
    interface ChunkConsumer {
        void accept(EncodedRows rows, RowScores scores);
    }

    /** Expected values at the posterior means, count x columns. */
    void reconstruct(EncodedRows rows, float[] expected) {
        scorer.reconstruct(rows.batch(), model.seed(), expected);
    }

    /** Expected values for {@code count} latents drawn from the prior, count x columns. */
    void samplePrior(int count, float[] expected) {
        scorer.samplePrior(count, model.seed(), expected);
    }

    /** The same for each row of {@code conditions}, given its conditions. */
    void samplePrior(RowBatch conditions, float[] expected) {
        scorer.samplePrior(conditions, model.seed(), expected);
    }

    @Override
    public void close() {
        scorer.close();
        parameters.close();
    }
}
