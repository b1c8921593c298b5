package elbow.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.base.Parameter;
import elbow.data.source.DataReader;
import elbow.data.source.ReadRequest;
import elbow.fault.Fault;
import elbow.files.OutputDirectory.IfExists;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FilterFileSystem;
import org.apache.hadoop.security.AccessControlException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputDirectoryTest {
    private static final String MARKER = "manifest.json";

    private final Configuration hadoop = new Configuration();

    @TempDir
    private Path parent;

    @Test
    void stagedFilesAppearAtOnce() throws IOException {
        OutputDirectory output = output("deep/in/model", IfExists.REFUSE);
        assertThat(names(parent)).isEmpty();
        stage(output, "new");
        assertThat(parent.resolve("deep/in/model")).doesNotExist();

        output.publish();
        output.discard();

        assertThat(parent.resolve("deep/in/model").resolve(MARKER)).hasContent("new");
        assertThat(names(parent.resolve("deep/in"))).containsExactly("model");
    }

    @Test
    void aMarkedDirectoryAndAnEmptyOneAreReplaced() throws IOException {
        Files.writeString(Files.createDirectory(parent.resolve("old")).resolve(MARKER), "old");
        Files.createDirectory(parent.resolve("empty"));
        for (String name : List.of("old", "empty")) {
            OutputDirectory output = output(name, IfExists.REPLACE);
            stage(output, "new");
            output.publish();

            assertThat(parent.resolve(name).resolve(MARKER)).hasContent("new");
        }
        assertThat(names(parent)).containsExactlyInAnyOrder("old", "empty");
    }

    @Test
    void whatAKilledRunHasReplacedIsRemovedByTheNextThatReplaces() throws IOException {
        String id = "5c2b0d1e-0000-4000-8000-123456789abc";
        for (String name : List.of("model", ".model.old-" + id, ".model.old-notes", ".model2.old-" + id)) {
            Files.writeString(Files.createDirectory(parent.resolve(name)).resolve(MARKER), "{}");
        }

        assertRefused("model", IfExists.REFUSE, "model must name a directory that does not exist yet");
        assertThat(parent.resolve(".model.old-" + id)).exists();
        OutputDirectory next = output("model", IfExists.REPLACE);
        stage(next, "new");
        next.publish();

        assertThat(names(parent)).containsExactlyInAnyOrder("model", ".model.old-notes", ".model2.old-" + id);
    }

    @Test
    void aNewDirectoryIsInItsPlaceAlsoWhereTheOldOneCannotBeRemoved() throws IOException {
        Files.writeString(Files.createDirectory(parent.resolve("model")).resolve(MARKER), "old");
        OutputDirectory output = new OutputDirectory(
                TestedKind.place(parent.resolve("model"), new KeepsTheOld()), MARKER, IfExists.REPLACE);
        stage(output, "new");

        output.publish();
        output.discard();

        assertThat(parent.resolve("model").resolve(MARKER)).hasContent("new");
        assertThat(names(parent)).hasSize(2).anyMatch(name -> name.startsWith(".model.old-"));
    }

    @Test
    void aNewDirectoryIsInItsPlaceAlsoWhereItsParentCannotBeListedAnyMore() throws IOException {
        Files.writeString(Files.createDirectory(parent.resolve("model")).resolve(MARKER), "old");
        Unlisted files = new Unlisted();
        OutputDirectory output =
                new OutputDirectory(TestedKind.place(parent.resolve("model"), files), MARKER, IfExists.REPLACE);
        stage(output, "new");
        files.refuses = new org.apache.hadoop.fs.Path("file:" + parent);

        output.publish();

        assertThat(parent.resolve("model").resolve(MARKER)).hasContent("new");
        assertThat(names(parent)).containsExactly("model");
    }

    @Test
    void whatOtherRunsHaveNotPutInPlaceIsNamedAndStays() throws IOException {
        OutputDirectory killed = output("model", IfExists.REFUSE);
        stage(killed, "half");

        OutputDirectory next = output("model", IfExists.REFUSE);
        stage(next, "new");

        assertThat(next.unfinished()).containsExactly(killed.staging());
        next.publish();
        assertThat(Path.of(killed.staging().toUri())).exists();
    }

    @Test
    void nothingElseIsEverReplaced() throws IOException {
        Files.writeString(Files.createDirectory(parent.resolve("home")).resolve("thesis.txt"), "mine");
        Files.writeString(parent.resolve("file"), "mine");
        for (String name : List.of("home", "file")) {
            assertRefused(
                    name,
                    IfExists.REPLACE,
                    "overwrite replaces only a directory that has a manifest.json or nothing in it, but ",
                    name + " is something else; name another for model, or remove it yourself");
        }
        assertThat(parent.resolve("home/thesis.txt")).hasContent("mine");
        assertThat(parent.resolve("file")).hasContent("mine");
    }

    @Test
    void aPlaceWhereNothingCanBeWrittenIsRefusedAtOnce() throws IOException {
        Files.writeString(parent.resolve("file"), "mine");

        assertRefused("file/model", IfExists.REFUSE, "model must name a directory that can be made, but", "/file: ");
        assertThat(names(parent)).containsExactly("file");
    }

    @Test
    void laterOfTwoRunsLearnsThatTheOtherCameFirst() throws IOException {
        OutputDirectory late = output("model", IfExists.REFUSE);
        stage(late, "late");
        OutputDirectory early = output("model", IfExists.REFUSE);
        stage(early, "early");
        early.publish();

        assertThatThrownBy(late::publish)
                .isInstanceOfSatisfying(
                        ElbowException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.USAGE))
                .hasMessageContainingAll(
                        "model must name a directory that does not exist yet", "replace it with overwrite");
        late.discard();
        assertThat(parent.resolve("model").resolve(MARKER)).hasContent("early");
        assertThat(names(parent)).containsExactly("model");
    }

    @Test
    void whatIsReadIsNotReplaced() throws IOException {
        Path data = Files.createDirectory(parent.resolve("data"));
        Files.writeString(data.resolve(MARKER), "{}");
        Files.writeString(data.resolve("rows.csv"), "a\n1\n");
        OutputDirectory output = output("data", IfExists.REPLACE);

        assertThatThrownBy(() -> apart(output, "data"))
                .hasMessageContainingAll("model must not be or hold what input reads, but", "data is; name another");
        assertThatThrownBy(() -> apart(output, "dat?/*.csv"))
                .hasMessageContainingAll("data holds ", "/data/rows.csv; name another");
        apart(output("data-2", IfExists.REPLACE), "data");
    }

    @Test
    void aDirectoryOfAnotherSparkJobIsNotReplaced() throws IOException {
        Path table = Files.createDirectory(parent.resolve("table"));
        Files.writeString(table.resolve("_SUCCESS"), "");
        Files.writeString(table.resolve("part-00000.csv"), "amount,shop\n1,2\n");

        assertThatThrownBy(() -> scores("table"))
                .hasMessageContainingAll(
                        "overwrite replaces only a directory that has what Elbow wrote or nothing in it, but",
                        "table is something else");
        assertThat(table.resolve("part-00000.csv")).exists();
    }

    @Test
    void scoresAreReplacedButNotWithSomethingElseAmongThem() throws IOException {
        OutputDirectory first = scores("scores");
        Files.createDirectories(Path.of(first.staging().toUri()));
        first.write("_SUCCESS", new byte[0]);
        first.write("part-00000.csv", "elbo\n".getBytes(StandardCharsets.UTF_8));
        first.publish();
        scores("scores");
        Files.writeString(Files.createDirectory(parent.resolve("scores/model")).resolve(MARKER), "{}");

        assertThatThrownBy(() -> scores("scores")).hasMessageContaining("scores is something else");
    }

    @Test
    void scoresOfAnEarlierBuildWithoutAMarkAreReplaced() throws IOException {
        Path scores = Files.createDirectory(parent.resolve("scores"));
        Files.writeString(scores.resolve("_SUCCESS"), "");
        Files.writeString(scores.resolve("part-00000.csv"), "elbo,anomaly_score,model_id\n1,2,x\n");

        assertThat(scores("scores").path().getName()).isEqualTo("scores");
    }

    @Test
    @Fault(
            section = Fault.Section.PUBLISHING,
            fault = "`--overwrite`: a run that was killed left nothing at the place",
            promised = "the next run that reads or writes it puts the old one back")
    void whatARunThatWasKilledHadMovedAwayIsPutBack() throws IOException {
        Files.writeString(Files.createDirectory(parent.resolve(".model.old-1")).resolve(MARKER), "old");
        Files.createDirectory(parent.resolve(".model.old-2"));

        assertRefused("model", IfExists.REFUSE, "model must name a directory that does not exist yet, but");
        assertThat(parent.resolve("model").resolve(MARKER)).hasContent("old");
        assertThat(parent.resolve(".model.old-1")).doesNotExist();
        assertThat(parent.resolve(".model.old-2")).exists();
    }

    private OutputDirectory scores(String name) {
        return new OutputDirectory("output", parent + "/" + name, "_SUCCESS", IfExists.REPLACE, hadoop);
    }

    private void apart(OutputDirectory output, String input) {
        new RunPaths()
                .reads(Parameter.INPUT, DataReader.roots(ReadRequest.of(parent + "/" + input), hadoop), hadoop)
                .replaces(output);
    }

    private void assertRefused(String name, IfExists ifExists, String... parts) {
        assertThatThrownBy(() -> output(name, ifExists))
                .isInstanceOfSatisfying(
                        ElbowException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.USAGE))
                .hasMessageContainingAll(parts);
    }

    private OutputDirectory output(String name, IfExists ifExists) {
        return new OutputDirectory("model", parent + "/" + name, MARKER, ifExists, hadoop);
    }

    private static void stage(OutputDirectory output, String content) throws IOException {
        Path staging = Files.createDirectories(Path.of(output.staging().toUri().getPath()));
        Files.writeString(staging.resolve(MARKER), content);
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    /** Removes nothing that was replaced. */
    private static final class KeepsTheOld extends FilterFileSystem {
        KeepsTheOld() {
            super(TestedKind.LOCAL_DISK.files());
        }

        @Override
        public boolean delete(org.apache.hadoop.fs.Path path, boolean recursive) throws IOException {
            if (path.getName().startsWith(".model.old-")) {
                throw new IOException("it stays: " + path);
            }
            return super.delete(path, recursive);
        }
    }

    /** Lists one directory no more. */
    private static final class Unlisted extends FilterFileSystem {
        private org.apache.hadoop.fs.@Nullable Path refuses;

        Unlisted() {
            super(TestedKind.LOCAL_DISK.files());
        }

        @Override
        public FileStatus[] listStatus(org.apache.hadoop.fs.Path path) throws IOException {
            if (path.equals(refuses)) {
                throw new AccessControlException("may not be listed: " + path);
            }
            return super.listStatus(path);
        }
    }
}
