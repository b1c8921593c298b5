package elbow.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import elbow.SharedSpark;
import elbow.base.Configuration;
import elbow.data.feature.FeatureEncoder;
import elbow.data.image.ImageShape;
import elbow.data.image.Images;
import elbow.data.infer.FeatureFit;
import elbow.data.infer.FeatureSettings;
import elbow.data.shard.PackedRows;
import elbow.data.shard.Shards;
import elbow.data.text.CsvDialect;
import elbow.vae.input.InputTransform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same rows from every format. */
class FormatsIT {
    @TempDir
    Path directory;

    private SparkSession spark;
    private Dataset<Row> rows;

    @BeforeEach
    void rows() {
        spark = SharedSpark.session();
        rows = spark.sql("SELECT id AS n, id * 0.5D AS x, concat('w', id % 3) AS word FROM range(20)");
    }

    @Test
    void everyFormatIsDetectedAndGivesTheRows() {
        List<Row> expected = rows.orderBy("n").collectAsList();
        for (String format : List.of("parquet", "orc", "avro", "json")) {
            String place = directory + "/" + format;
            rows.write().format(format).save(place);
            assertThat(read(ReadRequest.of(place))
                            .select("n", "x", "word")
                            .orderBy("n")
                            .collectAsList())
                    .as(format)
                    .isEqualTo(expected);
        }
        rows.write().option("header", true).option("sep", ";").csv(directory + "/csv");
        Dataset<Row> csv = read(ReadRequest.of(directory + "/csv").csv(new CsvDialect(List.of(), Optional.of(';'))));
        assertThat(csv.selectExpr("cast(n AS long) AS n", "x", "word")
                        .orderBy("n")
                        .collectAsList())
                .isEqualTo(expected);
    }

    @Test
    void filesWithoutExtensionsAreDetectedByTheirFirstBytes() throws IOException {
        for (String format : List.of("orc", "avro", "json")) {
            rows.coalesce(1).write().format(format).save(directory + "/" + format);
            Path part;
            try (var files = Files.list(directory.resolve(format))) {
                part = files.filter(file -> file.getFileName().toString().startsWith("part"))
                        .findFirst()
                        .orElseThrow();
            }
            Path bare = Files.copy(part, directory.resolve("bare-" + format));
            assertThat(read(ReadRequest.of(bare.toString())).count()).as(format).isEqualTo(20);
        }
    }

    @Test
    void severalInputsPatternsAndPartitionColumnsAreRead() {
        rows.write().partitionBy("word").parquet(directory + "/parts");
        assertThat(read(ReadRequest.of(directory + "/parts")).columns()).containsExactly("n", "x", "word");
        rows.write().parquet(directory + "/one");
        rows.write().parquet(directory + "/two");
        assertThat(read(ReadRequest.of(directory + "/one", directory + "/two")).count())
                .isEqualTo(40);
        assertThat(read(ReadRequest.of(directory + "/{one,two}/*.parquet")).count())
                .isEqualTo(40);
    }

    @Test
    void wholeNumbersAndDecimalsBesideDoublesAreDoublesUnlessOneWouldBecomeAnother() {
        spark.sql("SELECT 9007199254740992L AS n, 12345678901234.5BD AS m")
                .write()
                .parquet(directory + "/exact");
        spark.sql("SELECT 9007199254740993L AS n, 0.5BD AS m").write().parquet(directory + "/long");
        spark.sql("SELECT 1L AS n, 1234567890123456.7891BD AS m").write().parquet(directory + "/decimal");
        spark.sql("SELECT 0.25D AS n, CAST(0.25 AS FLOAT) AS m").write().parquet(directory + "/doubles");

        assertThat(read(ReadRequest.of(directory + "/exact", directory + "/doubles"))
                        .collectAsList())
                .containsExactlyInAnyOrder(
                        RowFactory.create(9007199254740992.0, 12345678901234.5), RowFactory.create(0.25, 0.25));
        Dataset<Row> wide = read(ReadRequest.of(directory + "/long", directory + "/doubles"));
        assertThat(wide.schema().apply("n").dataType()).isEqualTo(DataTypes.DoubleType);
        assertThatThrownBy(wide::collectAsList)
                .hasStackTraceContaining("column \"n\" is bigint in some of the files and not so in others, so that its"
                        + " values must be whole numbers up to 2^53 to be read as double, but one is 9007199254740993");
        // What nobody asks for is not looked at.
        assertThat(wide.select("m").count()).isEqualTo(2);
        assertThatThrownBy(() -> read(ReadRequest.of(directory + "/decimal", directory + "/doubles"))
                        .collectAsList())
                .hasStackTraceContaining(
                        "column \"m\" is decimal(20,4) in some of the files and not so in others, so that its values must"
                                + " be numbers of 15 digits or so to be read as double, but one is"
                                + " 1234567890123456.7891");
    }

    @Test
    void tablesAreReadByName() {
        rows.createOrReplaceTempView("some_rows");
        assertThat(read(ReadRequest.of("some_rows").as(DataFormat.TABLE).where("n < 5"))
                        .count())
                .isEqualTo(5);
    }

    @Test
    void vectorsBecomeAColumnForEachElement() throws IOException {
        StructType schema = new StructType().add("v", SQLDataTypes.VectorType()).add("y", DataTypes.IntegerType);
        spark.createDataFrame(
                        List.of(
                                RowFactory.create(Vectors.dense(1, 2.5), 7),
                                RowFactory.create(Vectors.sparse(2, new int[] {1}, new double[] {4}), 8)),
                        schema)
                .coalesce(1)
                .write()
                .parquet(directory + "/vectors");
        Dataset<Row> expanded = read(ReadRequest.of(directory + "/vectors"));
        assertThat(expanded.columns()).containsExactly("v[0]", "v[1]", "y");
        assertThat(expanded.collectAsList())
                .containsExactly(RowFactory.create(1.0, 2.5, 7), RowFactory.create(0.0, 4.0, 8));

        Path libsvm = Files.writeString(directory.resolve("some.libsvm"), "1 1:0.5 3:2\n0 2:1\n");
        assertThat(read(ReadRequest.of(libsvm.toString())).collectAsList())
                .containsExactly(RowFactory.create(1.0, 0.5, 0.0, 2.0), RowFactory.create(0.0, 0.0, 1.0, 0.0));
    }

    @Test
    void headerlessCsvIsDetectedAndCommentsAreSkipped() throws IOException {
        Path bare = Files.writeString(
                directory.resolve("bare.data"), "1, Private, <=50K\n2, State-gov, >50K\n3, Private, <=50K\n\n");
        Dataset<Row> told = read(ReadRequest.of(bare.toString()));
        assertThat(told.columns()).containsExactly("column1", "column2", "column3");
        assertThat(told.count()).isEqualTo(3);
        Path commented = Files.writeString(directory.resolve("commented.csv"), "# about\n#\na,b\n1,x\n2,y\n");
        assertThat(read(ReadRequest.of(commented.toString())).collectAsList())
                .containsExactly(RowFactory.create(1, "x"), RowFactory.create(2, "y"));
        Path tabs = Files.writeString(directory.resolve("tabs.tsv"), "a\tb\n1\tx,y\n");
        assertThat(read(ReadRequest.of(tabs.toString())).collectAsList()).containsExactly(RowFactory.create(1, "x,y"));
    }

    @Test
    void foldersOfImagesGiveAPathAndAnImageOfTheConfiguredSize() throws IOException {
        Files.createDirectories(directory.resolve("pictures/kind=a"));
        Files.createDirectories(directory.resolve("pictures/kind=b"));
        for (int i = 0; i < 6; i++) {
            Files.write(
                    directory.resolve("pictures/kind=" + (i % 2 == 0 ? "a" : "b") + "/" + i + ".png"),
                    Images.plain("png", 6 + i, 8, 0x010101 * 20 * i));
        }
        Dataset<Row> pictures = read(ReadRequest.of(directory + "/pictures"));
        assertThat(pictures.columns()).containsExactly("path", "image", "kind");
        FeatureSettings options = FeatureSettings.of(
                Configuration.defaults()
                        .withOverrides(List.of("data.image.height=3", "data.image.width=4", "data.image.channels=1")),
                List.of("kind"));
        FeatureEncoder encoder = FeatureFit.encoder(pictures, options);
        assertThat(encoder.image()).contains(new ImageShape(3, 4, 1));
        assertThat(encoder.inputTransform()).isEqualTo(InputTransform.SAMPLE);
        float[] encoded = new float[12];
        for (Row row : pictures.collectAsList()) {
            encoder.bind(pictures.schema()).encode(row, encoded, 0);
            int i = Integer.parseInt(row.getString(0).replaceAll(".*/(\\d+)\\.png", "$1"));
            for (float value : encoded) {
                assertThat(value).isEqualTo(20 * i / 255f);
            }
        }
    }

    @Test
    void imagesOfSparksImageSourceAreRead() throws IOException {
        Files.createDirectories(directory.resolve("pictures"));
        for (int i = 0; i < 4; i++) {
            Files.write(directory.resolve("pictures/" + i + ".png"), Images.plain("png", 2, 3, 0x0000FF - 16 * i));
        }
        spark.read().format("image").load(directory + "/pictures").write().parquet(directory + "/images");
        Dataset<Row> images = read(ReadRequest.of(directory + "/images"));
        FeatureEncoder encoder = FeatureFit.encoder(images, new FeatureSettings(List.of(), InputTransform.NONE));
        assertThat(encoder.image()).contains(new ImageShape(2, 3, 3));
        List<PackedRows> blocks = Shards.of(images, encoder, 1, 1, 8).collect();
        assertThat(blocks.get(0).rows()).isEqualTo(4);
        float[] row = new float[18];
        blocks.get(0).copyRows(0, 1, row);
        assertThat(row[0]).isZero();
        assertThat(row[2]).isGreaterThan(0.8f);
    }

    private Dataset<Row> read(ReadRequest request) {
        return DataReader.read(spark, request);
    }
}
