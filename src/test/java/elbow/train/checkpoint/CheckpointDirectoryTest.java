package elbow.train.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.model.HistoryEntry;
import elbow.train.averaging.AveragingState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointDirectoryTest {
    private static final RunIdentity RUN = run("128");

    @TempDir
    private Path temporary;

    private CheckpointDirectory directory;

    @BeforeEach
    void open() {
        directory = CheckpointDirectory.beside(temporary.resolve("model").toString(), new Configuration());
    }

    @Test
    void whatIsSavedIsLoadedToTheBit() {
        Checkpoint saved = checkpoint(7);
        directory.save(saved, RUN);
        Checkpoint loaded = directory.load();
        assertThat(loaded).usingRecursiveComparison().isEqualTo(saved);
        assertThat(directory.newestRun()).isEqualTo(RUN);
    }

    @Test
    @SuppressWarnings("NullAway") // The vectors may be null, which it does not see in class files.
    void statesWithoutMomentsAndVelocityAreLoadedWithout() {
        AveragingState plain = new AveragingState(3, 1, new float[] {1, 2}, null, null, new float[0]);
        directory.save(new Checkpoint(3, 0, plain, plain, 0, 1, history()), RUN);
        assertThat(directory.load().state()).usingRecursiveComparison().isEqualTo(plain);
    }

    @Test
    void theTeacherOfARunThatLeavesRowsOutIsLoadedToTheBit() throws IOException {
        AveragingState with = new AveragingState(
                3, 1, new float[] {1, 2}, new float[] {3, 4}, new float[] {5, 6}, new float[0], new float[] {7, -0f});
        AveragingState without =
                new AveragingState(3, 1, new float[] {1, 2}, new float[] {3, 4}, new float[] {5, 6}, new float[0]);
        directory.save(new Checkpoint(3, 0, with, with, 0, 1, history()), RUN);
        assertThat(directory.load().state()).usingRecursiveComparison().isEqualTo(with);
        assertThat(directory.load().best()).usingRecursiveComparison().isEqualTo(with);

        directory.delete();
        directory.save(new Checkpoint(3, 0, without, without, 0, 1, history()), RUN);
        assertThat(Files.readString(file("round-0000000001", "checkpoint.json")))
                .doesNotContain("teacher");
    }

    @Test
    void theLastTwoAreKept() throws IOException {
        for (int round = 1; round <= 4; round++) {
            directory.save(checkpoint(round), RUN);
        }
        assertThat(names()).containsExactlyInAnyOrder("round-0000000003", "round-0000000004");
        assertThat(directory.load().state().round()).isEqualTo(4);
    }

    @Test
    void aDamagedOneGivesWayToTheOneBefore() throws IOException {
        directory.save(checkpoint(1), RUN);
        directory.save(checkpoint(2), RUN);
        Path vectors = file("round-0000000002", "state.bin");
        byte[] bytes = Files.readAllBytes(vectors);
        bytes[5] ^= 1;
        Files.write(vectors, bytes);
        assertThat(directory.load().state().round()).isEqualTo(1);

        Files.delete(file("round-0000000002", "checkpoint.json"));
        assertThat(directory.load().state().round()).isEqualTo(1);

        Files.writeString(file("round-0000000001", "checkpoint.json"), "{");
        assertThatThrownBy(() -> directory.load())
                .isInstanceOfSatisfying(
                        ElbowException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.MODEL))
                .hasMessageContaining("must be whole, but all are damaged: round-0000000002: ")
                .hasMessageContaining("round-0000000001: ");
    }

    @Test
    void oneThatWasBeingWrittenIsNotTakenForOne() throws IOException {
        directory.save(checkpoint(1), RUN);
        Path aside = temporary.resolve("model.checkpoints/_round-0000000002");
        Files.createDirectories(aside);
        Files.write(aside.resolve("state.bin"), new byte[8]);
        assertThat(directory.load().state().round()).isEqualTo(1);
        directory.save(checkpoint(2), RUN);
        assertThat(directory.load().state().round()).isEqualTo(2);
    }

    @Test
    void anotherRunIsRefusedByWhatDiffers() {
        directory.save(checkpoint(1), RUN);
        directory.requireSameRun(RUN);
        // What one of them does not know yet is not compared.
        directory.requireSameRun(new RunIdentity(new TreeMap<>(Map.of("fingerprint", "x"))));
        assertThatThrownBy(() -> directory.requireSameRun(run("64")))
                .isInstanceOfSatisfying(
                        ElbowException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.USAGE))
                .hasMessageStartingWith("resume must continue the run that was interrupted, but training.batch-size"
                        + " is 64 and was 128 in the checkpoint (");
    }

    @Test
    void factsThatEarlierBuildsCalledByFlagsAreCompared() {
        directory.save(checkpoint(1), new RunIdentity(new TreeMap<>(Map.of("--ignore", "id", "seed", "42"))));
        directory.requireSameRun(new RunIdentity(new TreeMap<>(Map.of("ignore", "id"))));
        assertThatThrownBy(() ->
                        directory.requireSameRun(new RunIdentity(new TreeMap<>(Map.of("ignore", "", "seed", "42")))))
                .hasMessageContaining("but ignore is  and was id in the checkpoint");
    }

    @Test
    void resumingWithoutACheckpointIsRefused() {
        assertThat(directory.isEmpty()).isTrue();
        assertThatThrownBy(() -> directory.load())
                .isInstanceOfSatisfying(
                        ElbowException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.USAGE))
                .hasMessageStartingWith("resume must find a checkpoint, but there is none in ");
    }

    @Test
    void checkpointsComeEverySoManyRoundsOrOnceAMinute() {
        PeriodicCheckpoints everyThird =
                new PeriodicCheckpoints(directory, RUN, OptionalInt.of(3), Optional.empty(), () -> false, () -> 0);
        for (int round = 1; round <= 7; round++) {
            int number = round;
            everyThird.roundFinished(round, () -> checkpoint(number));
        }
        assertThat(directory.load().state().round()).isEqualTo(6);
        directory.delete();

        long[] now = {0};
        PeriodicCheckpoints inTime = new PeriodicCheckpoints(
                directory, RUN, OptionalInt.empty(), Optional.empty(), () -> false, () -> now[0]);
        inTime.roundFinished(1, () -> checkpoint(1));
        assertThat(directory.isEmpty()).isTrue();
        now[0] = 60_000_000_000L;
        inTime.roundFinished(2, () -> checkpoint(2));
        now[0] += 59_000_000_000L;
        inTime.roundFinished(3, () -> checkpoint(3));
        assertThat(directory.load().state().round()).isEqualTo(2);
    }

    @Test
    void aRunThatIsToStopLeavesACheckpointOfItsLastRound() {
        boolean[] stops = {false};
        PeriodicCheckpoints checkpoints =
                new PeriodicCheckpoints(directory, RUN, OptionalInt.of(9), Optional.empty(), () -> stops[0]);
        checkpoints.roundFinished(1, () -> checkpoint(1));
        stops[0] = true;

        assertThatThrownBy(() -> checkpoints.roundFinished(2, () -> checkpoint(2)))
                .isInstanceOfSatisfying(
                        TrainingStoppedException.class,
                        stopped -> assertThat(stopped.round()).isEqualTo(2));

        assertThat(directory.load().state().round()).isEqualTo(2);
    }

    private static RunIdentity run(String batchSize) {
        return new RunIdentity(new TreeMap<>(Map.of("training.batch-size", batchSize, "seed", "42")));
    }

    private static Checkpoint checkpoint(int round) {
        float[] parameters = {1.5f, -0f, Float.MIN_VALUE};
        AveragingState best = new AveragingState(
                10, 1, new float[] {9, 8, 7}, new float[] {1, 2, 3}, new float[] {4, 5, 6}, new float[3]);
        AveragingState state = new AveragingState(
                10L * round, round, parameters, new float[] {3, 2, 1}, new float[] {0, 1e-30f, 2}, new float[] {5, 5, 5
                });
        return new Checkpoint(10, 1, state, best, 0, 12.5, history());
    }

    private static List<HistoryEntry> history() {
        return List.of(new HistoryEntry(0, 0, 0, 0, 0, -10, -8, 2, -9.5, 3, 0));
    }

    private Path file(String round, String name) {
        return temporary.resolve("model.checkpoints").resolve(round).resolve(name);
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(temporary.resolve("model.checkpoints"))) {
            return files.map(path -> path.getFileName().toString()).toList();
        }
    }
}
