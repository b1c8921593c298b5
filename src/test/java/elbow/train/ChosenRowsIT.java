package elbow.train;

import static org.assertj.core.api.Assertions.assertThat;

import elbow.OneFactorRows;
import elbow.SharedSpark;
import elbow.data.shard.ReplicaShards;
import elbow.data.shard.ShardLayout;
import elbow.data.shard.Shards;
import elbow.vae.input.RowBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;

class ChosenRowsIT {
    private static final int COLUMNS = 3;

    private final JavaSparkContext spark =
            JavaSparkContext.fromSparkContext(SharedSpark.session().sparkContext());

    @Test
    void replicasAndPartitionsChangeNothing() {
        List<float[]> rows = OneFactorRows.of(300, COLUMNS);
        List<float[]> one = chosen(rows, new ShardLayout(1, 1), 1, 20, 7);

        assertThat(text(one)).hasSize(20).doesNotHaveDuplicates();
        assertThat(text(rows)).containsAll(text(one));
        assertSame(chosen(rows, new ShardLayout(4, 3), 5, 20, 7), one);
        assertThat(text(chosen(rows, new ShardLayout(1, 1), 1, 20, 8))).isNotEqualTo(text(one));
    }

    @Test
    void theFewerAreTheFirstOfTheMore() {
        List<float[]> rows = OneFactorRows.of(300, COLUMNS);
        List<float[]> many = chosen(rows, new ShardLayout(2, 2), 3, 20, 7);
        assertSame(chosen(rows, new ShardLayout(2, 2), 3, 5, 7), many.subList(0, 5));
    }

    @Test
    void rowsOfTheSameContentCountOnce() {
        List<float[]> rows = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            rows.add(new float[] {i % 4, 1, 2});
        }
        assertThat(text(chosen(rows, new ShardLayout(3, 1), 3, 10, 7)))
                .containsExactlyInAnyOrder("[0.0, 1.0, 2.0]", "[1.0, 1.0, 2.0]", "[2.0, 1.0, 2.0]", "[3.0, 1.0, 2.0]");
    }

    @Test
    void copiesOfARowStayOnTheirExecutor() {
        List<float[]> rows = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            rows.add(new float[] {i % 4, 1, 2});
        }
        try (ReplicaShards shards = shards(rows, new ShardLayout(1, 1), 1)) {
            assertThat(ChosenRows.chosen(shards.byReplica().collect().iterator(), Long.MAX_VALUE, 7))
                    .hasSize(4);
        }
    }

    private static void assertSame(List<float[]> found, List<float[]> expected) {
        assertThat(text(found)).isEqualTo(text(expected));
    }

    private static List<String> text(List<float[]> rows) {
        return rows.stream().map(Arrays::toString).toList();
    }

    private List<float[]> chosen(List<float[]> rows, ShardLayout layout, int partitions, int count, long seed) {
        try (ReplicaShards shards = shards(rows, layout, partitions)) {
            RowBatch batch = ChosenRows.of(shards, count, seed);
            List<float[]> chosen = new ArrayList<>();
            for (int row = 0; row < batch.count(); row++) {
                chosen.add(Arrays.copyOfRange(batch.values(), row * COLUMNS, (row + 1) * COLUMNS));
            }
            return chosen;
        }
    }

    private ReplicaShards shards(List<float[]> rows, ShardLayout layout, int partitions) {
        return ReplicaShards.keep(Shards.ofEncoded(spark.parallelize(rows, partitions), COLUMNS, layout, 1, 4), layout);
    }
}
