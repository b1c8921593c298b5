package elbow.data;

import elbow.base.Check;
import elbow.math.RowHash;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.XXH64;
import scala.Tuple2;

/** Lays rows out for training: one partition for each replica, the same whatever the input's files and order were. */
public final class Shards {
    private Shards() {}

    /**
     * Encodes {@code rows} and sends each to the replica that the seeded hash of its encoded content names; within a
     * replica they are sorted by that hash, then by content. Equal rows stay together. A partition may be empty when
     * there are few rows. The shuffle spills to disk: nothing needs to fit into memory but a block.
     *
     * @param replicas partitions of the result, at least 1
     * @param seed gives another layout
     * @param blockRows rows of a block; the last one of a partition may have fewer
     */
    public static JavaRDD<Block> of(Dataset<Row> rows, FeatureEncoder encoder, int replicas, long seed, int blockRows) {
        return of(rows, encoder, new ShardLayout(replicas, 1), seed, blockRows);
    }

    /**
     * As {@link #of(Dataset, FeatureEncoder, int, long, int)}, each replica's rows cut into segments: partition
     * {@code replica * segments + segment} of the result. One segment after the other, they are the same rows in the
     * same order.
     */
    public static JavaRDD<Block> of(
            Dataset<Row> rows, FeatureEncoder encoder, ShardLayout layout, long seed, int blockRows) {
        RowEncoder rowEncoder = encoder.bind(rows.schema());
        return blocks(rows.javaRDD().map(row -> encoded(row, rowEncoder, seed)), layout, blockRows);
    }

    /**
     * Rows that are encoded already, laid out in the same way.
     *
     * @param rows encoded rows, all of one width
     */
    public static JavaRDD<Block> ofEncoded(JavaRDD<float[]> rows, ShardLayout layout, long seed, int blockRows) {
        return blocks(
                rows.map(row -> {
                    long key = RowHash.of(row, 0, row.length);
                    return new EncodedRow(XXH64.hashLong(key, seed), key, new byte[0], row);
                }),
                layout,
                blockRows);
    }

    private static JavaRDD<Block> blocks(JavaRDD<EncodedRow> rows, ShardLayout layout, int blockRows) {
        Check.positive("blockRows", blockRows);
        return rows.mapToPair(row -> new Tuple2<>(row, Boolean.TRUE))
                .repartitionAndSortWithinPartitions(new ShardPartitioner(layout))
                .keys()
                .mapPartitions(sorted -> new BlockIterator(sorted, blockRows));
    }

    private static EncodedRow encoded(Row row, RowEncoder encoder, long seed) {
        byte[] pixels = new byte[encoder.pixels()];
        float[] values = new float[encoder.values()];
        encoder.copyPixels(row, pixels, 0);
        encoder.encodeValues(row, values, 0);
        float[] all = new float[encoder.width()];
        RowEncoder.unpack(pixels, 0, pixels.length, all, 0);
        System.arraycopy(values, 0, all, pixels.length, values.length);
        long key = RowHash.of(all, 0, all.length);
        return new EncodedRow(XXH64.hashLong(key, seed), key, pixels, values);
    }
}
