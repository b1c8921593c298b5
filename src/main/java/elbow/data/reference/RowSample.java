package elbow.data.reference;

import elbow.data.shard.PackedRows;
import elbow.data.shard.ReplicaShards;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Some of the training rows: at even steps through the replicas' shards, whose order is that of a seeded hash. So they
 * are as if drawn, do not depend on partitions, and rows that are equal are among them as often as in the table.
 */
public final class RowSample {
    private RowSample() {}

    /**
     * So many rows, or all if there are no more, on the driver; in the order of the shards.
     *
     * @param limit at least 1
     */
    public static List<SampledRow> of(ReplicaShards rows, int limit) {
        long[] starts = new long[rows.replicas() + 1];
        for (int replica = 0; replica < rows.replicas(); replica++) {
            starts[replica + 1] = starts[replica] + rows.rows(replica);
        }
        long all = starts[rows.replicas()];
        return rows.byReplica()
                .mapPartitionsWithIndex(
                        (replica, blocks) ->
                                sampled(blocks, starts[replica], all, limit).iterator(),
                        false)
                .collect();
    }

    /**
     * Those of a shard's rows that are sampled.
     *
     * @param start how many rows the shards before have
     * @param all how many all of them have
     * @param limit how many are sampled of all, if there are as many
     */
    static List<SampledRow> sampled(Iterator<PackedRows> blocks, long start, long all, int limit) {
        List<SampledRow> sampled = new ArrayList<>();
        long place = start;
        while (blocks.hasNext()) {
            PackedRows block = blocks.next();
            for (int row = 0; row < block.rows(); row++, place++) {
                if (all <= limit || (place + 1) * limit / all > place * limit / all) {
                    float[] encoded = new float[block.columns()];
                    byte[] observed = new byte[block.columns()];
                    block.copyRow(row, encoded, 0);
                    block.copyObservedRow(row, observed, 0);
                    sampled.add(new SampledRow(encoded, observed));
                }
            }
        }
        return sampled;
    }
}
