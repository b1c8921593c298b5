package elbow.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import elbow.data.image.ImageShape;
import elbow.data.image.PngImages;
import elbow.job.EmbeddedCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;

/**
 * How sharp the images are that models make, under each likelihood of a pixel: {@code train} and {@code generate} on
 * 20,000 images of MNIST and as many drawings of clothes, and the {@linkplain GradientEnergy gradient energy} of what
 * is made as a share of that of test images, of expected pixels and of draws. Below 1: blur; above it: noise.
 */
public final class SharpnessBenchmark implements AutoCloseable {
    private static final int CORES = 2;
    private static final int EPOCHS = 30;
    private static final int QUICK_EPOCHS = 2;
    private static final int MADE = 2000;
    private static final int TRAINING_IMAGES = 20_000;
    private static final int TEST_IMAGES = 5000;
    private static final long TRAINING_SEED = 1;
    private static final long TEST_SEED = 2;

    /** Images in a line of a picture. */
    private static final int SHOWN = 16;

    private static final String LINE = "%-10s %-32s %8s %8s %8s%n";

    private final LocalCluster cluster = new LocalCluster(CORES);
    private final Path directory;
    private final int epochs;

    private SharpnessBenchmark(Path directory, int epochs) {
        this.directory = directory;
        this.epochs = epochs;
    }

    /** What becomes of an image before a network sees it. */
    private enum Sight {
        GREY,
        SAMPLED,
        THRESHOLDED;

        private static final int WHITE = 255;
        private static final int THRESHOLD = 128;

        byte[] of(byte[] image, Random random) {
            byte[] seen = image.clone();
            for (int pixel = 0; this != GREY && pixel < seen.length; pixel++) {
                int bound = this == THRESHOLDED ? THRESHOLD : 1 + random.nextInt(WHITE);
                seen[pixel] = (byte) ((image[pixel] & 0xFF) >= bound ? WHITE : 0);
            }
            return seen;
        }
    }

    private record Pixels(String name, Sight sight, List<String> settings) {
        static List<Pixels> all() {
            return List.of(
                    new Pixels("bernoulli, sampled", Sight.SAMPLED, List.of()),
                    new Pixels("bernoulli, thresholded", Sight.THRESHOLDED, List.of("data.image.binarise=threshold")),
                    grey("continuous-bernoulli", "continuous-bernoulli"),
                    grey("gaussian, a variance by place", "gaussian"),
                    grey("gaussian, one optimal variance", "gaussian", "model.variance=optimal"),
                    grey("discretized-logistic", "discretized-logistic"));
        }

        private static Pixels grey(String name, String likelihood, String... others) {
            return new Pixels(
                    name,
                    Sight.GREY,
                    Stream.concat(
                                    Stream.of("data.image.binarise=none", "data.image.likelihood=" + likelihood),
                                    Arrays.stream(others))
                            .toList());
        }

        /** The test images as draws would be, were nothing lost. */
        List<byte[]> seen(List<byte[]> images) {
            Random random = new Random(TEST_SEED);
            return images.stream().map(image -> sight.of(image, random)).toList();
        }

        /** The same as expected pixels would be: the mean of a sampled pixel is what was grey. */
        List<byte[]> expected(List<byte[]> images) {
            return sight == Sight.SAMPLED ? images : seen(images);
        }
    }

    private record Images(String name, int side, List<byte[]> training, List<byte[]> test) {
        static Images mnist(BenchmarkArguments arguments) throws IOException {
            LabelledImages training = LabelledImages.read(
                    arguments.mnist("train-images-idx3-ubyte.gz"), arguments.mnist("train-labels-idx1-ubyte.gz"));
            LabelledImages test = LabelledImages.read(
                    arguments.mnist("t10k-images-idx3-ubyte.gz"), arguments.mnist("t10k-labels-idx1-ubyte.gz"));
            return new Images(
                    "mnist",
                    training.width(),
                    training.images().subList(0, TRAINING_IMAGES),
                    test.images().subList(0, TEST_IMAGES));
        }

        static Images garments() {
            return new Images(
                    "garments",
                    GarmentImages.SIDE,
                    GarmentImages.draw(TRAINING_IMAGES, TRAINING_SEED),
                    GarmentImages.draw(TEST_IMAGES, TEST_SEED));
        }
    }

    /**
     * Arguments: {@code --data DIR [--pictures DIR] [--quick] [--json FILE]}; a picture for each set of images has,
     * from the top, images of the test, then for each likelihood a line of expected pixels and one of draws.
     */
    public static void main(String[] list) throws IOException {
        BenchmarkArguments arguments = BenchmarkArguments.of(list);
        Optional<Path> pictures =
                BenchmarkArguments.text(Arrays.asList(list), "--pictures").map(Path::of);
        arguments.announce("10 minutes", "5 minutes");
        Path directory = Files.createTempDirectory("elbow-sharpness");
        ObjectNode report = new ObjectMapper().createObjectNode();
        ArrayNode figures = report.putArray("sharpness");
        try (SharpnessBenchmark benchmark = new SharpnessBenchmark(directory, arguments.number(EPOCHS, QUICK_EPOCHS))) {
            print("gradient energy of what is made over that of test images%n");
            print(LINE, "images", "likelihood", "expected", "drawn", "seconds");
            for (Images images : List.of(Images.mnist(arguments), Images.garments())) {
                byte[] picture = benchmark.measure(images, figures);
                if (pictures.isPresent()) {
                    Files.createDirectories(pictures.get());
                    Files.write(pictures.get().resolve("sharpness-" + images.name() + ".png"), picture);
                }
            }
            arguments.write(report);
        } finally {
            Directories.delete(directory);
        }
        System.exit(0);
    }

    private byte[] measure(Images images, ArrayNode figures) throws IOException {
        Path input = directory.resolve(images.name() + ".idx");
        LabelledImages.write(images.training(), images.side(), images.side(), input);
        List<byte[]> shown = new ArrayList<>(images.test().subList(0, SHOWN));
        for (Pixels pixels : Pixels.all()) {
            long start = System.nanoTime();
            String model = train(input, pixels);
            double seconds = (System.nanoTime() - start) * 1e-9;
            List<byte[]> expected = generate(model, "--expected");
            List<byte[]> drawn = generate(model);
            double ofExpected = share(expected, pixels.expected(images.test()), images.side());
            double ofDrawn = share(drawn, pixels.seen(images.test()), images.side());
            print(LINE, images.name(), pixels.name(), figure(ofExpected), figure(ofDrawn), figure(seconds));
            figures.addObject()
                    .put("images", images.name())
                    .put("likelihood", pixels.name())
                    .put("expected", ofExpected)
                    .put("drawn", ofDrawn)
                    .put("train_seconds", seconds);
            shown.addAll(expected.subList(0, SHOWN));
            shown.addAll(drawn.subList(0, SHOWN));
        }
        return PngImages.grid(shown, new ImageShape(images.side(), images.side(), 1), SHOWN);
    }

    private String train(Path input, Pixels pixels) {
        String model = directory.resolve("model").toString();
        List<String> command = new ArrayList<>(List.of(
                "train",
                "--input",
                input.toString(),
                "--model",
                model,
                "--overwrite",
                "-D",
                "training.epochs=" + epochs));
        for (String setting : pixels.settings()) {
            command.addAll(List.of("-D", setting));
        }
        EmbeddedCommand.run(command.toArray(String[]::new));
        return model;
    }

    private List<byte[]> generate(String model, String... how) {
        String made = directory.resolve("made").toString();
        List<String> command = new ArrayList<>(
                List.of("generate", "--model", model, "--rows", String.valueOf(MADE), "--output", made, "--overwrite"));
        command.addAll(Arrays.asList(how));
        EmbeddedCommand.run(command.toArray(String[]::new));
        return cluster.session().read().parquet(made).collectAsList().stream()
                .map((Row row) -> row.<byte[]>getAs(0))
                .toList();
    }

    private static double share(List<byte[]> made, List<byte[]> real, int side) {
        return GradientEnergy.of(made, side) / GradientEnergy.of(real, side);
    }

    private static String figure(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    private static void print(String format, Object... values) {
        System.out.printf(Locale.ROOT, format, values);
        System.out.flush();
    }

    @Override
    public void close() {
        cluster.close();
    }
}
