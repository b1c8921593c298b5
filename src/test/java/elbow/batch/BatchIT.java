package elbow.batch;

import static elbow.batch.BatchWorld.FIRST;
import static elbow.batch.BatchWorld.LAST;
import static elbow.batch.BatchWorld.ROWS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import elbow.SharedSpark;
import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.job.TestModels;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a batch scores, publishes, keeps and tells. */
class BatchIT {
    private static final LocalDate SECOND = FIRST.plusDays(1);

    @TempDir
    private static Path shared = Path.of("");

    private static Path model = Path.of("");

    @TempDir
    private Path directory;

    private BatchWorld world = new BatchWorld(Path.of(""), Path.of(""));

    @BeforeAll
    static void train() throws IOException {
        SharedSpark.session();
        Path rows = Files.write(shared.resolve("training.csv"), BatchWorld.rows(800, 7));
        model = TestModels.train(rows, shared.resolve("model"), "--ignore", "id", "-D", "training.epochs=20");
    }

    @BeforeEach
    void open() {
        world = new BatchWorld(directory, model);
    }

    @Test
    void everyPartitionUpToTheDateIsScoredOnce() {
        world.withPartitions(LAST.plusDays(1));

        BatchOutcome first = world.run();

        assertThat(first.scored()).extracting(ScoredPartition::date).containsExactly(FIRST, SECOND, LAST);
        assertThat(first.scored()).allSatisfy(scored -> {
            assertThat(scored.rows()).isEqualTo(ROWS);
            assertThat(scored.late()).isFalse();
            assertThat(scored.anomalies()).isPositive();
        });
        assertThat(world.run().scored()).isEmpty();
        Dataset<Row> rows = world.published().rows(world.modelId());
        assertThat(rows.count()).isEqualTo(3L * ROWS);
        assertThat(rows.select("id").distinct().count()).isEqualTo(3L * ROWS);
        assertThat(rows.columns()).startsWith("id", "elbo").endsWith("scored_at", "partition_date");
    }

    @Test
    void theRuleForOtherReadersFindsTheSameRows() {
        world.withPartitions(LAST).run();
        world.partition(LAST, BatchWorld.rows(7, 99));
        world.run();

        // As the README has it, in Spark SQL alone.
        var spark = SharedSpark.session();
        Row[] paths = (Row[]) spark.read()
                .json(world.output() + "/_ledger/" + world.modelId() + "/*.json")
                .groupBy("date")
                .agg(org.apache
                        .spark
                        .sql
                        .functions
                        .expr("max_by(path, revision)")
                        .as("path"))
                .filter("path <> ''")
                .select("path")
                .collect();
        List<String> places = new ArrayList<>();
        for (Row path : paths) {
            places.add(world.output() + "/" + path.getString(0));
        }

        Dataset<Row> rows = spark.read().parquet(places.toArray(String[]::new));
        assertThat(rows.count()).isEqualTo(2L * ROWS + 7);
        assertThat(rows.select("id").distinct().count())
                .isEqualTo(world.published()
                        .rows(world.modelId())
                        .select("id")
                        .distinct()
                        .count());
    }

    @Test
    void aPartitionWhoseFilesChangedIsScoredAgainAsTheNextRevision() {
        world.withPartitions(LAST).run();
        world.partition(SECOND, "late.csv", BatchWorld.rows(5, 77));

        BatchOutcome outcome = world.run();

        assertThat(outcome.scored()).hasSize(1);
        assertThat(outcome.scored().get(0).late()).isTrue();
        assertThat(outcome.scored().get(0).rows()).isEqualTo(ROWS + 5);
        assertThat(world.ledger(world.modelId())).containsKeys("2026-11-22.1.json", "2026-11-22.2.json");
        assertThat(world.published().rows(world.modelId()).count()).isEqualTo(3L * ROWS + 5);
        // Readers that have begun with the first scores can end.
        assertThat(runs(SECOND)).hasSize(2);

        world.clock.advance(Duration.ofDays(8));
        world.run();
        assertThat(runs(SECOND)).hasSize(1);
        assertThat(world.published().rows(world.modelId()).count()).isEqualTo(3L * ROWS + 5);
    }

    @Test
    void lateFilesCountOnlyWithinTheirDaysOrInABackfill() {
        world.withPartitions(LAST).run();
        world.partition(FIRST, "late.csv", BatchWorld.rows(5, 77));

        assertThat(world.run("batch.late-days=0").scored()).isEmpty();
        assertThat(world.run("batch.late-days=1").scored()).isEmpty();
        BatchOutcome backfill = world.batch(DateRange.between(FIRST, SECOND), stage -> {}, "batch.late-days=0")
                .run();
        assertThat(backfill.scored()).extracting(ScoredPartition::date).containsExactly(FIRST);
    }

    @Test
    void aBackfillScoresItsRangeOnly() {
        world.withPartitions(LAST);

        BatchOutcome backfill =
                world.batch(DateRange.between(SECOND, SECOND), stage -> {}).run();

        assertThat(backfill.scored()).extracting(ScoredPartition::date).containsExactly(SECOND);
        assertThat(world.run().scored()).extracting(ScoredPartition::date).containsExactly(FIRST, LAST);
    }

    @Test
    void incompleteEmptyOldAndForeignDirectoriesAreNotDue() throws IOException {
        world.withPartitions(LAST);
        Files.createFile(directory.resolve("rows/dt=2026-11-22/_SUCCESS"));
        Files.createDirectories(directory.resolve("rows/dt=2026-11-20"));
        Files.createDirectories(directory.resolve("rows/dt=__HIVE_DEFAULT_PARTITION__"));

        assertThat(world.run("batch.ready-marker=_SUCCESS").scored())
                .extracting(ScoredPartition::date)
                .containsExactly(SECOND);
        assertThat(world.run("batch.since=2026-11-23").scored())
                .extracting(ScoredPartition::date)
                .containsExactly(LAST);
    }

    @Test
    void aNewModelScoresEverythingNextToTheOldScores() throws IOException {
        world.withPartitions(SECOND).run();
        Path rows = Files.write(directory.resolve("training.csv"), BatchWorld.rows(200, 8));
        Path other = TestModels.train(
                rows, directory.resolve("model"), "--ignore", "id", "-D", "training.epochs=2", "-D", "seed=5");
        BatchWorld next = new BatchWorld(directory, other);

        assertThat(next.run().scored()).hasSize(2);

        assertThat(next.modelId()).isNotEqualTo(world.modelId());
        for (BatchWorld each : List.of(world, next)) {
            Dataset<Row> scores = each.published().rows(each.modelId());
            assertThat(scores.count()).isEqualTo(2L * ROWS);
            assertThat(scores.select("model_id").distinct().head().getString(0)).isEqualTo(each.modelId());
        }
    }

    @Test
    void aPartitionWithBadDataDoesNotKeepTheOthersFromBeingScored() throws IOException {
        world.withPartitions(LAST);
        List<String> lines = new ArrayList<>(BatchWorld.rows(ROWS, 22));
        lines.set(3, "row-bad,many,1,yes");
        world.partition(SECOND, lines);

        BatchOutcome outcome = world.run();

        assertThat(outcome.scored()).extracting(ScoredPartition::date).containsExactly(FIRST, LAST);
        assertThat(outcome.failed()).containsOnlyKeys(SECOND);
        ElbowException failure = outcome.failure().orElseThrow();
        assertThat(failure.category()).isEqualTo(ErrorCategory.INPUT);
        assertThat(failure)
                .hasMessageStartingWith("1 of 3 partitions could not be scored, 2026-11-22; the first one, because ")
                .hasMessageContaining("many")
                .hasMessageContaining("part.csv");
        assertThat(world.output().resolve("model=" + world.modelId() + "/dt=2026-11-22"))
                .doesNotExist();
        assertThat(metrics().get("status").intValue()).isEqualTo(3);

        world.partition(SECOND, BatchWorld.rows(ROWS, 22));
        assertThat(world.run().scored()).extracting(ScoredPartition::date).containsExactly(SECOND);
        assertThat(metrics().get("status").intValue()).isZero();
    }

    @Test
    void badRowsAreSetAsideBesideTheScores() {
        List<String> lines = new ArrayList<>(BatchWorld.rows(ROWS, 22));
        lines.set(3, "row-bad,many,1,yes");
        world.partition(SECOND, lines);

        BatchOutcome outcome = world.run("batch.bad-rows=quarantine");

        assertThat(outcome.scored().get(0).setAside()).hasValue(1);
        assertThat(outcome.scored().get(0).rows()).isEqualTo(ROWS - 1);
        Dataset<Row> bad =
                SharedSpark.session().read().parquet(outcome.scored().get(0).path() + "/_quarantine");
        assertThat(bad.head().getString(0)).contains("many");
        assertThat(world.published().rows(world.modelId()).count()).isEqualTo(ROWS - 1);
    }

    @Test
    void scoresOfOldPartitionsAreRemovedAndTheLedgerStays() {
        world.withPartitions(LAST).run();

        world.run("batch.retention.days=2");

        String id = world.modelId();
        assertThat(world.output().resolve("model=" + id + "/dt=2026-11-21")).doesNotExist();
        assertThat(world.ledger(id)).containsKeys("2026-11-21.1.json", "2026-11-21.2.json");
        assertThat(world.ledger(id).get("2026-11-21.2.json")).contains("\"reason\":\"removed\"");
        assertThat(world.published().rows(id).count()).isEqualTo(2L * ROWS);
        // Not scored again, neither with the setting nor without.
        assertThat(world.run("batch.retention.days=2").scored()).isEmpty();
        assertThat(world.run().scored()).isEmpty();
    }

    @Test
    void driftOfAColumnShowsInLedgerMetricsAndReport() throws IOException {
        List<String> shifted = BatchWorld.rows(400, 3).stream()
                .map(line -> line.replaceFirst("^([^,]+),([0-9]+)\\.", "$1,1$2."))
                .toList();
        world.partition(FIRST, BatchWorld.rows(400, 4));
        world.partition(SECOND, shifted);

        world.run();

        LedgerEntry calm = entry(FIRST);
        LedgerEntry drifted = entry(SECOND);
        assertThat(calm.counts().drift())
                .extracting(LedgerEntry.ColumnPsi::column)
                .contains("a", "b", "flag");
        assertThat(psi(calm, "a")).isLessThan(0.1);
        assertThat(psi(drifted, "a")).isGreaterThan(0.25);
        assertThat(psi(drifted, "flag")).isLessThan(0.1);
        assertThat(drifted.counts().scoreShift()).isGreaterThan(calm.counts().scoreShift() + 0.2);
        assertThat(Files.readString(directory.resolve("metrics/batch.prom")))
                .contains("elbow_batch_column_psi{model=\"" + world.modelId() + "\",column=\"a\"} ");
        String report = report(SECOND);
        assertThat(report).contains("Drift per column", "drifted", "Strangest rows", "row-3-", "Past batches");
        assertThat(report).doesNotContain("<script", "http://", "https://");
    }

    @Test
    void aModelWithoutAReferenceIsUsedWithoutDrift() throws IOException {
        Path old = directory.resolve("old model");
        try (var files = Files.list(model)) {
            Files.createDirectories(old);
            for (Path file : files.toList()) {
                Files.copy(file, old.resolve(file.getFileName()));
            }
        }
        Files.delete(old.resolve("reference.json"));
        Path manifest = old.resolve("manifest.json");
        Files.writeString(
                manifest, Files.readString(manifest).replaceFirst(",\\s*\"reference.json\" : \"[0-9a-f]{64}\"", ""));
        BatchWorld older = new BatchWorld(directory, old).withPartitions(FIRST);

        BatchOutcome outcome = older.run();

        assertThat(outcome.scored().get(0).largestPsi()).isNaN();
        assertThat(report(FIRST)).contains("The model does not say how its training rows are spread");
    }

    @Test
    void metricsAreOneFileEachAndPrometheusReadsThem() throws IOException {
        world.withPartitions(LAST).run();

        List<String> lines = Files.readAllLines(directory.resolve("metrics/batch.prom"));
        assertThat(lines)
                .allMatch(
                        line -> line.matches(
                                "# (HELP|TYPE) elbow_batch_[a-z_]+ .+|elbow_batch_[a-z_]+\\{[a-z]+=\"[^\"]*\"(,[a-z]+=\"[^\"]*\")*\\} (NaN|-?[0-9.]+(E-?[0-9]+)?)"));
        assertThat(lines)
                .contains(
                        "elbow_batch_partitions_published{model=\"" + world.modelId() + "\"} 3",
                        "elbow_batch_last_run_status{model=\"" + world.modelId() + "\"} 0",
                        "elbow_batch_rows{model=\"" + world.modelId() + "\"} " + ROWS,
                        "elbow_batch_newest_partition_timestamp_seconds{model=\"" + world.modelId() + "\"} 1795392000");
        JsonNode json = metrics();
        assertThat(json.get("scored")).hasSize(3);
        assertThat(json.get("newest").get("date").textValue()).isEqualTo("2026-11-23");
        assertThat(BatchWorld.files(directory.resolve("metrics"))).hasSize(2);
    }

    @Test
    void aWebhookGetsTheSummaryAndItsFailureIsAWarning() throws IOException {
        List<String> bodies = new CopyOnWriteArrayList<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        int[] status = {200};
        server.createContext("/hook", exchange -> {
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(status[0], -1);
            exchange.close();
        });
        server.start();
        String url = "batch.webhook.url=http://127.0.0.1:" + server.getAddress().getPort() + "/hook?key=secret";
        try {
            world.withPartitions(FIRST);
            assertThat(world.run(url).warnings()).isEmpty();
            assertThat(bodies).hasSize(1);
            assertThat(new ObjectMapper().readTree(bodies.get(0)).get("scored")).hasSize(1);
            // Nothing to say.
            world.run(url);
            assertThat(bodies).hasSize(1);

            status[0] = 500;
            world.withPartitions(SECOND);
            BatchOutcome outcome = world.run(url);
            assertThat(outcome.scored()).hasSize(1);
            assertThat(outcome.warnings()).hasSize(1);
            assertThat(outcome.warnings().get(0)).contains("answered 500").doesNotContain("secret");
        } finally {
            server.stop(0);
        }
        world.withPartitions(LAST);
        BatchOutcome outcome = world.run(url);
        assertThat(outcome.scored()).hasSize(1);
        assertThat(outcome.warnings()).hasSize(1);
        assertThat(outcome.warnings().get(0)).contains("could not be called");
    }

    @Test
    void anInputThatIsNotThereIsBadInputAndTheLockIsFreeAgain() {
        assertThatThrownBy(() -> world.run())
                .isInstanceOfSatisfying(
                        ElbowException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.INPUT))
                .hasMessageContaining("batch.input must be a directory with directories dt=DATE in it");
        world.withPartitions(FIRST);
        assertThat(world.run().scored()).hasSize(1);
    }

    @Test
    void aKeptColumnThatIsNotThereEndsTheRunAtOnce() {
        world.withPartitions(LAST);

        assertThatThrownBy(() -> world.run("batch.keep=name"))
                .isInstanceOfSatisfying(
                        ElbowException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.USAGE));
        assertThat(world.ledgerSize()).isZero();
    }

    private LedgerEntry entry(LocalDate date) throws IOException {
        var hadoop = SharedSpark.session().sparkContext().hadoopConfiguration();
        return BatchPlaces.of(world.settings(), hadoop)
                .ledger(world.modelId())
                .entry(date, 1)
                .orElseThrow();
    }

    private static double psi(LedgerEntry entry, String column) {
        return entry.counts().drift().stream()
                .filter(drift -> drift.column().equals(column))
                .findFirst()
                .orElseThrow()
                .psi();
    }

    private String report(LocalDate date) throws IOException {
        Path runs = world.output().resolve("model=" + world.modelId() + "/dt=" + date);
        return Files.readString(BatchWorld.files(runs).get(0).resolve("_report.html"));
    }

    private List<Path> runs(LocalDate date) {
        return BatchWorld.files(world.output().resolve("model=" + world.modelId() + "/dt=" + date));
    }

    private JsonNode metrics() throws IOException {
        return new ObjectMapper()
                .readTree(directory.resolve("metrics/batch.json").toFile());
    }
}
