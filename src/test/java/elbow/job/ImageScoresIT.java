package elbow.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import elbow.SharedSpark;
import elbow.data.feature.FeatureEncoderJson;
import elbow.data.feature.PixelContexts;
import elbow.data.source.IdxFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Anomaly scores of images: against their texture, so that an empty one is strange among specked ones. */
class ImageScoresIT {
    private static final int SIZE = 8;
    private static final int IMAGE = 0x0803;

    @TempDir
    private static Path directory;

    private static CommandLineRun command = new CommandLineRun(Path.of(""));

    @BeforeAll
    static void train() throws IOException {
        SharedSpark.session();
        command = new CommandLineRun(directory);
        command.write("specks.idx", specks(600));
        command.write("empty.idx", IdxFiles.file(IMAGE, new byte[SIZE * SIZE], 1, SIZE, SIZE));
        for (String formula : List.of("auto", "elbo")) {
            assertThat(command.run(
                            "train --input specks.idx --model " + formula
                                    + " -D model.encoder-sizes=[32] -D model.latent-size=4 -D training.epochs=40",
                            "-D",
                            "training.replicas=1",
                            "-D",
                            "scoring.samples=4",
                            "-D",
                            "scoring.anomaly-score=" + formula))
                    .as(command.errors())
                    .isZero();
        }
    }

    @Test
    void scoreIsTheNegativeElboMinusTheCodeLengthOfTheTexture() throws IOException {
        PixelContexts contexts = FeatureEncoderJson.read(
                        "encoder.json", Files.readString(directory.resolve("auto/encoder.json")))
                .pixelContexts()
                .values()
                .iterator()
                .next();
        double normal = new ObjectMapper()
                .readTree(directory.resolve("auto/calibration.json").toFile())
                .at("/normal/latent")
                .doubleValue();
        for (Row row : scored("auto", "specks.idx", "--keep image --explain 1")) {
            byte[] pixels = row.getAs("image");
            float[] encoded = new float[pixels.length];
            for (int i = 0; i < pixels.length; i++) {
                encoded[i] = (pixels[i] & 0xFF) / 255f;
            }
            double score = row.<Double>getAs("anomaly_score");
            assertThat(score).isCloseTo(-row.<Double>getAs("elbo") - contexts.codeLength(encoded, 0), within(1e-9));
            List<Row> parts = row.getList(row.fieldIndex("contributions"));
            assertThat(parts.stream().map(part -> part.getString(0))).containsExactly("image", "latent");
            double latent = parts.get(1).getDouble(1);
            assertThat(latent).isCloseTo(row.<Double>getAs("kl") - normal, within(1e-9));
        }
    }

    @Test
    void emptyImageIsAnomalousByLikelihoodRatioButNotByElbo() {
        Row ratio = scored("auto", "empty.idx", "").get(0);
        Row elbo = scored("elbo", "empty.idx", "").get(0);
        assertThat(ratio.<Boolean>getAs("is_anomaly")).isTrue();
        assertThat(elbo.<Boolean>getAs("is_anomaly")).isFalse();
        assertThat(ratio.<Double>getAs("elbo")).isEqualTo(elbo.<Double>getAs("elbo"));
    }

    @Test
    void likelihoodRatioIsRefusedForTables() throws IOException {
        StringBuilder rows = new StringBuilder("a,b\n");
        Random random = new Random(1);
        for (int i = 0; i < 200; i++) {
            rows.append(random.nextGaussian())
                    .append(',')
                    .append(random.nextGaussian())
                    .append('\n');
        }
        command.write("rows.csv", rows.toString());
        assertThat(command.run("train --input rows.csv --model none -D scoring.anomaly-score=likelihood-ratio"))
                .isEqualTo(2);
        assertThat(command.errors())
                .contains("scoring.anomaly-score must be auto, encoded or elbo for rows without an image of binary"
                        + " pixels, but is likelihood-ratio");
        assertThat(directory.resolve("none")).doesNotExist();
    }

    private static List<Row> scored(String model, String input, String options) {
        String output = model + "-" + input;
        assertThat(command.run(("score --overwrite --model " + model + " --input " + input + " --output " + output + " "
                                + options)
                        .strip()))
                .as(command.errors())
                .isZero();
        return SharedSpark.session()
                .read()
                .parquet(directory.resolve(output).toString())
                .collectAsList();
    }

    /** Specks on the left half: an empty image is the likeliest one by its pixels, and was never seen. */
    private static byte[] specks(int count) {
        Random random = new Random(5);
        byte[] pixels = new byte[count * SIZE * SIZE];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (i % SIZE < SIZE / 2 && random.nextInt(10) < 3 ? 255 : 0);
        }
        return IdxFiles.file(IMAGE, pixels, count, SIZE, SIZE);
    }
}
