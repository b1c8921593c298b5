package elbow.score;

import elbow.score.GroupScoring.Own;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a partition, brought together by the network that scores them: a window of rows at a time, the networks
 * in the order in which their first rows come, the rows of one in theirs.
 */
final class GroupedRows {
    /** Rows of a window at most: with thousands of groups each has some then. */
    private static final int MOST_ROWS = 1 << 16;

    /** Encoded values of a window at most: what is read of its rows is about as large. */
    private static final int MOST_VALUES = 1 << 22;

    private final Iterator<Row> input;
    private final GroupScoring groups;
    private final GroupScoring.Table table;
    private final ModelInTask used;
    private final float[] pooled;
    private final float[] own;
    private final int windowRows;
    private final Map<Optional<Own>, Deque<Row>> window = new LinkedHashMap<>();
    private @Nullable GroupCounts counts;
    private @Nullable Own current;

    GroupedRows(Iterator<Row> input, GroupScoring groups, ModelInTask used, float[] pooled) {
        this.input = input;
        this.groups = groups;
        this.used = used;
        this.pooled = pooled;
        own = new float[pooled.length];
        table = groups.table();
        windowRows = Math.max(used.chunkRows(), Math.min(MOST_ROWS, MOST_VALUES / used.columns()));
    }

    /** From now on counts the rows. */
    void countInto(GroupCounts into) {
        counts = into;
    }

    /** The group whose network is in use; null for the pooled one. */
    @Nullable
    Own current() {
        return current;
    }

    /** Whether the next rows are of the network that is in use. */
    boolean stays() {
        return !window.isEmpty() && window.keySet().iterator().next().equals(Optional.ofNullable(current));
    }

    /** Takes the next rows of one network, at most as many as fit into {@code block}; brings that into use. */
    int take(Row[] block) {
        if (window.isEmpty()) {
            read();
        }
        if (window.isEmpty()) {
            return 0;
        }
        Map.Entry<Optional<Own>, Deque<Row>> first =
                window.entrySet().iterator().next();
        use(first.getKey().orElse(null));
        int count = 0;
        while (count < block.length && !first.getValue().isEmpty()) {
            block[count++] = first.getValue().remove();
        }
        if (first.getValue().isEmpty()) {
            window.remove(first.getKey());
        }
        return count;
    }

    private void read() {
        for (int rows = 0; rows < windowRows && input.hasNext(); rows++) {
            Row row = input.next();
            String key = groups.reader().key(row);
            Own found = table.own(key);
            if (counts != null) {
                if (found == null) {
                    counts.addPooled(table.isKnown(key));
                } else {
                    counts.addOwn(1);
                }
            }
            window.computeIfAbsent(Optional.ofNullable(found), unused -> new ArrayDeque<>())
                    .add(row);
        }
    }

    private void use(@Nullable Own next) {
        if (next == current) {
            return;
        }
        if (next == null) {
            used.useParameters(pooled);
        } else {
            groups.parameters(next, pooled, own);
            used.useParameters(own);
        }
        current = next;
    }
}
