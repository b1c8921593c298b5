package elbow.batch;

import static elbow.batch.BatchWorld.FIRST;
import static elbow.batch.BatchWorld.LAST;
import static elbow.batch.BatchWorld.ROWS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import elbow.SharedSpark;
import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.data.source.IdxFiles;
import elbow.job.TestModels;
import elbow.report.BatchReport.Contribution;
import elbow.score.ScoreColumns;
import elbow.score.alarm.Alarm;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a batch tells: ledger, report, metrics, webhook. */
class BatchToldIT {
    private static final LocalDate SECOND = FIRST.plusDays(1);

    @TempDir
    private Path directory;

    private BatchWorld world = new BatchWorld(Path.of(""), Path.of(""));

    @BeforeEach
    void open() {
        world = new BatchWorld(directory);
    }

    @Test
    void driftOfAColumnShowsInLedgerMetricsAndReport() throws IOException {
        List<String> shifted = BatchWorld.rows(400, 3).stream()
                .map(line -> line.replaceFirst("^([^,]+),([0-9]+)\\.", "$1,1$2."))
                .toList();
        world.partition(FIRST, BatchWorld.rows(400, 4));
        world.partition(SECOND, shifted);

        world.run();

        LedgerEntry calm = world.entry(FIRST);
        LedgerEntry drifted = world.entry(SECOND);
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
    void theReportOfImagesShowsThemWithReconstructionAndDifference() throws IOException {
        Path training = Files.write(directory.resolve("training.idx"), images(300, 3));
        Path ofImages = TestModels.train(training, directory.resolve("model of images"), "-D", "training.epochs=2");
        BatchWorld pictures = new BatchWorld(directory, ofImages);
        Path partition = Files.createDirectories(directory.resolve("rows/dt=2026-11-21"));
        Files.write(partition.resolve("images.idx"), images(50, 4));

        BatchOutcome outcome = pictures.run("batch.keep=index", "batch.report.images=3", "batch.report.rows=5");

        assertThat(outcome.scored().get(0).rows()).isEqualTo(50);
        Dataset<Row> scores = pictures.published().rows(pictures.modelId());
        assertThat(scores.columns()).contains("index").doesNotContain("image");
        String report = Files.readString(
                Path.of(java.net.URI.create(outcome.scored().get(0).path()).getPath(), "_report.html"));
        assertThat(report)
                .contains("alt=\"Image 3\"", "alt=\"Reconstruction 3\"", "alt=\"Difference 3\"")
                .doesNotContain("alt=\"Image 4\"");
        // The strangest image is the one of the highest score.
        String strangest = scores.orderBy(
                        org.apache.spark.sql.functions.col("anomaly_score").desc())
                .select("index")
                .head()
                .get(0)
                .toString();
        assertThat(report).contains("<td>" + strangest + "</td>");
        assertThat(report).containsPattern("mean of pixels");
    }

    /** Light bars on dark ground. */
    private static byte[] images(int count, long seed) {
        java.util.Random random = new java.util.Random(seed);
        byte[] pixels = new byte[count * 64];
        for (int image = 0; image < count; image++) {
            int bar = random.nextInt(8);
            for (int pixel = 0; pixel < 64; pixel++) {
                int light = pixel % 8 == bar ? 230 : 10;
                pixels[image * 64 + pixel] = (byte) (light + random.nextInt(20));
            }
        }
        return IdxFiles.file(0x0803, pixels, count, 8, 8);
    }

    @Test
    void contributionsAreShownTheLargestFirst() {
        StructType schema = ScoreColumns.schema();
        Object[] values = new Object[schema.length()];
        values[schema.fieldIndex(ScoreColumns.CONTRIBUTIONS)] = new Object[] {
            RowFactory.create("a", -0.25, "3", "4"),
            RowFactory.create("b", 7.5, null, "1"),
            RowFactory.create("latent", 1.5, null, null)
        };
        Dataset<Row> rows = SharedSpark.session()
                .createDataFrame(
                        List.of(RowFactory.create(values), RowFactory.create(new Object[schema.length()])), schema);
        List<Row> read = rows.collectAsList();

        assertThat(BatchReports.contributions(read.get(0)))
                .containsExactly(
                        new Contribution("b", 7.5, "", "1"),
                        new Contribution("latent", 1.5, "", ""),
                        new Contribution("a", -0.25, "3", "4"));
        assertThat(BatchReports.contributions(read.get(1))).isEmpty();
    }

    @Test
    void aModelWithoutAReferenceIsUsedWithoutDrift() throws IOException {
        Path old = directory.resolve("old model");
        try (var files = Files.list(world.model)) {
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
    void aNightWithAnotherSpellingRaisesAnAlarmThatNamesTheColumn() throws IOException {
        world.partition(FIRST, BatchWorld.rows(400, 4));
        world.partition(SECOND, respelled(400, 5));

        BatchOutcome outcome = world.run();

        assertThat(outcome.failure()).isEmpty();
        assertThat(outcome.scored().get(0).alarms()).isEmpty();
        assertThat(outcome.scored().get(1).alarms())
                .filteredOn(alarm -> alarm.kind() == Alarm.Kind.UNSEEN)
                .singleElement()
                .satisfies(alarm -> {
                    assertThat(alarm.column()).contains("flag");
                    assertThat(alarm.share()).isEqualTo(1);
                    assertThat(alarm.expected()).isZero();
                });
        String text =
                "column flag has a category that training did not have in 400 of 400 values, 100 %; in training in"
                        + " 0 %";
        assertThat(world.notes()).contains("Warning: 2026-11-22: " + text);
        assertThat(world.entry(SECOND).counts().alarms())
                .isEqualTo(outcome.scored().get(1).alarms());
        assertThat(report(SECOND)).contains("Alarms", "<li>" + text + "</li>");
        assertThat(report(FIRST)).doesNotContain("Alarms");
        String model = "{model=\"" + world.modelId() + "\"";
        assertThat(Files.readAllLines(directory.resolve("metrics/batch.prom")))
                .contains(
                        "elbow_batch_last_run_partitions_alarming" + model + "} 1",
                        "elbow_batch_alarm_share" + model + ",kind=\"unseen\",column=\"flag\"} 1.0")
                .anyMatch(line -> line.matches("elbow_batch_alarms.*} [12]"));
        assertThat(metrics().get("newest").get("alarms").findValuesAsText("text"))
                .contains(text);
        assertThat(metrics().get("scored").get(1).get("alarms").toString()).contains(text);
    }

    @Test
    void flaggedRowsSayWhyAndTheLedgerWhichColumnsDriveThem() throws IOException {
        world.partition(FIRST, respelled(200, 4));
        world.partition(SECOND, respelled(300, 5));

        BatchOutcome outcome = world.run("batch.explain=2");

        Dataset<Row> scores = world.published().rows(world.modelId());
        assertThat(scores.filter(
                                "is_anomaly and (size(contributions) <> 4 or contributions[0].nats < contributions[1].nats)")
                        .count())
                .isZero();
        assertThat(scores.filter("not is_anomaly and contributions is not null").count())
                .isZero();
        long byFlag = scores.filter("contributions[0].column = 'flag' and dt = '2026-11-22'")
                .count();
        assertThat(byFlag).isGreaterThan(150);
        assertThat(world.entry(SECOND).counts().drivers().get(0).column()).isEqualTo("flag");
        assertThat(world.entry(SECOND).counts().drivers().get(0).rows()).isEqualTo(byFlag);
        assertThat(world.entry(SECOND).counts().drivers().stream()
                        .mapToLong(LedgerEntry.ColumnDriver::rows)
                        .sum())
                .isEqualTo(outcome.scored().get(1).anomalies());
        String report = report(SECOND);
        assertThat(report)
                .containsPattern("<strong>flag</strong> is (Yes|No); (yes|no) was expected, usual is no or yes \\(\\+")
                .contains("Flagged rows that are alike", "Columns that drive anomalies")
                .contains("over the batches from 2026-11-21 to 2026-11-22")
                .containsPattern(
                        "<tr><th scope=\"row\">flag</th><td class=\"number\">\\d+</td><td class=\"number\">[0-9.]+ %</td>"
                                + "<td class=\"number\">2</td><td class=\"number\">" + byFlag + "</td></tr>")
                .contains("New to training", "<td class=\"number\">100 %</td></tr>");
    }

    @Test
    void withoutExplanationsThereIsNothingOfThem() throws IOException {
        world.partition(FIRST, respelled(200, 4));

        world.run("batch.explain=0");

        assertThat(world.published()
                        .rows(world.modelId())
                        .filter("contributions is not null")
                        .count())
                .isZero();
        assertThat(world.entry(FIRST).counts().drivers()).isEmpty();
        assertThat(report(FIRST)).doesNotContain("Flagged rows that are alike", "Columns that drive anomalies");
    }

    @Test
    void aStarKeepsAllColumns() throws IOException {
        world.partition(FIRST, BatchWorld.rows(50, 4));

        world.run("batch.keep=*");

        assertThat(world.published().rows(world.modelId()).columns()).startsWith("id", "a", "b", "flag", "elbo");
        assertThat(report(FIRST)).contains("<th scope=\"col\">flag</th>");
    }

    @Test
    void anAlarmCanFailTheRunOnceAllIsPublished() throws IOException {
        world.partition(FIRST, respelled(400, 5));
        world.partition(SECOND, BatchWorld.rows(400, 4));

        BatchOutcome outcome = world.run("batch.alarm=fail");

        assertThat(outcome.scored()).hasSize(2);
        assertThat(world.published().rows(world.modelId()).count()).isEqualTo(800);
        ElbowException failure = outcome.failure().orElseThrow();
        assertThat(failure.category()).isEqualTo(ErrorCategory.ALARM);
        assertThat(failure)
                .hasMessageContaining(
                        "1 of 2 partitions are published, but raise an alarm, 2026-11-21; the first one:");
        assertThat(metrics().get("status").intValue()).isEqualTo(7);
        // It is published: nothing is left to do, and nothing to fail.
        assertThat(world.run("batch.alarm=fail").failure()).isEmpty();
    }

    @Test
    void columnsThatAreMeantToChangeRaiseNoAlarm() {
        world.partition(FIRST, respelled(400, 5));

        BatchOutcome outcome = world.run("batch.alarm=fail", "batch.alarm-except=flag");

        assertThat(outcome.scored().get(0).alarms()).extracting(Alarm::column).doesNotContain(Optional.of("flag"));
    }

    private static List<String> respelled(int count, long seed) {
        return BatchWorld.rows(count, seed).stream()
                .map(line -> line.replaceFirst(",yes$", ",Yes").replaceFirst(",no$", ",No"))
                .toList();
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
        BatchOutcome outcome = world.run(url.replace("://", "://user:hidden@"));
        assertThat(outcome.scored()).hasSize(1);
        assertThat(outcome.warnings()).hasSize(1);
        assertThat(outcome.warnings().get(0))
                .contains("the webhook at http://127.0.0.1:", "could not be called")
                .doesNotContain("user", "hidden", "secret");
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

    private JsonNode metrics() throws IOException {
        return new ObjectMapper()
                .readTree(directory.resolve("metrics/batch.json").toFile());
    }
}
