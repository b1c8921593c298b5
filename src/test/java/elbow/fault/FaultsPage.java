package elbow.fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The page faults.md: its sentences are written, its tables are what the tests say. */
final class FaultsPage {
    static final Path FILE = Path.of("src/site/markdown/faults.md");
    static final String NOT_RUN = "NOT RUN";

    private static final String HELD = "held";
    private static final Path RIGHT = Path.of("target/pages/faults.md");
    private static final Pattern TABLE = Pattern.compile("(?m)^## (.+)\\n\\n(?:(?!\\||##).*\\n)*((?:\\|.*\\n)+)");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (.+) \\| (.+) \\| (.+) \\| (.+) \\| (`.+`) \\|$");
    // What may be another one each time, or with every change of a test: the page says about how much.
    private static final Pattern MEASURED = Pattern.compile("\\b\\d[\\d.,]* (s|steps|failures)\\b");

    /** Where what was seen comes from. */
    interface Records {
        Optional<FaultRecord> of(String test) throws IOException;
    }

    private FaultsPage() {}

    /**
     * The page as it must be: its sentences, and tables of the faults that there are. A row with a test that has failed
     * is left out; of a test that was not run stays what the page says was seen, if it says anything.
     */
    static String of(String page, List<FaultRow> rows, Records records) throws IOException {
        StringBuilder text = new StringBuilder();
        Matcher tables = TABLE.matcher(page);
        int copied = 0;
        while (tables.find()) {
            text.append(page.substring(copied, tables.start(2)));
            text.append(table(page, tables.group(1), rows, records));
            copied = tables.end(2);
        }
        return text.append(page.substring(copied)).toString();
    }

    /** Leaves a page as it must be where it can be copied from. */
    static Path leave(String page) throws IOException {
        Files.createDirectories(RIGHT.toAbsolutePath().getParent());
        return Files.writeString(RIGHT, page);
    }

    /** A page without measured figures, to be compared with another. */
    static String withoutMeasurements(String page) {
        return MEASURED.matcher(page.replaceAll(HELD + " in \\d+ cases", HELD)).replaceAll("N $1");
    }

    /** The headings that have a table. */
    static List<String> headings(String page) {
        return TABLE.matcher(page).results().map(table -> table.group(1)).toList();
    }

    private static String table(String page, String heading, List<FaultRow> rows, Records records) throws IOException {
        StringBuilder table = new StringBuilder("| fault | where | promised | seen | test |\n|---|---|---|---|---|\n");
        for (FaultRow row : rows) {
            if (row.section().heading().equals(heading) && !hasFailed(row, records)) {
                String tests = "`" + String.join("`, `", row.tests()) + "`";
                table.append(String.format(
                        "| %s | %s | %s | %s | %s |\n",
                        row.fault(), row.where(), row.promised(), seen(page, row, tests, records), tests));
            }
        }
        return table.toString();
    }

    private static boolean hasFailed(FaultRow row, Records records) throws IOException {
        for (String test : row.tests()) {
            Optional<FaultRecord> record = records.of(test);
            if (record.isPresent() && record.get().failed() > 0) {
                return true;
            }
        }
        return false;
    }

    private static String seen(String page, FaultRow row, String tests, Records records) throws IOException {
        Set<String> words = new LinkedHashSet<>();
        int held = 0;
        for (String test : row.tests()) {
            Optional<FaultRecord> record = records.of(test);
            if (record.isEmpty() || record.get().held() == 0) {
                return onPage(page, row, tests);
            }
            words.addAll(record.get().seen());
            held += record.get().held();
        }
        if (words.isEmpty()) {
            words.add(held == 1 ? HELD : HELD + " in " + held + " cases");
        }
        return String.join("; ", words);
    }

    private static String onPage(String page, FaultRow row, String tests) {
        return ROW.matcher(page)
                .results()
                .filter(line -> line.group(1).equals(row.fault())
                        && line.group(2).equals(row.where())
                        && line.group(5).equals(tests))
                .map(line -> line.group(4))
                .findFirst()
                .orElse(NOT_RUN);
    }
}
