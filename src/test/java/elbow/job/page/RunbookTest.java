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
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The page runbook.md has each exit code, and quotes what is said. */
class RunbookTest {
    private static final Path PAGE = Path.of("src/site/markdown/runbook.md");
    private static final Pattern SAYS = Pattern.compile("(?m)^\\| (`[^|]*`)[^|]* \\|");
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

    @Test
    void itQuotesMuch() throws IOException {
        assertThat(quotes()).hasSizeGreaterThan(25);
    }

    // All code, its texts in one piece.
    private static String said() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(RunbookTest::read)
                    .collect(Collectors.joining())
                    .replaceAll("\"\\s*\\+\\s*\"", "");
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
