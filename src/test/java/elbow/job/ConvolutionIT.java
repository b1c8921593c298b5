package elbow.job;

import static org.assertj.core.api.Assertions.assertThat;

import elbow.PictureRows;
import elbow.SharedSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A column of images beside others, by dense and by convolutional networks. */
class ConvolutionIT {
    private static final String TRAIN = "train --input rows --ignore a -D training.epochs=60 -D training.replicas=2"
            + " -D training.batch-size=32 -D model.latent-size=4 -D model.encoder-sizes=[32]"
            + " -D data.image.binarise=none -D scoring.samples=4 ";

    @TempDir
    private static Path directory = Path.of("");

    private static CommandLineRun command = new CommandLineRun(directory);

    @BeforeAll
    static void write() {
        SharedSpark.session();
        command = new CommandLineRun(directory);
        write(PictureRows.fitting(1500, 3), "rows");
        write(PictureRows.fitting(200, 4), "usual");
        write(PictureRows.misfitting(200, 5), "strange");
    }

    private static void write(Dataset<Row> rows, String name) {
        rows.write().parquet(directory.resolve(name).toString());
    }

    /** Image and number are usual, each in itself: only a model of both knows better. */
    @ParameterizedTest
    @ValueSource(strings = {"dense", "convolutional"})
    void anImageThatDoesNotGoWithTheOtherColumnsIsStrange(String network) throws IOException {
        train(network, "-D model.network=" + network + " -D model.convolution.channels=[8]");

        List<Row> usual = scored(network, "usual");
        List<Row> strange = scored(network, "strange");
        assertThat(flagged(usual)).isLessThan(0.1);
        assertThat(flagged(strange)).isGreaterThan(0.9);
        // The image is one column among three: each has its share.
        for (Row row : strange) {
            List<Row> contributions = row.getList(row.fieldIndex("contributions"));
            assertThat(contributions)
                    .extracting(entry -> entry.getString(0))
                    .containsExactlyInAnyOrder("picture", "b", "tone", "latent");
        }
    }

    @Test
    void whatTheNetworkIsMadeOfIsSaid() throws IOException {
        train("said", "-D model.network=convolutional -D model.convolution.channels=[4,6] -D training.epochs=1");
        String network = "68-4x4x4-2x2x6+4-32-4-32-56-4x4x4+32-8x8x1+4";
        assertThat(command.errors()).contains("Network: " + network);
        assertThat(Files.readString(directory.resolve("said/report.html"))).contains(network);
        assertThat(command.run("inspect --model said")).as(command.errors()).isZero();
        assertThat(command.output()).contains(network);
    }

    @Test
    void imagesAndColumnsAreMadeTogether() throws IOException {
        train("made", "-D model.network=convolutional -D model.convolution.channels=[8] -D training.epochs=20");
        assertThat(command.run("reconstruct --model made --input usual --output rebuilt --keep a"))
                .as(command.errors())
                .isZero();
        Dataset<Row> rebuilt = SharedSpark.session()
                .read()
                .parquet(directory.resolve("rebuilt").toString());
        assertThat(rebuilt.columns()).contains("a", "b", "tone", "picture");
        assertThat(rebuilt.count()).isEqualTo(200);
        assertThat(command.run("generate --model made --rows 10 --output drawn"))
                .as(command.errors())
                .isZero();
        assertThat(SharedSpark.session()
                        .read()
                        .parquet(directory.resolve("drawn").toString())
                        .filter(functions.length(functions.col("picture")).equalTo(64))
                        .count())
                .isEqualTo(10);
    }

    @Test
    void imagesOfASizeThatDoesNotFitAreRefusedWithWhatToDo() throws IOException {
        int code = command.run(TRAIN
                + "--model odd -D model.network=convolutional -D model.convolution.strides=[3] -D training.epochs=1");
        assertThat(code).isEqualTo(2);
        assertThat(command.errors())
                .contains("model.convolution.strides must have a product of which the image's height and width are"
                        + " multiples, which are those of 8x8x1 (data.image.height and data.image.width resize images),"
                        + " but is [3]");
        assertThat(command.run(TRAIN
                        + "--model odd -D model.network=convolutional -D model.convolution.strides=[3]"
                        + " -D data.image.height=9 -D data.image.width=6 -D training.epochs=1"))
                .as(command.errors())
                .isZero();
    }

    private static void train(String model, String overrides) {
        assertThat(command.run(TRAIN + "--model " + model + " " + overrides))
                .as(command.errors())
                .isZero();
    }

    private static List<Row> scored(String model, String rows) {
        String output = model + "-" + rows + ".parquet";
        assertThat(command.run(String.format(
                        Locale.ROOT,
                        "score --model %s --input %s --output %s --keep a --explain 3",
                        model,
                        rows,
                        output)))
                .as(command.errors())
                .isZero();
        return SharedSpark.session()
                .read()
                .parquet(directory.resolve(output).toString())
                .collectAsList();
    }

    private static double flagged(List<Row> rows) {
        return rows.stream().filter(row -> row.<Boolean>getAs("is_anomaly")).count() / (double) rows.size();
    }
}
