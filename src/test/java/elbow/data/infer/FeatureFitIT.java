package elbow.data.infer;

import static org.assertj.core.api.Assertions.assertThat;

import elbow.SharedSpark;
import elbow.base.Configuration;
import elbow.data.feature.Feature;
import elbow.data.feature.FeatureEncoder;
import elbow.data.feature.FeatureEncoderJson;
import elbow.data.feature.FeatureType;
import elbow.data.feature.LeftOut;
import elbow.data.image.ImageShape;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

/** What an encoder depends on, and what it does not. */
class FeatureFitIT {
    private static final int ROWS = 12_000;
    private static final ImageShape SHAPE = new ImageShape(2, 3, 1);

    private static final StructType SCHEMA = new StructType()
            .add("id", DataTypes.LongType)
            .add("amount", DataTypes.DoubleType)
            .add("tail", DataTypes.DoubleType)
            .add("price", DataTypes.DoubleType)
            .add("visits", DataTypes.IntegerType)
            .add("grade", DataTypes.IntegerType)
            .add("flag", DataTypes.IntegerType)
            .add("shop", DataTypes.StringType)
            .add("padded", DataTypes.StringType)
            .add("number", DataTypes.StringType)
            .add("name", DataTypes.StringType)
            .add("when", DataTypes.TimestampType)
            .add(new StructField("picture", DataTypes.BinaryType, true, SHAPE.metadata()))
            .add(new StructField("empty", DataTypes.StringType, true, Metadata.empty()));

    private final SparkSession spark = SharedSpark.session();

    @Test
    void encoderDoesNotDependOnOrderAndPartitioningToTheBit() {
        List<Row> rows = rows();
        FeatureEncoder one = encoder(rows, 1);
        Collections.shuffle(rows, new Random(8));
        FeatureEncoder three = encoder(rows, 3);
        Collections.shuffle(rows, new Random(9));
        FeatureEncoder seven = encoder(rows, 7);

        assertThat(one.features()).extracting(Feature::type).contains(FeatureType.values());
        assertThat(one.leftOut()).extracting(LeftOut::column).containsExactly("id", "name", "empty");
        assertThat(FeatureEncoderJson.write(three)).isEqualTo(FeatureEncoderJson.write(one));
        assertThat(FeatureEncoderJson.write(seven)).isEqualTo(FeatureEncoderJson.write(one));
    }

    private FeatureEncoder encoder(List<Row> rows, int partitions) {
        Dataset<Row> table = spark.createDataFrame(
                JavaSparkContext.fromSparkContext(spark.sparkContext()).parallelize(rows, partitions), SCHEMA);
        return FeatureFit.encoder(table, FeatureSettings.of(Configuration.defaults(), List.of()));
    }

    /** Numbers of which sums in doubles would lose much, and more texts than are counted one by one. */
    private static List<Row> rows() {
        Random random = new Random(4);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            byte[] picture = new byte[SHAPE.size()];
            random.nextBytes(picture);
            rows.add(RowFactory.create(
                    1_000_000L + 17L * i,
                    i % 2 == 0 ? 1e15 * random.nextGaussian() : random.nextGaussian(),
                    i % 50 == 0 ? null : Math.tan(Math.PI * (random.nextDouble() - 0.5)),
                    Math.exp(2 * random.nextGaussian()),
                    random.nextInt(300),
                    1 + random.nextInt(5),
                    random.nextInt(2),
                    "shop " + (int) Math.abs(40 * random.nextGaussian()),
                    " ".repeat(random.nextInt(400)) + "p" + random.nextInt(60),
                    i % 200 == 0 ? " ? " : Double.toString(random.nextGaussian()),
                    "name " + i,
                    Timestamp.from(Instant.ofEpochSecond(1_700_000_000L + random.nextInt(40_000_000))),
                    picture,
                    null));
        }
        return rows;
    }
}
