package elbow.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import elbow.SharedSpark;
import elbow.data.source.IdxFiles;
import elbow.model.ModelDirectory;
import elbow.model.TrainedModel;
import elbow.vae.likelihood.ContinuousBernoulli;
import elbow.vae.likelihood.DiscretizedLogistic;
import elbow.vae.likelihood.Gaussian;
import elbow.vae.likelihood.Likelihood;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Models of pixels that stay grey, from the command line to the scores, by each likelihood that there is for them. */
class GreyImagesIT {
    private static final int SIZE = 6;
    private static final int PIXELS = SIZE * SIZE;
    private static final int IMAGES = 400;
    private static final int IMAGE = 0x0803;
    private static final int LEVELS = 256;

    @TempDir
    private static Path directory;

    private static CommandLineRun command = new CommandLineRun(Path.of(""));

    @BeforeAll
    static void here() throws IOException {
        SharedSpark.session();
        command = new CommandLineRun(directory);
        command.write("lights.idx", lights());
    }

    @Test
    void pixelsAreGaussianIfNothingElseIsSaid() {
        train("lights.idx", "auto", "");

        assertThat(likelihood("auto")).isInstanceOf(Gaussian.class);
        assertScores("auto");
    }

    /** The uniform density on [0, 1] has a log-density of 0. */
    @Test
    void continuousBernoulliPixelsHaveADensityAboveTheUniformOne() {
        train("lights.idx", "continuous", "-D data.image.likelihood=continuous-bernoulli");

        assertThat(likelihood("continuous")).isEqualTo(new ContinuousBernoulli());
        assertThat(assertScores("continuous")).isPositive();
    }

    /** The uniform distribution gives each level a probability of 1 / 256. */
    @Test
    void discretizedLogisticPixelsHaveProbabilitiesAboveTheUniformOnes() {
        train("lights.idx", "levels", "-D data.image.likelihood=discretized-logistic");

        assertThat(likelihood("levels")).isInstanceOf(DiscretizedLogistic.class);
        assertThat(assertScores("levels")).isBetween(-PIXELS * Math.log(LEVELS), 0.0);
    }

    /** A network whose posterior is made the prior, for images of one pixel: an ELBO is then the pixel's log-mass. */
    @Test
    void probabilitiesOfThe256LevelsOfAPixelSumToOne() throws IOException {
        Random random = new Random(7);
        byte[] pixels = new byte[IMAGES];
        for (int i = 0; i < IMAGES; i++) {
            pixels[i] = (byte) Math.max(0, Math.min(255, 90 + 30 * random.nextGaussian()));
        }
        command.write("dots.idx", IdxFiles.file(IMAGE, pixels, IMAGES, 1, 1));
        train("dots.idx", "dots", "-D data.image.likelihood=discretized-logistic");
        TrainedModel model = load("dots");
        // The encoder's 8 units of one pixel and a bias, then 2 means and 2 log-variances of these and a bias.
        int encoderParameters = 8 * (1 + 1) + 2 * 2 * (8 + 1);
        model.network()
                .params()
                .get(NDArrayIndex.all(), NDArrayIndex.interval(0, encoderParameters))
                .assign(0);

        INDArray rows = Nd4j.create(LEVELS, 1);
        for (int level = 0; level < LEVELS; level++) {
            rows.putScalar(level, 0, level / 255f);
        }
        INDArray negativeElbos = model.network().scoreExamples(new DataSet(rows, rows), false);
        double[] probabilities = IntStream.range(0, LEVELS)
                .mapToDouble(level -> Math.exp(-negativeElbos.getDouble(level)))
                .toArray();

        assertThat(Arrays.stream(probabilities).sum()).isCloseTo(1, within(1e-4));
        assertThat(probabilities[90]).isGreaterThan(2 * probabilities[160]);
    }

    @Test
    void likelihoodThatDoesNotFitTheBinarisationIsRefused() {
        assertThat(command.run("train --input lights.idx --model none -D data.image.likelihood=continuous-bernoulli"))
                .isEqualTo(2);
        assertThat(command.errors())
                .contains("data.image.binarise must be none for data.image.likelihood = continuous-bernoulli, but is"
                        + " sample");
        assertThat(command.run("train --input lights.idx --model none -D data.image.likelihood=bernoulli"
                        + " -D data.image.binarise=none"))
                .isEqualTo(2);
        assertThat(command.errors())
                .contains("data.image.binarise must be sample or threshold for data.image.likelihood = bernoulli, but"
                        + " is none");
    }

    private static void train(String input, String model, String options) {
        assertThat(command.run(("train --input " + input + " --model " + model + " -D data.image.binarise=none"
                                + " -D model.encoder-sizes=[8] -D model.latent-size=2 -D training.epochs=60"
                                + " -D training.batch-size=32 -D training.replicas=1 -D training.learning-rate=0.01"
                                + " -D scoring.samples=0 " + options)
                        .strip()))
                .as(command.errors())
                .isZero();
    }

    private static TrainedModel load(String model) {
        return new ModelDirectory(directory.resolve(model).toString(), new Configuration()).load();
    }

    private static Likelihood likelihood(String model) {
        TrainedModel loaded = load(model);
        assertThat(loaded.layer().spec().likelihoods()).hasSize(1);
        assertThat(loaded.encoder().likelihoods().get(0).likelihood().name())
                .isEqualTo(
                        loaded.layer().spec().likelihoods().get(0).likelihood().name());
        return loaded.layer().spec().likelihoods().get(0).likelihood();
    }

    /** Scores all images; returns their mean ELBO. */
    private static double assertScores(String model) {
        String output = model + "-scores";
        assertThat(command.run("score --model " + model + " --input lights.idx --output " + output + " --explain 1"))
                .as(command.errors())
                .isZero();
        List<Row> rows = SharedSpark.session()
                .read()
                .parquet(directory.resolve(output).toString())
                .collectAsList();
        assertThat(rows).hasSize(IMAGES);
        double normal = rest(rows.get(0));
        for (Row row : rows) {
            double elbo = row.<Double>getAs("elbo");
            assertThat(elbo).isFinite();
            assertThat(elbo).isCloseTo(row.<Double>getAs("reconstruction") - row.<Double>getAs("kl"), within(1e-9));
            assertThat(row.<Double>getAs("anomaly_score")).isCloseTo(-elbo, within(1e-9));
            assertThat(rest(row)).isCloseTo(normal, within(1e-6));
        }
        return rows.stream()
                .mapToDouble(row -> row.<Double>getAs("elbo"))
                .average()
                .orElseThrow();
    }

    /** What is left of a row's score without its contributions: the score of a normal row. */
    private static double rest(Row row) {
        List<Row> parts = row.getList(row.fieldIndex("contributions"));
        assertThat(parts.stream().map(part -> part.getString(0))).containsExactly("image", "latent");
        return row.<Double>getAs("anomaly_score")
                - parts.stream().mapToDouble(part -> part.getDouble(1)).sum();
    }

    /** Images lit from the left, each as brightly as it happens. */
    private static byte[] lights() {
        Random random = new Random(3);
        byte[] pixels = new byte[IMAGES * PIXELS];
        for (int image = 0; image < IMAGES; image++) {
            double light = 60 + 150 * random.nextDouble();
            for (int i = 0; i < PIXELS; i++) {
                double pixel = light * (SIZE - i % SIZE) / SIZE + 8 * random.nextGaussian();
                pixels[image * PIXELS + i] = (byte) Math.max(0, Math.min(255, pixel));
            }
        }
        return IdxFiles.file(IMAGE, pixels, IMAGES, SIZE, SIZE);
    }
}
