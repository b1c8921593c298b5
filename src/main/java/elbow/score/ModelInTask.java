package elbow.score;

import elbow.data.shard.PackedRows;
import elbow.math.FloatMemory;
import elbow.vae.OptimalVariances;
import elbow.vae.RowScores;
import elbow.vae.RowScores.Detail;
import elbow.vae.VaeGenerator;
import elbow.vae.VaeScorer;
import elbow.vae.VaeSpec;
import java.util.Iterator;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.spark.TaskContext;
import org.apache.spark.util.TaskCompletionListener;
import org.jspecify.annotations.Nullable;

/**
 * A {@link ScoringModel} in use by one task: off-heap parameters and the activations of what it is used for, freed by
 * {@link #close}.
 */
public final class ModelInTask implements AutoCloseable {
    /** Blocks of the kernel that make a chunk: few calls, and all of its places used. */
    private static final int CHUNK_BLOCKS = 3;

    private final ScoringModel model;
    private final VaeSpec spec;
    private final FloatMemory parameters;
    private @Nullable VaeScorer scorer;
    private @Nullable VaeGenerator generator;

    /** Copies the parameters; activations are allocated at first use. */
    public ModelInTask(ScoringModel model) {
        this.model = model;
        spec = model.spec();
        parameters = FloatMemory.allocate(model.parameters().length);
        parameters.put(0, model.parameters(), model.parameters().length);
    }

    /** One that lives as long as the running task. */
    public static ModelInTask ofTask(ScoringModel model) {
        ModelInTask used = new ModelInTask(model);
        @Nullable TaskContext task = TaskContext.get();
        if (task != null) {
            TaskCompletionListener freeing = context -> used.close();
            task.addTaskCompletionListener(freeing);
        }
        return used;
    }

    /** Encoded columns of a row. */
    public int columns() {
        return spec.inputSize();
    }

    /** Latent dimensions. */
    public int latentSize() {
        return spec.latentSize();
    }

    /** What goes from latents to rows; the same one every time. */
    public VaeGenerator generator() {
        if (generator == null) {
            generator = new VaeGenerator(spec);
            generator.bind(parameters);
        }
        return generator;
    }

    private VaeScorer scorer() {
        if (scorer == null) {
            scorer = new VaeScorer(spec);
            scorer.bind(parameters);
        }
        return scorer;
    }

    /** From now on uses other parameters of the same network. */
    public void useParameters(float[] values) {
        parameters.put(0, values, values.length);
        if (scorer != null) {
            scorer.bind(parameters);
        }
        if (generator != null) {
            generator.bind(parameters);
        }
    }

    /** Rows that are handed to the kernel at once. */
    int chunkRows() {
        return CHUNK_BLOCKS * scorer().blockRows();
    }

    /** Room for a chunk of rows. */
    EncodedRows newChunk() {
        return new EncodedRows(columns(), chunkRows());
    }

    /** Room for a chunk's scores and those details. */
    RowScores newScores(Set<Detail> details) {
        return new RowScores(spec, chunkRows(), details);
    }

    /** Scores encoded rows. A row's noise is keyed by its content: equal rows score equally, wherever they stand. */
    void score(EncodedRows rows, RowScores scores) {
        scorer().score(rows.batch(), model.seed(), model.samples(), scores);
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
        OptimalVariances variances = new OptimalVariances(spec);
        chunks(blocks, rows -> scorer().addSquaredErrors(rows.batch(), model.seed(), variances));
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
        scorer().reconstruct(rows.batch(), model.seed(), expected);
    }

    @Override
    public void close() {
        if (scorer != null) {
            scorer.close();
        }
        if (generator != null) {
            generator.close();
        }
        parameters.close();
    }
}
