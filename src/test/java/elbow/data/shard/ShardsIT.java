package elbow.data.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import elbow.SharedSpark;
import elbow.base.ElbowException;
import elbow.data.encoding.RowEncoder;
import elbow.data.feature.BinaryFeature;
import elbow.data.feature.FeatureEncoder;
import elbow.data.feature.LeftOut;
import elbow.data.feature.RealFeature;
import elbow.data.infer.FeatureFit;
import elbow.data.infer.FeatureSettings;
import elbow.data.rows.Split;
import elbow.math.noise.RowHash;
import elbow.vae.input.InputTransform;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Fitting, splitting and sharding of small tables. */
class ShardsIT {
    private static final FeatureSettings PLAIN = new FeatureSettings(List.of(), InputTransform.NONE);
    private static final StructType SCHEMA = new StructType()
            .add("a.b", DataTypes.DoubleType)
            .add("flag", DataTypes.IntegerType)
            .add("same", DataTypes.IntegerType)
            .add("word", DataTypes.StringType);

    private SparkSession spark;

    @BeforeEach
    void session() {
        spark = SharedSpark.session();
    }

    @Test
    void fitGivesMomentsAndReasons() {
        Dataset<Row> rows = table(
                RowFactory.create(-1.0, 0, 7, "x"),
                RowFactory.create(3.0, 1, 7, "x"),
                RowFactory.create(10.0, 1, 7, null));
        FeatureEncoder encoder =
                FeatureFit.encoder(rows.repartition(3), new FeatureSettings(List.of(), InputTransform.SAMPLE));
        assertThat(encoder.width()).isEqualTo(2);
        RealFeature real = (RealFeature) encoder.features().get(0);
        assertThat(real.mean()).isCloseTo(4, within(1e-12));
        assertThat(real.standardDeviation()).isCloseTo(Math.sqrt(62.0 / 3), within(1e-12));
        assertThat(real.minimum()).isEqualTo(-1);
        assertThat(real.maximum()).isEqualTo(10);
        assertThat(((BinaryFeature) encoder.features().get(1)).mean()).isCloseTo(2.0 / 3, within(1e-12));
        assertThat(encoder.inputTransform()).isEqualTo(InputTransform.NONE);
        assertThat(encoder.leftOut())
                .containsExactly(
                        new LeftOut("same", "constant: every value is 7"),
                        new LeftOut("word", "constant: every value is \"x\""));
    }

    @Test
    void fitRefusesWhatItCannotUse() {
        Dataset<Row> infinite = table(
                RowFactory.create(null, 0, 1, "a"),
                RowFactory.create(Double.NEGATIVE_INFINITY, 1, 1, "a"),
                row(5),
                row(6));
        assertThatThrownBy(() -> FeatureFit.encoder(infinite, PLAIN))
                .isInstanceOf(ElbowException.class)
                .hasMessageStartingWith(
                        "column a.b must have a finite number in every row that has a value, but 1 of 3 have not, such as"
                                + " \"Infinity\"");
        Dataset<Row> rows = table(row(1), row(2), row(3));
        assertThatThrownBy(() -> FeatureFit.encoder(rows, new FeatureSettings(List.of("c"), InputTransform.NONE)))
                .isInstanceOf(ElbowException.class)
                .hasMessage("ignore must name columns of the input, but \"c\" is none of them: a.b, flag, same, word");
        FeatureSettings allIgnored = new FeatureSettings(List.of("a.b", "flag"), InputTransform.NONE);
        assertThatThrownBy(() -> FeatureFit.encoder(rows, allIgnored))
                .isInstanceOf(ElbowException.class)
                .hasMessageStartingWith("the training rows must have a column that can be modelled")
                .hasMessageContaining("a.b is ignored on request");
    }

    @Test
    void splitDependsOnContentAndSeedOnly() {
        List<Row> rows = rows(2000);
        Split split = split(table(rows), 1);
        assertThat(split.trainingRows() + split.validationRows()).isEqualTo(2000);
        // 400 expected, standard deviation 17.9: five of them are exceeded by chance once in 1.7 million.
        assertThat(split.validationRows()).isBetween(310L, 490L);
        assertThat(split.training().count()).isEqualTo(split.trainingRows());
        Set<Row> held = new HashSet<>(split.validation().collectAsList());
        assertThat(held).hasSize((int) split.validationRows());
        assertThat(new HashSet<>(split(table(shuffled(rows)).repartition(5), 1)
                        .validation()
                        .collectAsList()))
                .isEqualTo(held);
        assertThat(new HashSet<>(split(table(rows), 2).validation().collectAsList()))
                .isNotEqualTo(held);
    }

    @Test
    void sideWithoutARowIsAnErrorWithNumbers() {
        assertThatThrownBy(() -> Split.of(table(row(1)), List.of("a.b"), 0.5, 1))
                .isInstanceOf(ElbowException.class)
                .hasMessageStartingWith("training and validation must each get a row, but of 1 rows ")
                .hasMessageContaining("validation fraction of 0.5");
    }

    @Test
    void shardsDoNotDependOnOrderAndPartitionsOfTheInput() {
        List<Row> rows = rows(1000);
        FeatureEncoder encoder = FeatureFit.encoder(table(rows), PLAIN);
        List<List<String>> shards = shards(Shards.of(table(rows), encoder, 3, 7, 64));
        assertThat(shards(Shards.of(table(shuffled(rows)).repartition(5), encoder, 3, 7, 64)))
                .isEqualTo(shards);
        assertThat(shards).hasSize(3).allSatisfy(shard -> assertThat(shard).hasSizeBetween(250, 420));
        assertThat(shards.stream().mapToInt(List::size).sum()).isEqualTo(1000);
        assertThat(shards(Shards.of(table(rows), encoder, 3, 8, 64))).isNotEqualTo(shards);
    }

    @Test
    void blocksHoldEveryRowWithItsContentHash() {
        List<Row> rows = rows(100);
        FeatureEncoder encoder = FeatureFit.encoder(table(rows), PLAIN);
        RowEncoder rowEncoder = encoder.bind(SCHEMA);
        Set<Long> expected = new HashSet<>();
        float[] encoded = new float[2];
        for (Row row : rows) {
            rowEncoder.encode(row, encoded, 0);
            expected.add(RowHash.of(encoded, 0, 2));
        }
        Set<Long> found = new HashSet<>();
        for (PackedRows block : Shards.of(table(rows), encoder, 2, 1, 32).collect()) {
            assertThat(block.rows()).isBetween(1, 32);
            float[] copied = new float[block.rows() * 2];
            block.copyRows(0, block.rows(), copied);
            for (int i = 0; i < block.rows(); i++) {
                assertThat(RowHash.of(copied, 2 * i, 2)).isEqualTo(block.keys()[i]);
                found.add(block.keys()[i]);
            }
        }
        assertThat(found).isEqualTo(expected);
    }

    @Test
    void thereIsAPartitionForEachReplicaEvenWithoutRowsOrWithEqualOnes() {
        FeatureEncoder encoder = FeatureFit.encoder(table(rows(10)), PLAIN);
        List<List<String>> few = shards(Shards.of(table(row(1), row(2)), encoder, 8, 1, 4));
        assertThat(few).hasSize(8);
        assertThat(few.stream().mapToInt(List::size).sum()).isEqualTo(2);
        List<List<String>> equal = shards(Shards.of(table(Collections.nCopies(50, row(1))), encoder, 2, 1, 4));
        assertThat(equal.stream().mapToInt(List::size)).containsExactlyInAnyOrder(0, 50);
    }

    private static Split split(Dataset<Row> rows, long seed) {
        return Split.of(rows, PLAIN.contentColumns(SCHEMA), 0.2, seed);
    }

    private static List<List<String>> shards(JavaRDD<PackedRows> blocks) {
        return blocks.glom().collect().stream()
                .map(partition -> {
                    List<String> rows = new ArrayList<>();
                    for (PackedRows block : partition) {
                        float[] values = new float[block.rows() * block.columns()];
                        block.copyRows(0, block.rows(), values);
                        for (int i = 0; i < block.rows(); i++) {
                            rows.add(block.keys()[i]
                                    + Arrays.toString(Arrays.copyOfRange(
                                            values, i * block.columns(), (i + 1) * block.columns())));
                        }
                    }
                    return rows;
                })
                .toList();
    }

    private static Row row(int n) {
        return RowFactory.create((double) n, n % 2, 7, "word");
    }

    private static List<Row> rows(int count) {
        List<Row> rows = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            rows.add(row(n));
        }
        return rows;
    }

    private static List<Row> shuffled(List<Row> rows) {
        List<Row> shuffled = new ArrayList<>(rows);
        Collections.shuffle(shuffled, new Random(3));
        return shuffled;
    }

    private Dataset<Row> table(Row... rows) {
        return table(List.of(rows));
    }

    private Dataset<Row> table(List<Row> rows) {
        return spark.createDataFrame(rows, SCHEMA);
    }
}
