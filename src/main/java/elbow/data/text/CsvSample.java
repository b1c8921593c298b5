package elbow.data.text;

import elbow.base.Message;
import elbow.base.Parameter;
import elbow.data.listing.Packing;
import elbow.data.table.InputErrors;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;

/**
 * The first lines of a CSV file.
 *
 * @param lines that are neither blank nor comments of the dialect
 * @param named the delimiter that a line above them names
 */
record CsvSample(List<Line> lines, Optional<Character> named) {
    private static final int LINES = 1000;
    private static final int VALUES = 1_000_000;
    private static final char[] DELIMITERS = {',', ';', '\t', '|'};

    /** @param marked whether the line starts with # */
    record Line(List<String> values, boolean marked) {}

    CsvSample {
        lines = List.copyOf(lines);
    }

    static CsvSample of(TextFile file, char delimiter, char comment, Configuration hadoop) throws IOException {
        List<Line> lines = new ArrayList<>();
        Optional<Character> named = Optional.empty();
        try (CsvParser parser = new CsvParser(file.open(hadoop), file.mark(), delimiter, comment)) {
            boolean found = parser.next();
            if (found) {
                named = SeparatorLine.delimiter(parser);
                found = named.isEmpty() || parser.next();
            }
            long values = 0;
            while (found && lines.size() < LINES && values < VALUES) {
                lines.add(new Line(parser.values(), parser.startsWith(CsvHeader.COMMENT)));
                values += parser.size();
                found = parser.next();
            }
        }
        return new CsvSample(lines, named);
    }

    /**
     * The delimiter of a file: given, or named by a line above the header, or a comma (in .tsv files a tab), unless
     * with that every line is one value and with exactly one other all lines are several, of one number.
     */
    static char delimiter(TextFile file, CsvDialect dialect, Consumer<Message> notes, Configuration hadoop)
            throws IOException {
        if (dialect.delimiter().isPresent()) {
            return dialect.delimiter().get();
        }
        boolean tabs = Packing.plainName(file.path().getName()).endsWith(".tsv");
        char usual = tabs ? '\t' : ',';
        CsvSample first = of(file, usual, CsvHeader.comment(dialect), hadoop);
        if (first.named().isPresent()) {
            char delimiter = first.named().get();
            notes.accept(delimiterNote(file, delimiter, "its first line names it"));
            return delimiter;
        }
        if (first.headerWidth() != 1) {
            return usual;
        }
        List<Character> sure = new ArrayList<>();
        for (char other : DELIMITERS) {
            if (other != usual
                    && of(file, other, CsvHeader.comment(dialect), hadoop).isTable()) {
                sure.add(other);
            }
        }
        if (sure.size() != 1) {
            first.tellOne(file, notes);
            return usual;
        }
        notes.accept(delimiterNote(file, sure.get(0), "the first lines have no other"));
        return sure.get(0);
    }

    // A single name that looks like several, as psql and R write them.
    private void tellOne(TextFile file, Consumer<Message> notes) {
        String name = unmarked().findFirst().map(line -> line.values().get(0)).orElse("");
        if (name.matches(".*[;|\\t ].*")) {
            notes.accept(Message.of(
                    file,
                    ": one column, " + InputErrors.quote(name) + "; if it is several, ",
                    Parameter.DELIMITER,
                    " says what stands between values"));
        }
    }

    private static Message delimiterNote(TextFile file, char delimiter, String why) {
        return Message.of(
                file,
                ": the delimiter is ",
                delimiter == '\t' ? "tab" : String.valueOf(delimiter),
                ", for " + why + " (",
                Parameter.DELIMITER,
                " says otherwise)");
    }

    private int headerWidth() {
        return unmarked().findFirst().map(line -> line.values().size()).orElse(0);
    }

    private boolean isTable() {
        int width = headerWidth();
        return width > 1
                && unmarked().count() > 1
                && unmarked().allMatch(line -> line.values().size() == width);
    }

    private Stream<Line> unmarked() {
        boolean some = lines.stream().anyMatch(line -> !line.marked());
        return lines.stream().filter(line -> !some || !line.marked());
    }
}
