package elbow.data;

import elbow.base.Check;
import java.util.Iterator;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
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
        Check.positive("replicas", replicas);
        Check.positive("blockRows", blockRows);
        RowEncoder rowEncoder = encoder.bindProjected(rows.schema());
        return encoder.projected(rows)
                .mapToPair(row -> new Tuple2<>(rowEncoder.pack(row, seed), Boolean.TRUE))
                .repartitionAndSortWithinPartitions(new ReplicaPartitioner(replicas))
                .keys()
                .mapPartitions(sorted -> new BlockIterator(sorted, rowEncoder, blockRows));
    }

    /** Encodes {@code rows} where and in the order they are, without moving them. */
    public static JavaRDD<Block> inPlace(Dataset<Row> rows, FeatureEncoder encoder, int blockRows) {
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
            return new BlockIterator(packed, rowEncoder, blockRows);
        });
    }
}
