package elbow.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiFunction;
import org.apache.hadoop.conf.Configuration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunPathsTest {
    @TempDir
    private Path parent;

    @Test
    void whatIsReadIsNeitherReplacedNorWithinWhatIs() {
        assertRefused(RunPaths::reads, "in", "in", "written must not be or hold what told reads, but file:");
        assertRefused(RunPaths::reads, "out/in", "out", "out holds file:");
        assertThatCode(() -> told(RunPaths::reads, "in").replaces(place("in-2", "written")))
                .doesNotThrowAnyException();
        assertThatCode(() -> told(RunPaths::reads, "in").replaces(place("in/new", "written")))
                .doesNotThrowAnyException();
    }

    @Test
    void registrationOrderDoesNotMatter() {
        assertThatThrownBy(
                        () -> new RunPaths().replaces(place("out", "written")).reads(place("out/in", "told")))
                .hasMessageContaining("written must not be or hold what told reads");
        assertThatThrownBy(
                        () -> new RunPaths().replaces(place("out", "written")).addsTo(place("out/in", "told")))
                .hasMessageContaining("told must not lie in the place of written");
    }

    @Test
    void aFileThatIsReadInADirectoryIsNotReplaced() throws IOException {
        Files.createDirectory(parent.resolve("in"));
        for (String name : List.of("a.csv", "_note", ".hidden")) {
            Files.writeString(parent.resolve("in").resolve(name), "mine");
        }

        assertRefused(RunPaths::reads, "in", "in/a.csv", "written must not be part of what told reads, but file:");
        assertThatCode(() -> told(RunPaths::reads, "in")
                        .replaces(place("in/_note", "written"))
                        .replaces(place("in/.hidden", "other")))
                .doesNotThrowAnyException();
    }

    @Test
    void aFileInADirectoryThatIsAColumnIsReadWhateverTheColumnIsCalled() throws IOException {
        Files.createDirectories(parent.resolve("in/_kind=a"));
        Files.writeString(parent.resolve("in/_kind=a/a.csv"), "mine");

        assertRefused(
                RunPaths::reads, "in", "in/_kind=a/a.csv", "written must not be part of what told reads, but file:");
        assertThat(HiddenNames.isHidden("part-0.csv._COPYING_")).isTrue();
    }

    @Test
    void whatIsWrittenIsApart() {
        for (String[] pair : new String[][] {{"m", "m"}, {"m", "m/q"}, {"m/q", "m"}}) {
            assertRefused(RunPaths::replaces, pair[0], pair[1], "written must be apart from told, but one of file:");
        }
        assertThatCode(() -> told(RunPaths::replaces, "m").replaces(place("m.checkpoints", "written")))
                .doesNotThrowAnyException();
    }

    @Test
    void aPlaceOfItsOwnIsApartFromAllOthers() {
        for (BiFunction<RunPaths, Place, RunPaths> use :
                List.<BiFunction<RunPaths, Place, RunPaths>>of(RunPaths::reads, RunPaths::replaces, RunPaths::addsTo)) {
            for (String[] pair : new String[][] {{"m", "m"}, {"m", "m/q"}, {"m/q", "m"}}) {
                assertThatThrownBy(() -> told(use, pair[0]).owns(place(pair[1], "written")))
                        .hasMessageStartingWith("written must be apart from told, but one of file:");
                assertThatThrownBy(() ->
                                use.apply(new RunPaths().owns(place(pair[1], "written")), place(pair[0], "told")))
                        .hasMessageStartingWith("written must be apart from told, but one of file:");
            }
        }
        assertThatCode(() -> told(RunPaths::reads, "in").owns(place("out", "written")))
                .doesNotThrowAnyException();
    }

    @Test
    void nothingIsAddedToWhatIsMadeAsAWhole() {
        assertRefused(
                RunPaths::addsTo, "m", "m", "told must not lie in the place of written, which is made as a whole");
        assertRefused(RunPaths::addsTo, "m/events", "m", "m/events is or lies in file:");
        assertThatCode(() -> told(RunPaths::addsTo, "runs").replaces(place("runs/m", "written")))
                .doesNotThrowAnyException();
    }

    @Test
    void linksAreFollowed() throws IOException {
        Files.createDirectory(parent.resolve("real"));
        Files.createSymbolicLink(parent.resolve("link"), parent.resolve("real"));

        assertRefused(RunPaths::reads, "real/in", "link", "written must not be or hold what told reads");
        assertRefused(RunPaths::replaces, "link/new/deep", "real/new", "written must be apart from told");
    }

    private void assertRefused(
            BiFunction<RunPaths, Place, RunPaths> use, String first, String replaced, String message) {
        ThrowingCallable telling = () -> told(use, first).replaces(place(replaced, "written"));
        assertThatThrownBy(telling)
                .isInstanceOfSatisfying(
                        ElbowException.class,
                        refused -> assertThat(refused.category()).isEqualTo(ErrorCategory.USAGE))
                .hasMessageContaining(message)
                .hasMessageEndingWith("; name another");
    }

    private RunPaths told(BiFunction<RunPaths, Place, RunPaths> use, String path) {
        return use.apply(new RunPaths(), place(path, "told"));
    }

    private Place place(String path, String option) {
        return Place.of(option, parent + "/" + path, ErrorCategory.USAGE, new Configuration());
    }
}
