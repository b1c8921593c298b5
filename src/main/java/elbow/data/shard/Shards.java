package elbow.data.shard;

import elbow.base.Check;
import elbow.data.encoding.EncodedRow;
import elbow.data.encoding.RowEncoder;
import elbow.data.feature.FeatureEncoder;
import elbow.vae.input.RowBatch;
import java.util.Iterator;
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
    public static JavaRDD<PackedRows> of(
            Dataset<Row> rows, FeatureEncoder encoder, int replicas, long seed, int blockRows) {
        return of(rows, encoder, new ShardLayout(replicas, 1), seed, blockRows);
    }

    /**
     * As {@link #of(Dataset, FeatureEncoder, int, long, int)}, each replica's rows cut into segments: partition
     * {@code replica * segments + segment} of the result. One segment after the other, they are the same rows in the
     * same order.
     */
    public static JavaRDD<PackedRows> of(
            Dataset<Row> rows, FeatureEncoder encoder, ShardLayout layout, long seed, int blockRows) {
        Check.positive("blockRows", blockRows);
        RowEncoder rowEncoder = encoder.bindProjected(rows.schema());
        return laidOut(encoder.projected(rows).map(row -> rowEncoder.pack(row, seed)), layout)
                .mapPartitions(sorted -> PackedRowsIterator.of(sorted, rowEncoder, blockRows));
    }

    /**
     * Rows that are encoded already, laid out in the same way.
     *
     * @param rows encoded rows of {@code width} columns, NaN for what is missing
     */
    public static JavaRDD<PackedRows> ofEncoded(
            JavaRDD<float[]> rows, int width, ShardLayout layout, long seed, int blockRows) {
        Check.positive("blockRows", blockRows);
        return laidOut(rows.map(row -> encoded(row, seed)), layout)
                .mapPartitions(sorted -> PackedRowsIterator.ofEncoded(sorted, width, blockRows));
    }

    private static EncodedRow encoded(float[] row, long seed) {
        float[] values = row.clone();
        byte[] observed = new byte[row.length];
        for (int i = 0; i < row.length; i++) {
            observed[i] = (byte) (Float.isNaN(row[i]) ? 0 : 1);
            values[i] = observed[i] == 0 ? 0 : row[i];
        }
        long key = RowBatch.key(values, observed, 0, row.length);
        return new EncodedRow(XXH64.hashLong(key, seed), key, new byte[0], row);
    }

    private static JavaRDD<EncodedRow> laidOut(JavaRDD<EncodedRow> rows, ShardLayout layout) {
        return rows.mapToPair(row -> new Tuple2<>(row, Boolean.TRUE))
                .repartitionAndSortWithinPartitions(new ShardPartitioner(layout))
                .keys();
    }

    /** Encodes {@code rows} where and in the order they are, without moving them. */
    public static JavaRDD<PackedRows> inPlace(Dataset<Row> rows, FeatureEncoder encoder, int blockRows) {
        Check.positive("blockRows", blockRows);
        RowEncoder rowEncoder = encoder.bindProjected(rows.schema());
        return encoder.projected(rows).mapPartitions(partition -> {
            Iterator<EncodedRow> packed = new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return partition.hasNext();
                }

                @Override
                public EncodedRow next() {
                    return rowEncoder.pack(partition.next(), 0);
                }
            };
            return PackedRowsIterator.of(packed, rowEncoder, blockRows);
        });
    }
}
