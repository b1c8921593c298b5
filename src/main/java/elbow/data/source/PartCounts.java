package elbow.data.source;

import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.util.AccumulatorV2;

/**
 * Brings to the driver how many rows each part of some data has given, a part once it has come to its end. What runs
 * again, or twice, changes nothing. A task's heartbeat reads the counts while the task goes on.
 *
 * @param <K> names a part; serializable
 */
final class PartCounts<K> extends AccumulatorV2<K, Map<K, Long>> {
    private static final long serialVersionUID = 1L;

    /** Of a part that had other rows when it was read again. */
    static final long CHANGED = -1;

    private final ConcurrentHashMap<K, Long> rows = new ConcurrentHashMap<>();

    /** In a task: the rows of a part, counted. */
    <T> Iterator<T> counting(K part, Iterator<T> given) {
        return new Iterator<>() {
            private long count;
            private boolean over;

            @Override
            public boolean hasNext() {
                if (given.hasNext()) {
                    return true;
                }
                if (!over) {
                    over = true;
                    put(part, count);
                }
                return false;
            }

            @Override
            public T next() {
                T next = given.next();
                count++;
                return next;
            }
        };
    }

    private void put(K part, long count) {
        rows.merge(part, count, (one, another) -> one.equals(another) ? one : CHANGED);
    }

    @Override
    public boolean isZero() {
        return rows.isEmpty();
    }

    @Override
    public PartCounts<K> copy() {
        PartCounts<K> copy = new PartCounts<>();
        copy.rows.putAll(rows);
        return copy;
    }

    // Each stage's tasks begin with one: what others have counted need not be copied for it.
    @Override
    public PartCounts<K> copyAndReset() {
        return new PartCounts<>();
    }

    @Override
    public void reset() {
        rows.clear();
    }

    /** A part without rows. */
    @Override
    public void add(K part) {
        put(part, 0);
    }

    @Override
    public void merge(AccumulatorV2<K, Map<K, Long>> other) {
        other.value().forEach(this::put);
    }

    @Override
    public Map<K, Long> value() {
        return rows;
    }
}
