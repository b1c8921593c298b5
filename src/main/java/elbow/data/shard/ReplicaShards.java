package elbow.data.shard;

import elbow.base.Check;
import elbow.failure.KnownFailures;
import elbow.spark.SparkSerializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.Partition;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.PartitionCoalescer;
import org.apache.spark.rdd.PartitionGroup;
import org.apache.spark.rdd.RDD;
import org.apache.spark.storage.StorageLevel;
import scala.Option;

/**
 * The encoded rows of all replicas, laid out once and kept in memory or on disk for as long as training goes on. A job
 * can read any choice of segments, one task for each replica.
 */
public final class ReplicaShards implements AutoCloseable {
    private final JavaRDD<PackedRows> blocks;
    private final ShardLayout layout;
    private final int[][] rows;

    private ReplicaShards(JavaRDD<PackedRows> blocks, ShardLayout layout, int[][] rows) {
        this.blocks = blocks;
        this.layout = layout;
        this.rows = rows;
    }

    /**
     * Computes and keeps the blocks. All segments of a replica are made by one task, and so stay on one executor; the
     * replicas are shared out evenly between executors.
     *
     * @param blocks one partition for each segment of {@code layout}, replica after replica
     * @throws elbow.base.ElbowException if the rows behind them cannot be read
     */
    public static ReplicaShards keep(JavaRDD<PackedRows> blocks, ShardLayout layout) {
        Check.argument(
                blocks.getNumPartitions() == layout.partitions(),
                "blocks' partitions",
                "be " + layout.partitions(),
                blocks.getNumPartitions());
        blocks.persist(StorageLevel.MEMORY_AND_DISK());
        int segments = layout.segments();
        JavaRDD<int[]> counted = blocks.mapPartitionsWithIndex(
                (index, part) -> List.of(count(part)).iterator(), true);
        List<int[]> counts;
        try {
            List<String> places = ReplicaPlaces.of(blocks.context(), layout.replicas());
            counts = grouped(counted, new Chosen(segments, everything(layout), places))
                    .collect();
        } catch (Exception e) {
            blocks.unpersist(false);
            // Spark throws checked exceptions without declaring them.
            throw KnownFailures.translate(e);
        }
        int[][] rows = new int[layout.replicas()][segments];
        for (int i = 0; i < counts.size(); i++) {
            rows[i / segments][i % segments] = counts.get(i)[0];
        }
        return new ReplicaShards(blocks, layout, rows);
    }

    private static int[] count(Iterator<PackedRows> blocks) {
        int count = 0;
        while (blocks.hasNext()) {
            count = Math.addExact(count, blocks.next().rows());
        }
        return new int[] {count};
    }

    /** How many replicas. */
    public int replicas() {
        return layout.replicas();
    }

    /** Rows of each segment of a replica, in the order of segments. A copy. */
    public int[] segmentRows(int replica) {
        return rows[replica].clone();
    }

    /** Rows of a replica. */
    public long rows(int replica) {
        return Arrays.stream(rows[replica]).asLongStream().sum();
    }

    /** All blocks, one partition for each segment. */
    public JavaRDD<PackedRows> all() {
        return blocks;
    }

    /** All blocks, one partition for each replica. */
    public JavaRDD<PackedRows> byReplica() {
        return select(everything(layout));
    }

    /**
     * One partition for each replica, with the blocks of the segments it asks for one after the other; nothing of the
     * others is touched.
     *
     * @param chosen segments by replica, in the order wanted; the same one may come again
     */
    public JavaRDD<PackedRows> select(int[][] chosen) {
        Check.argument(chosen.length == replicas(), "chosen's length", "be " + replicas(), chosen.length);
        return grouped(blocks, new Chosen(layout.segments(), chosen, List.of()));
    }

    private static int[][] everything(ShardLayout layout) {
        int[][] chosen = new int[layout.replicas()][layout.segments()];
        for (int[] segments : chosen) {
            Arrays.setAll(segments, i -> i);
        }
        return chosen;
    }

    private static <T> JavaRDD<T> grouped(JavaRDD<T> rdd, Chosen chosen) {
        RDD<T> coalesced = rdd.rdd().coalesce(chosen.replicas(), false, Option.apply(chosen), null);
        return JavaRDD.fromRDD(coalesced, rdd.classTag());
    }

    /** Releases memory and disk. */
    @Override
    public void close() {
        blocks.unpersist(false);
    }

    /** Puts the chosen segments of each replica into one partition. */
    private static final class Chosen implements PartitionCoalescer, SparkSerializable {
        private static final long serialVersionUID = 1L;

        private final int segments;
        private final int[][] chosen;
        private final List<String> places;

        /**
         * @param segments of a replica
         * @param chosen segments by replica
         * @param places executors by replica; empty: Spark finds out where the segments are kept
         */
        Chosen(int segments, int[][] chosen, List<String> places) {
            this.segments = segments;
            this.chosen = chosen;
            this.places = places;
        }

        int replicas() {
            return chosen.length;
        }

        @Override
        public PartitionGroup[] coalesce(int maximumPartitions, RDD<?> parent) {
            Partition[] partitions = parent.partitions();
            List<PartitionGroup> groups = new ArrayList<>();
            for (int replica = 0; replica < chosen.length; replica++) {
                PartitionGroup group =
                        new PartitionGroup(places.isEmpty() ? Option.empty() : Option.apply(places.get(replica)));
                for (int segment : chosen[replica]) {
                    group.partitions().$plus$eq(partitions[replica * segments + segment]);
                }
                groups.add(group);
            }
            return groups.toArray(PartitionGroup[]::new);
        }
    }
}
