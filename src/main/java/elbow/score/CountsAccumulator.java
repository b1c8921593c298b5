package elbow.score;

import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.apache.spark.util.AccumulatorV2;

/** Brings counts from tasks to the driver, by micro-batch. A task's heartbeat reads the map while the task fills it. */
final class CountsAccumulator extends AccumulatorV2<ScoredCounts, SortedMap<Long, ScoredCounts>> {
    private static final long serialVersionUID = 1L;

    private final ScoredCounts none;
    private final ConcurrentSkipListMap<Long, ScoredCounts> counts = new ConcurrentSkipListMap<>();

    CountsAccumulator(ScoredCounts none) {
        this.none = none;
    }

    /** The counts of a micro-batch, to be added to. */
    ScoredCounts of(long microBatch) {
        return counts.computeIfAbsent(microBatch, unused -> none.empty());
    }

    @Override
    public boolean isZero() {
        return counts.isEmpty();
    }

    @Override
    public CountsAccumulator copy() {
        CountsAccumulator copy = new CountsAccumulator(none);
        copy.merge(this);
        return copy;
    }

    // Each stage's tasks begin with one: what others have counted need not be copied for it.
    @Override
    public CountsAccumulator copyAndReset() {
        return new CountsAccumulator(none);
    }

    @Override
    public void reset() {
        counts.clear();
    }

    @Override
    public void add(ScoredCounts counted) {
        of(ScoringTally.NO_MICRO_BATCH).merge(counted);
    }

    @Override
    public void merge(AccumulatorV2<ScoredCounts, SortedMap<Long, ScoredCounts>> other) {
        other.value().forEach((microBatch, counted) -> of(microBatch).merge(counted));
    }

    @Override
    public SortedMap<Long, ScoredCounts> value() {
        return counts;
    }
}
