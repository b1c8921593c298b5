package elbow.data.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputFilesTest {
    @TempDir
    private Path directory;

    @BeforeEach
    void writeFiles() throws IOException {
        Files.createDirectories(directory.resolve("in/sub"));
        Files.writeString(directory.resolve("in/a.csv"), "x\n1\n");
        Files.writeString(directory.resolve("in/sub/b.csv"), "x\n2\n");
        Files.createFile(directory.resolve("in/none.csv"));
    }

    @Test
    void aFileThatIsNamedTwiceIsListedOnce() {
        InputFiles files = resolved("in", "in/a.csv", "in/sub/*");

        assertThat(names(files.files())).containsExactly("a.csv", "b.csv");
        assertThat(names(files.repeated())).containsExactly("a.csv", "b.csv");
        assertThat(names(files.roots())).containsExactly("in");
        assertThat(names(resolved("in").repeated())).isEmpty();
    }

    @Test
    void filesWithoutAByteAreListedApart() {
        assertThat(names(resolved("in").empty())).containsExactly("none.csv");
    }

    @Test
    void aFileUnderTwoNamesIsRefused() throws IOException {
        Files.createSymbolicLink(directory.resolve("in/latest.csv"), Path.of("a.csv"));

        assertThatThrownBy(() -> resolved("in")).hasMessageContainingAll("a.csv", "latest.csv", "are one (by a link)");
        assertThat(names(resolved("in/latest.csv").files())).containsExactly("latest.csv");
    }

    @Test
    void aLinkToADirectoryThatIsThereIsRefused() throws IOException {
        Files.createSymbolicLink(directory.resolve("in/again"), Path.of("sub"));

        assertThatThrownBy(() -> resolved("in")).hasMessageContainingAll("again/b.csv", "sub/b.csv");
    }

    @Test
    void aLinkInACircleIsRefused() throws IOException {
        Files.createSymbolicLink(directory.resolve("in/sub/up"), Path.of(".."));

        assertThatThrownBy(() -> resolved("in")).hasMessageContaining("are one (by a link)");
    }

    @Test
    void aLinkToNothingIsRefused() throws IOException {
        Files.createSymbolicLink(directory.resolve("in/gone.csv"), Path.of("nowhere.csv"));

        assertThatThrownBy(() -> resolved("in")).hasMessageContainingAll("gone.csv", "is a link to nowhere.csv");
    }

    @Test
    void aMachineThatDoesNotAnswerIsNoFaultOfTheInput() throws IOException {
        Configuration hadoop = new Configuration();
        hadoop.setInt("ipc.client.connect.max.retries", 0);
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        String input = "hdfs://127.0.0.1:" + port + "/rows.csv";

        assertThatThrownBy(() -> InputFiles.resolve(List.of(input), hadoop))
                .isInstanceOfSatisfying(
                        ElbowException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.PLATFORM))
                .hasMessageStartingWith("input " + input + " cannot be opened: another machine could not be reached:");
    }

    private InputFiles resolved(String... inputs) {
        return InputFiles.resolve(
                Arrays.stream(inputs)
                        .map(input -> directory.resolve(input).toString())
                        .toList(),
                new Configuration());
    }

    private static List<String> names(List<org.apache.hadoop.fs.Path> files) {
        return files.stream().map(org.apache.hadoop.fs.Path::getName).toList();
    }
}
