package elbow.job.page;

import static org.assertj.core.api.Assertions.assertThat;

import elbow.base.ErrorCategory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The page runbook.md has each exit code, and quotes what is said. */
class RunbookTest {
    private static final Path PAGE = Path.of("src/site/markdown/runbook.md");
    private static final Pattern SAYS = Pattern.compile("(?m)^\\| (`[^|]*`)[^|]* \\|");
    // A parameter may stand before the sentence.
    private static final Pattern SAID =
            Pattern.compile("\\.as\\(\\s*ErrorCategory\\.(\\w+),(?:\\s*Parameter\\.\\w+,)?\\s*\"([^\"]+)\"");
    private static final Pattern QUOTE = Pattern.compile("`([^`]+)`");

    @ParameterizedTest
    @EnumSource
    void everyExitCodeHasASection(ErrorCategory category) throws IOException {
        assertThat(Files.readString(PAGE)).containsPattern("(?m)^## " + category.exitCode() + ": ");
    }

    static List<String> quotes() throws IOException {
        String page = Files.readString(PAGE);
        String codes = page.substring(0, page.indexOf("\n## What else may be there"));
        List<String> quotes = new ArrayList<>();
        Matcher row = SAYS.matcher(codes);
        while (row.find()) {
            QUOTE.matcher(row.group(1)).results().map(found -> found.group(1)).forEach(quotes::add);
        }
        return quotes;
    }

    @ParameterizedTest
    @MethodSource("quotes")
    void whatItQuotesIsSaid(String quote) throws IOException {
        // Some stand behind others as words alone.
        if (!quote.startsWith("--") && !quote.equals("batch")) {
            assertThat(said().contains(quote.replace(": ...", ": "))).as(quote).isTrue();
        }
    }

    static Stream<Arguments> failuresOfPlatforms() throws IOException {
        return Stream.of("StorageFailure", "SparkFailure", "InputFailure")
                .map(name -> pieces(read(Path.of("src/main/java/elbow/failure", name + ".java"))))
                .flatMap(code -> SAID.matcher(code).results().map(said -> Arguments.of(said.group(1), said.group(2))));
    }

    @ParameterizedTest
    @MethodSource("failuresOfPlatforms")
    void everyFailureOfAPlatformIsUnderItsExitCode(String category, String sentence) throws IOException {
        int code = ErrorCategory.valueOf(category).exitCode();
        String page = Files.readString(PAGE);
        int begin = page.indexOf("\n## " + code + ": ");
        String section = page.substring(begin, page.indexOf("\n## ", begin + 1));
        assertThat(SAYS.matcher(section)
                        .results()
                        .flatMap(row -> QUOTE.matcher(row.group(1)).results()))
                .as(sentence)
                .anyMatch(quote -> sentence.contains(quote.group(1).replace(": ...", ": ")));
    }

    @Test
    void theFailuresOfPlatformsAreFound() throws IOException {
        assertThat(failuresOfPlatforms()).hasSizeGreaterThan(10);
    }

    @Test
    void itQuotesMuch() throws IOException {
        assertThat(quotes()).hasSizeGreaterThan(25);
    }

    // All code, its texts in one piece.
    private static String said() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(RunbookTest::read)
                    .map(RunbookTest::pieces)
                    .collect(Collectors.joining());
        }
    }

    // Texts that lines of code are cut in, in one.
    private static String pieces(String code) {
        return code.replaceAll("\"\\s*\\+\\s*\"", "");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
