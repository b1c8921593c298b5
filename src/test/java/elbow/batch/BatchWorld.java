package elbow.batch;

import elbow.SharedSpark;
import elbow.base.Configuration;
import elbow.job.TestModels;
import elbow.model.ModelDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An input, an output and settings in one directory, and what can be seen of them. */
final class BatchWorld {
    static final LocalDate FIRST = LocalDate.of(2026, 11, 21);
    static final LocalDate LAST = LocalDate.of(2026, 11, 23);

    /** How many rows each partition has. */
    static final int ROWS = 40;

    private static @Nullable Path trained;

    final Path directory;
    final Path model;
    final SettableClock clock = new SettableClock("2026-11-24T02:00:00Z");
    private final List<String> notes = new ArrayList<>();

    /** A world in a directory with the model that all tests of the JVM share. */
    BatchWorld(Path directory) {
        this(directory, sharedModel());
    }

    BatchWorld(Path directory, Path model) {
        this.directory = directory;
        this.model = model;
    }

    /** Trained once in a JVM; nothing may change it. */
    static synchronized Path sharedModel() {
        if (trained == null) {
            SharedSpark.session();
            try {
                Path directory = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "batch-model");
                Path rows = Files.write(directory.resolve("training.csv"), rows(800, 7));
                trained = TestModels.train(
                                rows, directory.resolve("model"), "--ignore", "id", "-D", "training.epochs=20")
                        .toAbsolutePath();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return trained;
    }

    /** Rows like those that the model is trained on; every tenth is strange. */
    static List<String> rows(int count, long seed) {
        Random random = new Random(seed);
        List<String> lines = new ArrayList<>(List.of("id,a,b,flag"));
        for (int i = 0; i < count; i++) {
            double first = random.nextGaussian();
            double second = (i % 10 == 9 ? -1 : 1) * (first + 3 * Math.signum(first)) + 0.1 * random.nextGaussian();
            lines.add(String.format(
                    Locale.ROOT, "row-%d-%d,%s,%s,%s", seed, i, 10 + 5 * first, second, first > 0 ? "yes" : "no"));
        }
        return lines;
    }

    /** Writes a partition whose files carry a time that does not depend on when the test runs. */
    void partition(LocalDate date, List<String> lines) {
        partition(date, "part.csv", lines);
    }

    void partition(LocalDate date, String name, List<String> lines) {
        try {
            Path file = Files.createDirectories(directory.resolve("rows/dt=" + date))
                    .resolve(name);
            Files.write(file, lines);
            Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-11-24T00:00:00Z")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Partitions from {@link #FIRST} to a date. */
    BatchWorld withPartitions(LocalDate last) {
        FIRST.datesUntil(last.plusDays(1)).forEach(date -> partition(date, rows(ROWS, date.getDayOfMonth())));
        return this;
    }

    BatchSettings settings(String... overrides) {
        List<String> all = new ArrayList<>(List.of(
                "batch.input=" + directory.resolve("rows"),
                "batch.model=" + model,
                "batch.output=" + output(),
                "batch.keep=id",
                "batch.metrics.json=" + directory.resolve("metrics/batch.json"),
                "batch.metrics.prometheus=" + directory.resolve("metrics/batch.prom")));
        all.addAll(List.of(overrides));
        return BatchSettings.of(Configuration.defaults().withOverrides(all));
    }

    Batch batch(Stage.Listener stages, String... overrides) {
        return batch(DateRange.upTo(LAST), stages, overrides);
    }

    Batch batch(DateRange range, Stage.Listener stages, String... overrides) {
        return new Batch(SharedSpark.session(), settings(overrides), range, clock, notes::add, stages);
    }

    BatchOutcome run(String... overrides) {
        return batch(stage -> {}, overrides).run();
    }

    List<String> notes() {
        return notes;
    }

    Path output() {
        return directory.resolve("scores");
    }

    String modelId() {
        return new ModelDirectory(
                        model.toString(), SharedSpark.session().sparkContext().hadoopConfiguration())
                .load()
                .manifest()
                .modelId();
    }

    /** The first entry of a partition. */
    LedgerEntry entry(LocalDate date) throws IOException {
        return BatchPlaces.of(settings(), SharedSpark.session().sparkContext().hadoopConfiguration())
                .ledger(modelId(), damaged -> {
                    throw damaged;
                })
                .entry(date, 1)
                .orElseThrow();
    }

    PublishedScores published() {
        return new PublishedScores(SharedSpark.session(), output().toString());
    }

    /** Entries of the model's ledger, without what depends on when and how often a batch was started. */
    Map<String, String> ledger(String modelId) {
        Map<String, String> entries = new TreeMap<>();
        for (Path file : files(output().resolve("_ledger/" + modelId))) {
            String text = read(file)
                    .replaceAll("\"(startedAt|committedAt)\":\"[^\"]*\"", "\"$1\":\"\"")
                    .replaceAll("\"run\":\\d+", "\"run\":0")
                    .replaceAll("run=\\d+", "run=0");
            entries.put(file.getFileName().toString(), text);
        }
        return entries;
    }

    int ledgerSize() {
        return Files.exists(output().resolve("_ledger")) ? ledger(modelId()).size() : 0;
    }

    /** Everything that a reader or an operator can see, without times and numbers of runs. */
    Map<String, Object> state() {
        Map<String, Object> state = new TreeMap<>();
        String modelId = modelId();
        state.put("ledger", ledger(modelId));
        List<String> scores = published().rows(modelId).drop("scored_at", "run").collectAsList().stream()
                .map(Object::toString)
                .sorted()
                .toList();
        state.put("scores", scores);
        List<String> directories = new ArrayList<>();
        for (Path file : everything(output())) {
            String name = output().relativize(file).toString();
            if (Files.isDirectory(file) && !name.startsWith("_")) {
                directories.add(name.replaceAll("run=\\d+", "run=0"));
            }
        }
        state.put("directories", directories.stream().sorted().toList());
        for (org.apache.hadoop.fs.Path scored : published().directories(modelId)) {
            Path report = Path.of(scored.toUri().getPath(), "_report.html");
            state.put("report of " + scored.getParent().getName(), read(report).replace(directory.toString(), ""));
        }
        state.put(
                "lock",
                files(output().resolve("_lock")).stream()
                        .map(file -> file.getFileName().toString().replaceAll("\\d+", "0"))
                        .sorted()
                        .toList());
        state.put("metrics", newestMetrics());
        return state;
    }

    /** The metrics that do not say what the last run did. */
    private List<String> newestMetrics() {
        return read(directory.resolve("metrics/batch.prom"))
                .lines()
                .filter(line -> !line.contains("last_run_timestamp") && !line.contains("last_run_partitions_scored"))
                .toList();
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Path> files(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> everything(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
