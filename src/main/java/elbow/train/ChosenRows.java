package elbow.train;

import elbow.data.shard.PackedRows;
import elbow.data.shard.ReplicaShards;
import elbow.math.noise.NoiseStream;
import elbow.vae.input.RowBatch;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.api.java.JavaRDD;

/**
 * Some rows of different content, as good as drawn by lot: those whose content has the smallest hashes under a seed. So
 * they are the same however many replicas, partitions and executors there are.
 */
final class ChosenRows {
    private ChosenRows() {}

    /**
     * The rows, in the order of their hashes.
     *
     * @param count how many; fewer come if there are not as many of different content
     */
    static RowBatch of(ReplicaShards rows, int count, long seed) {
        JavaRDD<PackedRows> blocks = rows.byReplica();
        TreeSet<Long> smallest = new TreeSet<>();
        for (long[] part : blocks.mapPartitions(
                        some -> List.of(smallest(some, count, seed)).iterator())
                .collect()) {
            Arrays.stream(part).forEach(hash -> add(smallest, hash, count));
        }
        // Rows may be wide: only those that are chosen leave their executors.
        long largest = smallest.last();
        return batch(
                blocks.mapPartitions(some -> chosen(some, largest, seed).iterator())
                        .collect(),
                seed);
    }

    private static long[] smallest(Iterator<PackedRows> blocks, int count, long seed) {
        TreeSet<Long> smallest = new TreeSet<>();
        while (blocks.hasNext()) {
            PackedRows block = blocks.next();
            for (int row = 0; row < block.rows(); row++) {
                add(smallest, hash(block, row, seed), count);
            }
        }
        return smallest.stream().mapToLong(Long::longValue).toArray();
    }

    private static void add(NavigableSet<Long> smallest, long hash, int count) {
        smallest.add(hash);
        if (smallest.size() > count) {
            smallest.pollLast();
        }
    }

    // One to one: rows of different keys have different hashes.
    private static long hash(PackedRows block, int row, long seed) {
        return NoiseStream.PSEUDO_INPUTS.key(seed, block.key(row));
    }

    // Each as its values, and then 1 for each that is observed: arrays go through any of Spark's serializers. Copies of
    // a
    // row count once: of a table of few different rows all would be sent, the whole table.
    static List<float[]> chosen(Iterator<PackedRows> blocks, long largest, long seed) {
        Map<Long, float[]> rows = new LinkedHashMap<>();
        while (blocks.hasNext()) {
            PackedRows block = blocks.next();
            byte[] observed = new byte[block.columns()];
            for (int row = 0; row < block.rows(); row++) {
                long hash = hash(block, row, seed);
                if (hash <= largest) {
                    float[] both = new float[2 * observed.length];
                    block.copyRow(row, both, 0);
                    block.copyObservedRow(row, observed, 0);
                    for (int i = 0; i < observed.length; i++) {
                        both[observed.length + i] = observed[i];
                    }
                    rows.put(hash, both);
                }
            }
        }
        return List.copyOf(rows.values());
    }

    private static RowBatch batch(List<float[]> chosen, long seed) {
        int columns = chosen.get(0).length / 2;
        RowBatch all = new RowBatch(columns, chosen.size());
        for (int row = 0; row < chosen.size(); row++) {
            put(chosen.get(row), all, row);
        }
        all.holdWithGaps(chosen.size());
        all.keyByContent();
        TreeMap<Long, float[]> byHash = new TreeMap<>();
        for (int row = 0; row < chosen.size(); row++) {
            byHash.put(NoiseStream.PSEUDO_INPUTS.key(seed, all.keys()[row]), chosen.get(row));
        }
        RowBatch ordered = new RowBatch(columns, byHash.size());
        int at = 0;
        for (float[] row : byHash.values()) {
            put(row, ordered, at++);
        }
        ordered.holdWithGaps(at);
        ordered.keyByContent();
        return ordered;
    }

    private static void put(float[] both, RowBatch batch, int row) {
        int columns = batch.columns();
        System.arraycopy(both, 0, batch.values(), row * columns, columns);
        for (int i = 0; i < columns; i++) {
            batch.mask()[row * columns + i] = (byte) both[columns + i];
        }
    }
}
