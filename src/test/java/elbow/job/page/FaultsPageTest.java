package elbow.job.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page faults.md names tests that there are, and all of those that are about faults and nothing else. */
class FaultsPageTest {
    private static final Path PAGE = Path.of("src/site/markdown/faults.md");
    private static final Pattern NAMED = Pattern.compile("`(\\w+(?:Test|IT)\\.\\w+)`");
    private static final Pattern TESTS =
            Pattern.compile("@(?:Parameterized)?Test\\b(?:(?!\\bvoid\\b)[\\s\\S])*void (\\w+)\\(");
    private static final Pattern ROW = Pattern.compile("(?m)^\\|(?! *(?:-|fault|attack)).*$");

    @Test
    void everyTestThatItNamesIsThere() throws IOException {
        Set<String> named = named(Files.readString(PAGE));
        Set<String> there = named.stream()
                .map(name -> name.substring(0, name.indexOf('.')))
                .distinct()
                .flatMap(FaultsPageTest::testsOf)
                .collect(Collectors.toSet());

        assertThat(named).hasSizeGreaterThan(40);
        assertThat(there).containsAll(named);
    }

    @Test
    void everyRowNamesATest() throws IOException {
        List<String> rows = ROW.matcher(Files.readString(PAGE))
                .results()
                .map(row -> row.group())
                .toList();
        assertThat(rows).hasSizeGreaterThan(40).allMatch(row -> !named(row).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"BatchFaultIT", "AveragingClusterIT", "LeftOutReplicaIT"})
    void noTestOfFaultsIsLeftOut(String name) throws IOException {
        List<String> tests = testsOf(name).toList();
        assertThat(tests).isNotEmpty();
        assertThat(named(Files.readString(PAGE))).containsAll(tests);
    }

    private static Set<String> named(String text) {
        return NAMED.matcher(text).results().map(name -> name.group(1)).collect(Collectors.toSet());
    }

    private static Stream<String> testsOf(String name) {
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            Path file = files.filter(path -> path.endsWith(name + ".java"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no " + name));
            return TESTS
                    .matcher(Files.readString(file))
                    .results()
                    .map(test -> name + "." + test.group(1))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
