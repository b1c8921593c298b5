package elbow.job.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import elbow.SharedSpark;
import elbow.fault.Fault;
import elbow.fault.Seen;
import elbow.job.CommandLineRun;
import elbow.job.TestModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is really full, or that takes nothing any more. */
class SmallDiskIT {
    private static final String TRAIN =
            "train --input rows.csv --model disk/model -D training.epochs=2 -D training.replicas=1 -D scoring.samples=2";

    @TempDir
    private static Path shared = Path.of("");

    @TempDir
    private Path directory = Path.of("");

    private CommandLineRun command = new CommandLineRun(Path.of(""));
    private Optional<SmallDisk> disk = Optional.empty();

    @BeforeAll
    static void train() throws IOException {
        SharedSpark.session();
        new CommandLineRun(shared).writeWaves("rows.csv");
        TestModels.train(shared.resolve("rows.csv"), shared.resolve("model"), "-D", "training.epochs=2");
    }

    @BeforeEach
    void mount() throws IOException {
        disk = SmallDisk.open(directory.resolve("disk"), 1);
        assumeThat(disk)
                .as("disks in memory, which only root may mount on Linux")
                .isPresent();
        command = new CommandLineRun(directory);
        command.writeWaves("rows.csv");
        command.copyModel(shared.resolve("model"), "model");
    }

    @AfterEach
    void unmount() {
        disk.ifPresent(SmallDisk::close);
    }

    @Test
    @Fault(
            section = Fault.Section.TRAINING,
            fault = "the disk is full when the model is written",
            where = "tmpfs",
            promised = "a disk is full (8); no model at its place")
    void aFullDiskLeavesNoModel(Seen seen) throws IOException {
        disk.orElseThrow().fill(20_000);
        assertThat(command.run(TRAIN)).as(command.errors()).isEqualTo(8);
        assertThat(command.errors()).contains("a disk is full: ", "No space left on device");
        assertThat(directory.resolve("disk/model")).doesNotExist();

        disk.orElseThrow().empty();
        assertThat(command.run(TRAIN + " --overwrite")).as(command.errors()).isZero();
        assertThat(command.run("inspect --model disk/model")).isZero();
        seen.note("no model (8); with room, the same command makes it");
    }

    @Test
    @Fault(
            section = Fault.Section.ROWS,
            fault = "the disk is full when scores are written over others",
            where = "tmpfs",
            promised = "a disk is full (8); the scores that were there stay")
    void aFullDiskKeepsTheScoresThatWereThere(Seen seen) throws IOException {
        String score = "score --model model --input rows.csv --output disk/scores";
        assertThat(command.run(score)).as(command.errors()).isZero();
        Map<String, Long> before = sizes();

        disk.orElseThrow().fill(4_096);
        assertThat(command.run(score + " --overwrite")).as(command.errors()).isEqualTo(8);
        assertThat(command.errors()).contains("a disk is full: ", "No space left on device");
        disk.orElseThrow().empty();
        assertThat(sizes()).isEqualTo(before);
        assertThat(SharedSpark.session()
                        .read()
                        .parquet(directory.resolve("disk/scores").toString())
                        .count())
                .isEqualTo(300);
        seen.note("the former scores, all 300 rows (8)");
    }

    @Test
    @Fault(
            section = Fault.Section.TRAINING,
            fault = "the disk takes no changes when the model is written",
            where = "tmpfs, mounted read-only",
            promised = "found before training (2)")
    void aDiskThatIsReadOnlyIsFoundBeforeTraining(Seen seen) throws IOException {
        disk.orElseThrow().lock();
        assertThat(command.run(TRAIN)).as(command.errors()).isEqualTo(2);
        assertThat(command.errors()).contains("nothing can be written to").doesNotContain("epoch 1/2");
        seen.note("said before the first round (2)");
    }

    private Map<String, Long> sizes() throws IOException {
        Map<String, Long> sizes = new TreeMap<>();
        try (Stream<Path> files = Files.walk(directory.resolve("disk"))) {
            List<Path> all = files.filter(Files::isRegularFile).toList();
            for (Path file : all) {
                sizes.put(file.toString(), Files.size(file));
            }
        }
        return sizes;
    }
}
