package elbow.batch;

import static elbow.batch.BatchWorld.FIRST;
import static elbow.batch.BatchWorld.LAST;
import static elbow.batch.BatchWorld.ROWS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import elbow.SharedSpark;
import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.fault.Fault;
import elbow.job.TestModels;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a batch scores, publishes and keeps. */
class BatchIT {
    private static final LocalDate SECOND = FIRST.plusDays(1);

    @TempDir
    private Path directory;

    private BatchWorld world = new BatchWorld(Path.of(""), Path.of(""));

    @BeforeEach
    void open() {
        world = new BatchWorld(directory);
    }

    @Test
    void everyPartitionUpToTheDateIsScoredOnce() {
        world.withPartitions(LAST.plusDays(1));

        BatchOutcome first = world.run();

        assertThat(first.scored()).extracting(ScoredPartition::date).containsExactly(FIRST, SECOND, LAST);
        assertThat(first.scored()).allSatisfy(scored -> {
            assertThat(scored.rows()).isEqualTo(ROWS);
            assertThat(scored.late()).isFalse();
        });
        assertThat(first.scored()).extracting(ScoredPartition::anomalies).anyMatch(count -> count > 0);
        assertThat(world.run().scored()).isEmpty();
        Dataset<Row> rows = world.published().rows(world.modelId());
        assertThat(rows.count()).isEqualTo(3L * ROWS);
        assertThat(rows.select("id").distinct().count()).isEqualTo(3L * ROWS);
        assertThat(rows.columns()).startsWith("id", "elbo").endsWith("scored_at", "model", "dt", "run");
    }

    @Test
    void theRuleForOtherReadersFindsTheSameRows() {
        world.withPartitions(LAST).run();
        world.partition(LAST, BatchWorld.rows(7, 99));
        world.run();

        // As the page on batches has it, in Spark SQL alone.
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

        Dataset<Row> rows =
                spark.read().option("basePath", world.output().toString()).parquet(places.toArray(String[]::new));
        assertThat(rows.columns()).contains("model", "dt", "run");
        assertThat(rows.count()).isEqualTo(2L * ROWS + 7);
        assertThat(rows.select("id").distinct().count())
                .isEqualTo(world.published()
                        .rows(world.modelId())
                        .select("id")
                        .distinct()
                        .count());
    }

    @Test
    @Fault(
            section = Fault.Section.BATCHES,
            fault = "an entry of the ledger is damaged",
            promised = "a warning; its partition is published anew")
    void whereAnEntryIsDamagedTheRunGoesOnAndThePartitionIsPublishedAnew() throws IOException {
        world.withPartitions(SECOND).run();
        Path entry = world.output().resolve("_ledger/" + world.modelId() + "/2026-11-22.1.json");
        Files.writeString(entry, "{\"formatVersion\":");
        world.partition(LAST, BatchWorld.rows(7, 99));

        BatchOutcome outcome = world.run();

        assertThat(outcome.scored()).extracting(ScoredPartition::date).containsExactly(SECOND, LAST);
        assertThat(outcome.warnings())
                .singleElement()
                .asString()
                .contains("2026-11-22.1.json is not what a batch writes");
        assertThat(world.published().rows(world.modelId()).count()).isEqualTo(2L * ROWS + 7);
        assertThat(entry).hasContent("{\"formatVersion\":");
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
    void aPartitionWithoutAKeptColumnOrAColumnOfTheConditionDoesNotKeepTheOthersFromBeingScored() {
        world.withPartitions(LAST);
        world.partition(
                FIRST,
                BatchWorld.rows(ROWS, 21).stream()
                        .map(line -> line.replaceFirst("^[^,]*,", ""))
                        .toList());

        for (String setting : List.of("batch.keep=id", "batch.where=id is not null")) {
            BatchOutcome outcome = world.run(setting, "batch.output=" + directory.resolve(setting.substring(0, 10)));

            assertThat(outcome.failed()).containsOnlyKeys(FIRST);
            assertThat(outcome.scored()).hasSize(2);
            assertThat(outcome.failure().orElseThrow().category()).isEqualTo(ErrorCategory.INPUT);
        }
    }

    @Test
    @Fault(
            section = Fault.Section.BATCHES,
            fault = "one partition fails in a way nobody knows",
            promised = "the others are published")
    void unexpectedFailureOfOnePartitionDoesNotStopTheOthers() {
        world.withPartitions(LAST);
        int[] scored = {0};
        BatchOutcome outcome = world.batch(stage -> {
                    if (stage == Stage.SCORED && scored[0]++ == 1) {
                        throw new IllegalStateException("a defect");
                    }
                })
                .run();

        assertThat(outcome.failed()).containsOnlyKeys(SECOND);
        assertThat(outcome.scored()).extracting(ScoredPartition::date).containsExactly(FIRST, LAST);
        ElbowException failure = outcome.failure().orElseThrow();
        assertThat(failure.category()).isEqualTo(ErrorCategory.INTERNAL);
        assertThat(failure).hasMessageContaining("unexpected IllegalStateException: a defect");
        assertThat(world.run().scored()).extracting(ScoredPartition::date).containsExactly(SECOND);
    }

    @Test
    void whatWouldHappenToEveryPartitionEndsTheRun() {
        world.withPartitions(LAST);

        assertThatThrownBy(() -> world.batch(stage -> {
                            if (stage == Stage.SCORED) {
                                throw new UncheckedIOException("x", new IOException("No space left on device"));
                            }
                        })
                        .run())
                .isInstanceOf(ElbowException.class)
                .hasMessageStartingWith("a disk is full: No space left on device");
        assertThat(world.ledgerSize()).isZero();
    }

    @Test
    void badRowsAreQuarantinedBesideTheScores() {
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
    void scoresThatADamagedEntryKeepsGoOnceTheDatesEntriesAreRemoved() throws IOException {
        world.withPartitions(LAST).run();
        Path scores = world.output().resolve("model=" + world.modelId() + "/dt=2026-11-21");
        Path entry = world.output().resolve("_ledger/" + world.modelId() + "/2026-11-21.1.json");
        Files.writeString(entry, "{");
        world.run("batch.retention.days=2");
        assertThat(scores).exists();

        Files.delete(entry);
        assertThat(world.run("batch.retention.days=2").scored()).isEmpty();

        assertThat(scores).doesNotExist();
        assertThat(entry).doesNotExist();
        assertThat(world.published().rows(world.modelId()).count()).isEqualTo(2L * ROWS);
    }

    @Test
    void missingInputIsBadInputAndReleasesTheLock() {
        assertThatThrownBy(() -> world.run())
                .isInstanceOfSatisfying(
                        ElbowException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.INPUT))
                .hasMessageContaining("batch.input must be a directory with directories dt=DATE in it");
        world.withPartitions(FIRST);
        assertThat(world.run().scored()).hasSize(1);
    }

    @Test
    void aKeptColumnThatNoPartitionHasIsBadUsage() {
        world.withPartitions(LAST);

        ElbowException failure = world.run("batch.keep=name").failure().orElseThrow();

        assertThat(failure.category()).isEqualTo(ErrorCategory.USAGE);
        assertThat(failure).hasMessageContaining("batch.keep must name columns of the input, but \"name\" is none");
        assertThat(world.ledgerSize()).isZero();
    }

    private List<Path> runs(LocalDate date) {
        return BatchWorld.files(world.output().resolve("model=" + world.modelId() + "/dt=" + date));
    }

    private JsonNode metrics() throws IOException {
        return new ObjectMapper()
                .readTree(directory.resolve("metrics/batch.json").toFile());
    }
}
