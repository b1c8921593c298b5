package elbow.score;

import elbow.data.feature.FeatureEncoder;
import elbow.data.reference.ColumnTallies;
import elbow.data.reference.DataReference;
import java.io.Serializable;
import java.util.Optional;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * Counts rows as {@link RowScoring} scores them, without another pass. Where a job writes the scores themselves, or
 * what follows from each of them alone, every row that is written is counted once, whatever is tried again: Spark takes
 * in a task's counts once, when its result counts. Where there is a shuffle or a cache between, tasks that run again
 * may be missing or count twice; {@link ScoredCounts#rows} shows it.
 */
public final class ScoringTally implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Where a micro-batch has its number, in the local properties of its tasks. */
    private static final String MICRO_BATCH = "streaming.sql.batchId";

    /** The number of rows that are in no micro-batch. */
    static final long NO_MICRO_BATCH = -1;

    private final CountsAccumulator accumulator;

    /**
     * One for rows of an encoder.
     *
     * @param reference by whose bins values are counted too; empty: they are not, which is cheaper
     */
    public ScoringTally(SparkSession spark, FeatureEncoder encoder, Optional<DataReference> reference) {
        accumulator = new CountsAccumulator(new ScoredCounts(ColumnTallies.of(encoder, reference)));
        spark.sparkContext().register(accumulator);
    }

    /** In a task: the counts to add to. */
    ScoredCounts ofTask() {
        @Nullable String number = TaskContext.get().getLocalProperty(MICRO_BATCH);
        return accumulator.of(number == null ? NO_MICRO_BATCH : Long.parseLong(number));
    }

    /** What was counted outside of streams. */
    public ScoredCounts counts() {
        return accumulator.of(NO_MICRO_BATCH);
    }

    /** What was counted in a micro-batch of a stream, once: it is forgotten. Empty if it had no rows. */
    public Optional<ScoredCounts> take(long microBatch) {
        return Optional.ofNullable(accumulator.value().remove(microBatch));
    }
}
