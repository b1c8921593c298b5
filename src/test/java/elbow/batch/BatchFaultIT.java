package elbow.batch;

import static elbow.batch.BatchWorld.FIRST;
import static elbow.batch.BatchWorld.ROWS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.fault.Fault;
import elbow.fault.Seen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Batches that are stopped, and batches that meet. */
class BatchFaultIT {
    private static final LocalDate SECOND = FIRST.plusDays(1);

    @TempDir
    private static Path shared = Path.of("");

    private static Map<String, Object> undisturbed = Map.of();

    @TempDir
    private Path directory;

    /** As the end of a process, it is nothing that the run can act on. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    /** Ends the run when it comes to a stage for the nth time. */
    private static Stage.Listener killer(Stage stage, int visit) {
        AtomicInteger left = new AtomicInteger(visit);
        return reached -> {
            if (reached == stage && left.decrementAndGet() == 0) {
                throw new Killed();
            }
        };
    }

    @BeforeAll
    static void runUndisturbed() throws IOException {
        BatchWorld world = new BatchWorld(shared.resolve("undisturbed")).withPartitions(SECOND);
        world.run();
        undisturbed = world.state();
    }

    static Stream<Arguments> everyStage() {
        return Stream.of(Stage.values())
                .flatMap(stage -> Stream.of(1, 2)
                        .filter(visit -> visit == 1 || isOfPartitions(stage))
                        .map(visit -> Arguments.of(stage, visit)));
    }

    private static boolean isOfPartitions(Stage stage) {
        return stage != Stage.LOCKED && stage.compareTo(Stage.CLEANED) < 0;
    }

    @ParameterizedTest
    @MethodSource("everyStage")
    @Fault(
            section = Fault.Section.BATCHES,
            fault = "a batch ends at any stage",
            promised = "run again it ends as if undisturbed: each partition once")
    void aBatchKilledAtAnyStageAndRunAgainEndsAsIfUndisturbed(Stage stage, int visit) throws IOException {
        BatchWorld world = world();
        assertThatThrownBy(() -> world.batch(killer(stage, visit)).run()).isInstanceOf(Killed.class);
        // What a task leaves that was writing when the process ended.
        Path half = world.output().resolve("model=" + world.modelId() + "/dt=" + FIRST + "/run=1/_temporary/0");
        if (stage == Stage.LOCKED) {
            Files.createDirectories(half);
            Files.writeString(half.resolve("part-00000.parquet"), "PAR1");
        }
        int published = world.ledgerSize();

        world.clock.advance(Duration.ofHours(1));
        BatchOutcome outcome = world.run();

        assertThat(outcome.scored()).hasSize(2 - published);
        assertThat(world.state()).isEqualTo(undisturbed);
        assertThat(world.run().scored()).isEmpty();
        assertThat(world.published().rows(world.modelId()).count()).isEqualTo(2L * ROWS);
    }

    @Test
    @Fault(
            section = Fault.Section.BATCHES,
            fault = "somebody reads at any stage",
            promised = "never a part of a partition")
    void readersNeverSeePartOfAPartition(Seen seen) {
        BatchWorld world = world();
        List<Long> read = new ArrayList<>();
        world.batch(stage -> read.add(
                        world.output().resolve("_ledger").toFile().exists()
                                ? world.published().rows(world.modelId()).count()
                                : 0L))
                .run();

        assertThat(read).isSorted().containsOnly(0L, (long) ROWS, 2L * ROWS);
        seen.note("read %d times: none, one, or both of two partitions", read.size());
    }

    @Test
    @Fault(
            section = Fault.Section.BATCHES,
            fault = "a second batch at any stage of the first",
            promised = "refused (6); the first does all")
    void ofTwoBatchesAtOnceOneDoesAllAndTheOtherIsRefused(Seen seen) {
        BatchWorld world = world();
        List<ErrorCategory> refusals = new ArrayList<>();
        BatchOutcome outcome = world.batch(stage -> {
                    try {
                        world.run();
                    } catch (ElbowException e) {
                        refusals.add(e.category());
                    }
                })
                .run();

        // At each stage of the first one, a second one is started.
        assertThat(refusals).hasSize(12).containsOnly(ErrorCategory.LOCKED);
        assertThat(outcome.scored()).hasSize(2);
        assertThat(world.state()).isEqualTo(undisturbed);
        seen.note("refused %d times", refusals.size());
    }

    @Test
    @Fault(
            section = Fault.Section.BATCHES,
            fault = "a batch sleeps for an hour, through its lock",
            promised = "publishes nothing more (6); the other has done all")
    void aBatchThatSleptThroughItsLockPublishesNothingMore() {
        BatchWorld world = world();
        List<BatchOutcome> others = new ArrayList<>();
        Batch sleeper = world.batch(stage -> {
            if (stage == Stage.REPORTED && others.isEmpty()) {
                world.clock.advance(Duration.ofHours(1));
                others.add(world.run());
            }
        });

        assertThatThrownBy(sleeper::run)
                .isInstanceOfSatisfying(
                        ElbowException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.LOCKED))
                .hasMessageContaining("was lost to another batch, with number 2 after 1");

        assertThat(others.get(0).scored()).hasSize(2);
        assertThat(world.ledgerSize()).isEqualTo(2);
        assertThat(world.run().scored()).isEmpty();
        assertThat(world.state()).isEqualTo(undisturbed);
    }

    private BatchWorld world() {
        return new BatchWorld(directory).withPartitions(SECOND);
    }
}
