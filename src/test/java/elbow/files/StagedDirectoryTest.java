package elbow.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import elbow.fault.Fault;
import elbow.fault.Seen;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StagedDirectoryTest {
    private static final String MARKER = "manifest.json";

    @TempDir
    private Path parent;

    @ParameterizedTest
    @EnumSource
    void whatIsStagedAppearsWithItsDirectories(TestedKind kind) throws IOException {
        StagedDirectory staged = staged(kind, kind.files());
        write(staged, "new");
        assertThat(model()).doesNotExist();

        staged.publish();
        staged.discard();

        assertWhole("new");
        assertThat(names(parent)).containsExactly("model");
    }

    @ParameterizedTest
    @EnumSource
    void replacingLeavesNothingOfWhatWasThere(TestedKind kind) throws IOException {
        StagedDirectory old = staged(kind, kind.files());
        write(old, "old");
        old.write("more", new byte[1]);
        old.replace();

        StagedDirectory staged = staged(kind, kind.files());
        write(staged, "new");
        staged.replace();

        assertWhole("new");
        assertThat(names(parent)).containsExactly("model");
    }

    @ParameterizedTest
    @EnumSource
    @Fault(
            section = Fault.Section.PUBLISHING,
            fault = "a new directory: ends at any step",
            where = "local, rename, object store",
            promised = "all of it, or nothing at its place")
    void aRunThatEndsAtAnyStepHasPublishedTheWholeOrNothing(TestedKind kind, Seen seen) throws IOException {
        FailingFileSystem ending;
        int step = 0;
        do {
            clear();
            ending = FailingFileSystem.endingAt(step++, kind.files());
            StagedDirectory staged = staged(kind, ending);
            endedOrDone(() -> {
                write(staged, "new");
                staged.publish();
            });

            if (isThere(kind)) {
                assertWhole("new");
            }
        } while (ending.hasFailed());
        assertThat(step).isGreaterThan(9);
        assertThat(isThere(kind)).isTrue();
        seen.note("%s: at each of %d steps", kind.words(), step - 1);
    }

    @ParameterizedTest
    @EnumSource
    @Fault(
            section = Fault.Section.PUBLISHING,
            fault = "`--overwrite`: ends at any step",
            where = "local, rename, object store",
            promised = "the old, the new, or nothing at the place; never a part")
    void aRunThatEndsAtAnyStepLeavesTheOldTheNewOrNothingAtThePlace(TestedKind kind, Seen seen) throws IOException {
        FailingFileSystem ending;
        int step = 0;
        do {
            clear();
            publish(kind, "old");
            ending = FailingFileSystem.endingAt(step++, kind.files());
            StagedDirectory staged = staged(kind, ending);
            endedOrDone(() -> {
                write(staged, "new");
                staged.replace();
            });

            if (isThere(kind)) {
                assertWhole(Files.readString(model().resolve(MARKER)));
            }
        } while (ending.hasFailed());
        assertThat(step).isGreaterThan(9);
        assertWhole("new");
        seen.note("%s: at each of %d steps", kind.words(), step - 1);
    }

    @ParameterizedTest
    @EnumSource
    @Fault(
            section = Fault.Section.PUBLISHING,
            fault = "`--overwrite`: any one step fails",
            where = "local, rename, object store",
            promised = "the old one is there again")
    void whereOneStepFailsTheOldIsThereAgain(TestedKind kind, Seen seen) throws IOException {
        FailingFileSystem failing;
        int step = 0;
        int failures = 0;
        do {
            clear();
            publish(kind, "old");
            failing = FailingFileSystem.failingAt(step++, kind.files());
            StagedDirectory staged = staged(kind, failing);
            boolean done = endedOrDone(() -> {
                write(staged, "new");
                staged.replace();
            });
            failures += done ? 0 : 1;

            assertWhole(done ? "new" : "old");
        } while (failing.hasFailed());
        assertThat(failures).isGreaterThan(6);
        seen.note("%s: after each of %d failures", kind.words(), failures);
    }

    @ParameterizedTest
    @EnumSource
    @Fault(
            section = Fault.Section.PUBLISHING,
            fault = "`--overwrite`: there is nothing to move",
            where = "local, rename, object store",
            promised = "the old one stays")
    void failedMoveKeepsTheFormerContent(TestedKind kind) throws IOException {
        publish(kind, "old");
        StagedDirectory unwritten = staged(kind, kind.files());

        assertThatThrownBy(unwritten::replace).isInstanceOf(IOException.class);

        assertWhole("old");
        assertThat(names(parent)).containsExactly("model");
    }

    @ParameterizedTest
    @EnumSource
    @Fault(
            section = Fault.Section.PUBLISHING,
            fault = "something else has come to the place meanwhile",
            where = "local, rename, object store",
            promised = "it stays")
    void whatHasComeToThePlaceMeanwhileStays(TestedKind kind) throws IOException {
        StagedDirectory staged = staged(kind, kind.files());
        write(staged, "late");
        publish(kind, "early");

        assertThatThrownBy(staged::publish).isInstanceOf(IOException.class);

        assertWhole("early");
        assertThat(staged.staging().exists()).isTrue();
        staged.discard();
        assertThat(names(parent)).containsExactly("model");
    }

    private interface Work {
        void run() throws IOException;
    }

    private static boolean endedOrDone(Work work) {
        try {
            work.run();
            return true;
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("no more");
            return false;
        }
    }

    /** Whether a reader takes what is at the place for whole. */
    private boolean isThere(TestedKind kind) {
        return kind == TestedKind.OBJECT_STORE ? Files.exists(model().resolve(MARKER)) : Files.exists(model());
    }

    private void assertWhole(String content) throws IOException {
        var found = new TreeMap<String, String>();
        try (Stream<Path> files = Files.walk(model())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                found.put(model().relativize(file).toString(), Files.readString(file));
            }
        }
        assertThat(found)
                .containsOnlyKeys("a", MARKER, "part/b", "z")
                .allSatisfy((name, text) -> assertThat(text).isEqualTo(content));
    }

    private static void write(StagedDirectory staged, String content) throws IOException {
        for (String name : List.of("a", "part/b", MARKER, "z")) {
            staged.write(name, content.getBytes(StandardCharsets.UTF_8));
        }
    }

    private void publish(TestedKind kind, String content) throws IOException {
        StagedDirectory staged = staged(kind, kind.files());
        write(staged, content);
        staged.publish();
    }

    private StagedDirectory staged(TestedKind kind, FileSystem files) {
        Place place = TestedKind.place(model(), files);
        return new StagedDirectory(place, StagedDirectory.stagingFor(place), MARKER, kind.kind());
    }

    private Path model() {
        return parent.resolve("model");
    }

    private void clear() throws IOException {
        for (String name : names(parent)) {
            TestedKind.LOCAL_DISK.place(parent.resolve(name)).delete();
        }
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
