package elbow.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.fault.Fault;
import elbow.fault.Seen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FilterFileSystem;
import org.apache.hadoop.security.AccessControlException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MarkerFilesTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource
    void aNameIsCreatedOnceAndKeepsItsContent(TestedKind kind) throws IOException {
        MarkerFiles files = files(kind);

        assertThat(files.create("a.json", "first")).isTrue();
        assertThat(files.create("a.json", "second")).isFalse();

        assertThat(files.read("a.json")).contains("first");
        assertThat(files.names()).containsExactly("a.json");
        assertThat(onDisk()).containsExactly("a.json");
    }

    @ParameterizedTest
    @EnumSource
    void replacingPutsTheNewContentInPlace(TestedKind kind) throws IOException {
        MarkerFiles files = files(kind);
        files.replace("metrics.prom", "old");
        files.replace("metrics.prom", "new");

        assertThat(files.read("metrics.prom")).contains("new");
        assertThat(onDisk()).containsExactly("metrics.prom");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OBJECT_STORE")
    @Fault(
            section = Fault.Section.PUBLISHING,
            fault = "many write one entry at once",
            where = "local, rename",
            promised = "one of them does")
    void ofManyWritersAtOnceExactlyOneCreatesTheFile(TestedKind kind, Seen seen) throws Exception {
        int writers = 8;
        int rounds = 50;
        ExecutorService threads = Executors.newFixedThreadPool(writers);
        CyclicBarrier start = new CyclicBarrier(writers);
        try {
            for (int round = 0; round < rounds; round++) {
                String name = round + ".json";
                List<Callable<Boolean>> tasks = IntStream.range(0, writers)
                        .<Callable<Boolean>>mapToObj(writer -> () -> {
                            start.await();
                            return files(kind).create(name, "writer " + writer);
                        })
                        .toList();
                int winner = -1;
                List<Future<Boolean>> results = threads.invokeAll(tasks);
                for (int writer = 0; writer < writers; writer++) {
                    if (results.get(writer).get()) {
                        assertThat(winner).isEqualTo(-1);
                        winner = writer;
                    }
                }
                assertThat(files(kind).read(name)).contains("writer " + winner);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(onDisk()).hasSize(rounds);
        seen.note("one of %d, %d times in %d", writers, rounds, rounds);
    }

    @ParameterizedTest
    @EnumSource
    @Fault(
            section = Fault.Section.PUBLISHING,
            fault = "an entry or a lock: ends at any step",
            where = "local, rename, object store",
            promised = "the whole file, or none")
    void aWriterThatEndsAtAnyStepHasCreatedTheWholeFileOrNone(TestedKind kind, Seen seen) throws IOException {
        FailingFileSystem ending;
        int step = 0;
        do {
            String name = step + ".json";
            ending = FailingFileSystem.endingAt(step++, kind.files());
            MarkerFiles files = new MarkerFiles(TestedKind.place(markers(), ending), kind.kind());
            boolean created = endedOrDone(() -> files.create(name, "whole"));

            Optional<String> read = files(kind).read(name);
            assertThat(read.orElse("whole")).isEqualTo("whole");
            assertThat(read.isPresent() || !created).isTrue();
            assertThat(files(kind).names()).allMatch(other -> other.endsWith(".json"));
        } while (ending.hasFailed());
        assertThat(step).isGreaterThan(3);
        assertThat(files(kind).read(step - 1 + ".json")).isPresent();
        seen.note("%s: at each of %d steps", kind.words(), step - 1);
    }

    @ParameterizedTest
    @EnumSource
    @Fault(
            section = Fault.Section.PUBLISHING,
            fault = "metrics: ends at any step",
            where = "local, object store",
            promised = "the old file, or the new one")
    @Fault(
            section = Fault.Section.PUBLISHING,
            fault = "metrics: ends at any step",
            where = "rename",
            promised = "the old, the new, or for a moment none")
    void aWriterThatEndsAtAnyStepLeavesTheOldFileOrTheNew(TestedKind kind, Seen seen) throws IOException {
        FailingFileSystem ending;
        int step = 0;
        do {
            files(kind).replace("metrics.prom", "old");
            ending = FailingFileSystem.endingAt(step++, kind.files());
            MarkerFiles files = new MarkerFiles(TestedKind.place(markers(), ending), kind.kind());
            endedOrDone(() -> {
                files.replace("metrics.prom", "new");
                return true;
            });

            Optional<String> read = files(kind).read("metrics.prom");
            // Only HDFS and its like have a moment without a file.
            assertThat(read.isPresent() || kind == TestedKind.RENAMING).isTrue();
            assertThat(read.orElse("new")).isIn("old", "new");
        } while (ending.hasFailed());
        assertThat(files(kind).read("metrics.prom")).contains("new");
        seen.note("%s: at each of %d steps", kind.words(), step - 1);
    }

    @ParameterizedTest
    @EnumSource
    @Fault(
            section = Fault.Section.PUBLISHING,
            fault = "metrics: any one step fails",
            where = "local, rename, object store",
            promised = "one of the two is on the disk")
    void replacingThatFailsAtAnyStepKeepsOneOfTheFiles(TestedKind kind, Seen seen) throws IOException {
        FailingFileSystem failing;
        int step = 0;
        do {
            files(kind).replace("metrics.prom", "old");
            failing = FailingFileSystem.failingAt(step++, kind.files());
            MarkerFiles files = new MarkerFiles(TestedKind.place(markers(), failing), kind.kind());
            endedOrDone(() -> {
                files.replace("metrics.prom", "new");
                return true;
            });
            assertThat(onDisk()).isNotEmpty();
        } while (failing.hasFailed());
        assertThat(files(kind).read("metrics.prom")).contains("new");
        seen.note("%s: at each of %d steps", kind.words(), step - 1);
    }

    @ParameterizedTest
    @EnumSource
    @Fault(
            section = Fault.Section.PUBLISHING,
            fault = "a write fails half-way",
            where = "local, rename, object store",
            promised = "nothing of it is left; said (8)")
    void aFailedWriteLeavesNothingWhereTheFileSystemStillWorks(TestedKind kind) throws IOException {
        // Steps: the directory, the file, its content.
        FailingFileSystem failing = FailingFileSystem.failingAt(2, kind.files());
        MarkerFiles files = new MarkerFiles(TestedKind.place(markers(), failing), kind.kind());

        assertThatThrownBy(() -> files.create("a.json", "whole"))
                .isInstanceOfSatisfying(
                        ElbowException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.PLATFORM))
                .hasMessageStartingWith("could not write ")
                .hasMessageEndingWith("/markers/a.json: no more: write");

        assertThat(onDisk()).isEmpty();
        assertThat(files.create("a.json", "whole")).isTrue();
    }

    @Test
    void whatAWriterLeftBehindIsNoMarkerAndGoesWhenItIsOld() throws IOException {
        MarkerFiles files = files(TestedKind.LOCAL_DISK);
        files.create("a.json", "a");
        Path left = Files.writeString(markers().resolve(".tmp-left"), "half");

        assertThat(files.names()).containsExactly("a.json");
        files.deleteTemporaries(Instant.EPOCH);
        assertThat(left).exists();
        files.deleteTemporaries(Instant.now().plusSeconds(60));
        assertThat(left).doesNotExist();
        assertThat(files.names()).containsExactly("a.json");
    }

    @Test
    void aDirectoryThatIsNotThereHasNoNames() {
        MarkerFiles files = files(TestedKind.LOCAL_DISK);

        assertThat(files.names()).isEmpty();
        assertThat(files.read("a.json")).isEmpty();
        files.delete("a.json");
    }

    @Test
    void hadoopsLocalFileSystemLeavesNoChecksumsBesideTheFiles() throws IOException {
        MarkerFiles files = new MarkerFiles(
                Place.of("batch.output", markers().toString(), ErrorCategory.USAGE, new Configuration()));
        files.create("a.json", "a");
        files.replace("b.json", "b");

        assertThat(onDisk()).containsExactlyInAnyOrder("a.json", "b.json");
    }

    @Test
    void whatMayNotBeWrittenIsNamedByItsParameter() {
        FilterFileSystem forbidding = new FilterFileSystem(TestedKind.LOCAL_DISK.files()) {
            @Override
            public boolean mkdirs(org.apache.hadoop.fs.Path path) throws IOException {
                throw new AccessControlException("permission denied");
            }
        };
        MarkerFiles files = new MarkerFiles(TestedKind.place(markers(), forbidding));

        assertThatThrownBy(() -> files.create("a.json", "a"))
                .isInstanceOfSatisfying(
                        ElbowException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.USAGE))
                .hasMessageStartingWith("batch.output must name a place open to this run, but it may not write file:")
                .hasMessageEndingWith("/markers/a.json");
    }

    private static boolean endedOrDone(Callable<Boolean> work) {
        try {
            return work.call();
        } catch (ElbowException e) {
            assertThat(e).hasMessageContaining("no more");
            return false;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private Path markers() {
        return directory.resolve("markers");
    }

    private MarkerFiles files(TestedKind kind) {
        return new MarkerFiles(kind.place(markers()), kind.kind());
    }

    private List<String> onDisk() throws IOException {
        try (Stream<Path> files = Files.list(markers())) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
