package elbow.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import elbow.job.EmbeddedCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.apache.spark.sql.SparkSession;

/** Commands on the rows of a case; what they give is looked at, so that nobody measures a run that did nothing. */
final class LoadWork {
    private static final int TRAINING_ROWS = 2_000;

    private final Path directory;
    private final boolean quick;
    private final Consumer<String> progress;
    private final List<String> seen = new ArrayList<>();

    LoadWork(Path directory, boolean quick, Consumer<String> progress) {
        this.directory = directory;
        this.quick = quick;
        this.progress = progress;
    }

    /** The session of this process, which commands go on with. */
    SparkSession spark() {
        return SparkSession.builder().appName("elbow load").getOrCreate();
    }

    Path rows() {
        return directory.resolve("rows");
    }

    int number(int whole, int quickly) {
        return quick ? quickly : whole;
    }

    /** What commands said of themselves, in a line. */
    String seen() {
        return String.join("; ", seen);
    }

    void train(String... settings) throws IOException {
        train(rows(), settings);
    }

    private void train(Path rows, String... settings) throws IOException {
        Path json = directory.resolve("train.json");
        List<String> command = new ArrayList<>(List.of("train", "--input", rows.toString()));
        command.addAll(List.of("--model", model(), "--json", json.toString()));
        for (String setting : settings) {
            command.addAll(List.of("-D", setting));
        }
        double seconds = timed(command);
        JsonNode figures = new ObjectMapper().readTree(json.toFile());
        double before = figures.required("elboBefore").doubleValue();
        double after = figures.required("elboAfter").doubleValue();
        if (!(after > before) || !Double.isFinite(after)) {
            throw new IOException("training must raise the ELBO, but from " + before + " it came to " + after);
        }
        JsonNode training = new ObjectMapper()
                .readTree(directory.resolve("model/manifest.json").toFile())
                .required("training");
        note(
                "trained in %.0f s, ELBO %.1f to %.1f, %,d steps, averaged every %d",
                seconds,
                before,
                after,
                training.required("steps").longValue(),
                training.required("averagingFrequency").intValue());
    }

    /** Scores all rows, of which there must be so many. */
    void score(long rows) throws IOException {
        Path scores = directory.resolve("scores");
        double seconds = timed(
                List.of("score", "--model", model(), "--input", rows().toString(), "--output", scores.toString()));
        long scored = spark().read().parquet(scores.toString()).count();
        if (scored != rows) {
            throw new IOException("all of " + rows + " rows must be scored, but " + scored + " were");
        }
        note("scored in %.0f s, %,.0f rows/s", seconds, rows / seconds);
    }

    /** Trains a model of rows as days have them. */
    void trainOnDays() throws IOException {
        Path rows = directory.resolve("training.csv");
        LoadTables.csv(rows, TRAINING_ROWS, -1);
        train(rows, "training.epochs=5");
    }

    /** One batch of all days, of which there must be so many. */
    void batch(int partitions) throws IOException {
        double seconds = timed(batchCommand());
        published(partitions);
        note("a batch of %d partitions in %.0f s", partitions, seconds);
    }

    /** Batch after batch, each with a day more than the one before. */
    void batches(int count) throws IOException {
        long start = System.nanoTime();
        for (int batch = 1; batch <= count; batch++) {
            LoadTables.csv(
                    rows().resolve("dt=" + LoadTables.FIRST_DAY.plusDays(batch)).resolve("rows.csv"), 200, batch);
            EmbeddedCommand.run(batchCommand().toArray(String[]::new));
            if (batch % number(50, 10) == 0) {
                progress.accept(batch + " of " + count + " batches");
            }
        }
        double seconds = (System.nanoTime() - start) * 1e-9;
        // The first one takes the day that is there already, too.
        published(count + 1);
        note("%d batches in %.0f s, %.1f s each", count, seconds, seconds / count);
    }

    private List<String> batchCommand() {
        List<String> command = new ArrayList<>(List.of("batch"));
        for (String setting : List.of(
                "batch.input=" + rows(), "batch.model=" + model(), "batch.output=" + directory.resolve("published"))) {
            command.addAll(List.of("-D", setting));
        }
        return command;
    }

    private void published(int partitions) throws IOException {
        try (var entries = Files.walk(directory.resolve("published/_ledger"))) {
            long found =
                    entries.filter(file -> file.toString().endsWith(".json")).count();
            if (found != partitions) {
                throw new IOException(partitions + " partitions must be published, but " + found + " are");
            }
        }
    }

    private String model() {
        return directory.resolve("model").toString();
    }

    private static double timed(List<String> command) {
        long start = System.nanoTime();
        EmbeddedCommand.run(command.toArray(String[]::new));
        return (System.nanoTime() - start) * 1e-9;
    }

    private void note(String format, Object... values) {
        String line = String.format(Locale.ROOT, format, values);
        seen.add(line);
        progress.accept(line);
    }
}
