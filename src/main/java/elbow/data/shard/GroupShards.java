package elbow.data.shard;

import elbow.data.encoding.EncodedRow;
import elbow.data.encoding.GroupReader;
import elbow.data.encoding.RowEncoder;
import elbow.data.feature.FeatureEncoder;
import elbow.data.feature.GroupColumns;
import elbow.spark.SparkSerializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/**
 * Rows laid out by group: all rows of a group come together, those of one group after those of another, so that a task
 * holds one group at a time. The shuffle spills to disk. Kept until {@link #close}.
 */
public final class GroupShards implements AutoCloseable {
    /** Rows that are packed together. */
    private static final int BLOCK_ROWS = 512;

    /** Partitions for each task that runs at once: the last ones to end are short then. */
    private static final int PARTITIONS_PER_CORE = 4;

    private final List<GroupSize> groups;
    private final JavaRDD<GroupedRow> rows;
    private final RowEncoder encoder;

    private GroupShards(List<GroupSize> groups, JavaRDD<GroupedRow> rows, RowEncoder encoder) {
        this.groups = groups;
        this.rows = rows;
        this.encoder = encoder;
    }

    /**
     * How many rows a group has.
     *
     * @param key as {@link GroupReader} makes it
     */
    public record GroupSize(String key, long training, long heldOut) {
        /** All of them. */
        public long rows() {
            return training + heldOut;
        }
    }

    /** Counts the groups, in the order of their keys: two passes over the rows' columns. */
    public static List<GroupSize> sizes(
            Dataset<Row> training, Dataset<Row> heldOut, FeatureEncoder encoder, GroupColumns columns, int most) {
        Map<String, Long> ofTraining = counts(training, encoder, columns, most);
        Map<String, Long> ofHeldOut = counts(heldOut, encoder, columns, most);
        List<String> keys = new ArrayList<>(ofTraining.keySet());
        ofHeldOut.keySet().stream().filter(key -> !ofTraining.containsKey(key)).forEach(keys::add);
        return keys.stream()
                .sorted()
                .map(key -> new GroupSize(key, ofTraining.getOrDefault(key, 0L), ofHeldOut.getOrDefault(key, 0L)))
                .toList();
    }

    // At most that many and one more: whoever asks refuses more. Spark's own sums move to disk when memory is short.
    private static Map<String, Long> counts(Dataset<Row> rows, FeatureEncoder encoder, GroupColumns columns, int most) {
        GroupReader reader = columns.bindProjected();
        Map<String, Long> counts = new HashMap<>();
        encoder.projected(rows)
                .mapToPair(row -> new Tuple2<>(reader.key(row), 1L))
                .reduceByKey(Long::sum)
                .take(most + 1)
                .forEach(pair -> counts.put(pair._1(), pair._2()));
        return counts;
    }

    /**
     * Lays out the rows of some groups, and keeps them on disk.
     *
     * @param groups whose rows; the number of a group is its place here
     * @param seed of the order of rows
     * @param cores tasks that run at once
     */
    public static GroupShards keep(
            Dataset<Row> training,
            Dataset<Row> heldOut,
            FeatureEncoder encoder,
            GroupColumns columns,
            List<GroupSize> groups,
            long seed,
            int cores) {
        Map<String, Integer> numbers = new HashMap<>();
        groups.forEach(group -> numbers.put(group.key(), numbers.size()));
        JavaRDD<GroupedRow> sorted = grouped(training, encoder, columns, numbers, seed, false)
                .union(grouped(heldOut, encoder, columns, numbers, seed, true))
                .mapToPair(row -> new Tuple2<>(row, Boolean.TRUE))
                .repartitionAndSortWithinPartitions(new ByGroup(groups, PARTITIONS_PER_CORE * cores))
                .keys()
                .persist(StorageLevel.DISK_ONLY());
        long unused = sorted.count();
        return new GroupShards(List.copyOf(groups), sorted, encoder.bindProjected(training.schema()));
    }

    private static JavaRDD<GroupedRow> grouped(
            Dataset<Row> rows,
            FeatureEncoder encoder,
            GroupColumns columns,
            Map<String, Integer> numbers,
            long seed,
            boolean heldOut) {
        RowEncoder rowEncoder = encoder.bindProjected(rows.schema());
        GroupReader reader = columns.bindProjected();
        return encoder.projected(rows).mapPartitions(partition -> {
            List<GroupedRow> next = new ArrayList<>(1);
            return new Iterator<GroupedRow>() {
                @Override
                public boolean hasNext() {
                    while (next.isEmpty() && partition.hasNext()) {
                        var row = partition.next();
                        Integer number = numbers.get(reader.key(row));
                        if (number != null) {
                            next.add(new GroupedRow(number, heldOut, rowEncoder.pack(row, seed)));
                        }
                    }
                    return !next.isEmpty();
                }

                @Override
                public GroupedRow next() {
                    if (!hasNext()) {
                        throw new NoSuchElementException();
                    }
                    return next.remove(0);
                }
            };
        });
    }

    /** The groups whose rows these are; the number of a group is its place. */
    public List<GroupSize> groups() {
        return groups;
    }

    /** What a task makes of a group's rows. */
    @FunctionalInterface
    public interface Work<T> extends SparkSerializable {
        T of(GroupRows rows);
    }

    /**
     * Does some work for each group, in one job.
     *
     * @param mostTraining rows of a group that are trained on at most, the first ones: a draw by their hash
     * @param mostHeldOut held-out rows of a group at most, likewise
     */
    public <T> JavaRDD<T> map(int mostTraining, int mostHeldOut, Work<T> work) {
        RowEncoder own = encoder;
        return rows.mapPartitions(sorted -> new Groups<>(sorted, own, mostTraining, mostHeldOut, work));
    }

    /** Releases disk. */
    @Override
    public void close() {
        rows.unpersist(false);
    }

    /** One group after the other. */
    private static final class Groups<T> implements Iterator<T> {
        private final Iterator<GroupedRow> sorted;
        private final RowEncoder encoder;
        private final int mostTraining;
        private final int mostHeldOut;
        private final Work<T> work;
        private @Nullable GroupedRow first;

        Groups(Iterator<GroupedRow> sorted, RowEncoder encoder, int mostTraining, int mostHeldOut, Work<T> work) {
            this.sorted = sorted;
            this.encoder = encoder;
            this.mostTraining = mostTraining;
            this.mostHeldOut = mostHeldOut;
            this.work = work;
        }

        @Override
        public boolean hasNext() {
            if (first == null && sorted.hasNext()) {
                first = sorted.next();
            }
            return first != null;
        }

        @Override
        public T next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            GroupedRow row = first;
            List<EncodedRow> training = new ArrayList<>();
            List<EncodedRow> heldOut = new ArrayList<>();
            int group = row == null ? 0 : row.group();
            while (row != null && row.group() == group) {
                List<EncodedRow> side = row.heldOut() ? heldOut : training;
                if (side.size() < (row.heldOut() ? mostHeldOut : mostTraining)) {
                    side.add(row.row());
                }
                row = sorted.hasNext() ? sorted.next() : null;
            }
            first = row;
            return work.of(new GroupRows(group, packed(training), packed(heldOut)));
        }

        private List<PackedRows> packed(List<EncodedRow> side) {
            List<PackedRows> blocks = new ArrayList<>();
            PackedRowsIterator.of(side.iterator(), encoder, BLOCK_ROWS).forEachRemaining(blocks::add);
            return blocks;
        }
    }

    /** Shares the groups out so that partitions have about as many rows: the largest first, to the emptiest. */
    private static final class ByGroup extends Partitioner {
        private static final long serialVersionUID = 1L;

        private final int partitions;
        private final int[] partitionOf;

        ByGroup(List<GroupSize> groups, int most) {
            partitions = Math.max(1, Math.min(most, groups.size()));
            partitionOf = new int[groups.size()];
            long[] load = new long[partitions];
            PriorityQueue<Integer> emptiest =
                    new PriorityQueue<>(Comparator.<Integer>comparingLong(partition -> load[partition])
                            .thenComparing(partition -> partition));
            for (int partition = 0; partition < partitions; partition++) {
                emptiest.add(partition);
            }
            List<Integer> bySize = new ArrayList<>();
            for (int group = 0; group < groups.size(); group++) {
                bySize.add(group);
            }
            bySize.sort(Comparator.comparingLong(group -> -groups.get(group).rows()));
            for (int group : bySize) {
                int partition = emptiest.remove();
                partitionOf[group] = partition;
                load[partition] += groups.get(group).rows();
                emptiest.add(partition);
            }
        }

        @Override
        public int numPartitions() {
            return partitions;
        }

        @Override
        public int getPartition(Object key) {
            return partitionOf[((GroupedRow) key).group()];
        }
    }
}
