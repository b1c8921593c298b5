package elbow.data.text;

import elbow.base.Message;
import elbow.base.Parameter;
import elbow.data.table.Columns;
import elbow.data.table.InputErrors;
import elbow.data.table.NumberText;
import elbow.data.table.TimeFormat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;

/**
 * Finds the names of a CSV input's columns: given, or the first line of its files, or, where that is a row like others,
 * made up. The first line is a row if at least half of its texts, numbers aside, come up again in their columns within
 * the first lines: the values of categories do, names do not. A first line with a number or a time in it is neither for
 * sure, and refused.
 */
public final class CsvHeader {
    /** How a comment starts above the header. */
    static final char COMMENT = '#';

    private final TextFile file;
    private final CsvDialect dialect;
    private final Consumer<Message> notes;
    private final char delimiter;
    private final List<CsvSample.Line> lines;
    private int comments;

    private CsvHeader(TextFile file, CsvDialect dialect, char delimiter, CsvSample sample, Consumer<Message> notes) {
        this.file = file;
        this.dialect = dialect;
        this.notes = notes;
        this.delimiter = delimiter;
        this.lines = sample.lines();
    }

    /**
     * What the files of an input have in common, detected in the first one.
     *
     * @param notes takes a line for whatever was detected and might be otherwise
     * @throws elbow.base.ElbowException of category INPUT if there is no line, or none for sure that is a header; of
     *     category USAGE if the dialect does not fit the first file
     */
    public static CsvFormat of(TextFile file, CsvDialect dialect, Consumer<Message> notes, Configuration hadoop) {
        try {
            char delimiter = CsvSample.delimiter(file, dialect, notes, hadoop);
            CsvSample sample = CsvSample.of(file, delimiter, comment(dialect), hadoop);
            return new CsvHeader(file, dialect, delimiter, sample, notes).format();
        } catch (BadByteException e) {
            throw TextErrors.undecodable(file, e, hadoop);
        } catch (OpenQuoteException e) {
            throw openQuote(file, e, hadoop);
        } catch (IOException e) {
            throw TextErrors.unreadable(file, e);
        }
    }

    /** The error over a quoted value without an end. */
    static RuntimeException openQuote(TextFile file, OpenQuoteException open, Configuration hadoop) {
        return InputErrors.input(file + " must have an end to each quoted value, but that of the row in line "
                + TextErrors.line(file, open.offset(), hadoop) + " has none: two quotes in it stand for one");
    }

    /** As {@link #openQuote(TextFile, OpenQuoteException, Configuration)}, of one that may begin before the chunk. */
    static RuntimeException openQuote(TextChunk chunk, OpenQuoteException open, Configuration hadoop) {
        return chunk.from() == 0
                ? openQuote(chunk.file(), open, hadoop)
                : cutWithin(
                        chunk.file(),
                        "a quoted value goes on after byte " + chunk.from() + ", or that of the row in line "
                                + TextErrors.line(chunk.file(), open.offset(), hadoop) + " has no end");
    }

    /** The error over a file that was cut where no row ends. */
    static RuntimeException cutWithin(TextFile file, String found) {
        return InputErrors.input(file + " must have rows that end where its lines do, for it is cut there to be read by"
                + " several tasks, but " + found + ": raise spark.sql.files.maxPartitionBytes above the size of the"
                + " file");
    }

    static char comment(CsvDialect dialect) {
        return dialect.comment().orElse(CsvFormat.NO_COMMENT);
    }

    private CsvFormat format() {
        List<String> header = header();
        if (comments > 0) {
            notes.accept(Message.of(
                    file + ": " + comments + (comments == 1 ? " line that starts" : " lines that start")
                            + " with # above the " + (header.isEmpty() ? "rows" : "header")
                            + (comments == 1 ? " is a comment" : " are comments")
                            + "; further down, such lines are rows unless ",
                    Parameter.COMMENT,
                    " # is given"));
        }
        List<String> names = names(header);
        Columns.requireDistinct(names, file.toString());
        return new CsvFormat(
                names, header, comments > 0, file.path().toString(), delimiter, comment(dialect), dialect.numbers());
    }

    // The texts of the line of names as it is written; none if there is no such line.
    private List<String> header() {
        if (lines.isEmpty()) {
            throw InputErrors.input(file + " must start with a header line, but has only blank lines"
                    + (dialect.comment().isPresent() ? " and comments" : ""));
        }
        int marked = 0;
        while (marked < lines.size() && lines.get(marked).marked()) {
            marked++;
        }
        comments = comments(marked);
        if (comments == lines.size()) {
            throw InputErrors.input(file + " must start with a header line, but has only blank lines and comments");
        }
        List<String> first = lines.get(comments).values();
        if (!dialect.columns().isEmpty()) {
            return given(first);
        }
        return switch (dialect.header()) {
            case YES -> first;
            case NO -> List.of();
            case AUTO -> detected(first);
        };
    }

    // How many of the lines that start with # are comments: all, unless the last of them is a header or a row.
    private int comments(int marked) {
        if (marked == 0 || dialect.comment().isPresent()) {
            return 0;
        }
        if (marked == lines.size()) {
            return lines.get(marked - 1).values().size() > 1 ? marked - 1 : marked;
        }
        List<String> last = lines.get(marked - 1).values();
        List<String> below = lines.get(marked).values();
        if (last.size() != below.size() || last.size() == 1) {
            return marked;
        }
        boolean rowBelow = below.stream().anyMatch(CsvHeader::isNumberOrTime);
        boolean rowNext = marked + 1 < lines.size()
                && lines.get(marked + 1).values().stream().anyMatch(CsvHeader::isNumberOrTime);
        if (!rowBelow && !rowNext) {
            throw InputErrors.input(
                    file + " must leave no doubt what its line "
                            + InputErrors.quote(String.join(String.valueOf(delimiter), last))
                            + " is, which starts with #: give ",
                    Parameter.COMMENT,
                    " # if it is a comment, ",
                    Parameter.HEADER,
                    " yes or no if it is none");
        }
        return rowBelow ? marked - 1 : marked;
    }

    private List<String> given(List<String> first) {
        if (dialect.columns().size() != first.size()) {
            throw InputErrors.usage(
                    Parameter.COLUMNS,
                    " must name the " + first.size() + " columns of " + file.path() + ", but names "
                            + dialect.columns().size());
        }
        if (first.equals(dialect.columns())) {
            notes.accept(Message.of(file, ": the first line is the names of ", Parameter.COLUMNS, ", and no row"));
            return first;
        }
        return List.of();
    }

    private List<String> detected(List<String> first) {
        if (isRow(first)) {
            notes.accept(Message.of(
                    file + ": no header line, for the first line has values of the lines below; the columns are"
                            + " column1, column2 and so on (",
                    Parameter.COLUMNS,
                    " names them, ",
                    Parameter.HEADER,
                    " yes says otherwise)"));
            return List.of();
        }
        if (first.stream().noneMatch(CsvHeader::isText)) {
            throw refused("is " + line(first));
        }
        List<String> values = first.stream().filter(CsvHeader::isNumberOrTime).toList();
        if (!values.isEmpty() && !areRun(values)) {
            throw refused("has " + InputErrors.quote(values.get(0)) + ", which is no name: " + line(first));
        }
        if (!values.isEmpty()) {
            notes.accept(Message.of(
                    file + ": the first line is taken for names, though " + values.get(0) + " to "
                            + values.get(values.size() - 1) + " are numbers (",
                    Parameter.HEADER,
                    " no says otherwise)"));
        }
        return first;
    }

    private RuntimeException refused(String found) {
        return InputErrors.input(
                file + " must start with a line of column names, but its first line " + found
                        + ": put a header above it, name the columns with ",
                Parameter.COLUMNS,
                ", or say with ",
                Parameter.HEADER,
                " yes or no whether it is one");
    }

    private String line(List<String> values) {
        return InputErrors.quote(String.join(String.valueOf(delimiter), values));
    }

    private List<String> names(List<String> header) {
        if (!dialect.columns().isEmpty()) {
            return dialect.columns();
        }
        List<String> names = new ArrayList<>();
        int width = lines.get(comments).values().size();
        for (int i = 0; i < width; i++) {
            String name = header.isEmpty() ? "column" + (i + 1) : header.get(i);
            if (i == 0
                    && name.startsWith("#")
                    && name.length() > 1
                    && lines.get(comments).marked()) {
                name = name.substring(1).strip();
            }
            // As Spark calls columns without a name.
            names.add(name.isEmpty() ? "_c" + i : name);
        }
        return names;
    }

    private boolean isRow(List<String> first) {
        int texts = 0;
        int again = 0;
        for (int i = 0; i < first.size(); i++) {
            if (isText(first.get(i))) {
                texts++;
                Set<String> below = new HashSet<>();
                for (CsvSample.Line line : lines.subList(comments + 1, lines.size())) {
                    // A header that stands in the middle of a file is no row.
                    if (i < line.values().size() && !line.values().equals(first)) {
                        below.add(line.values().get(i));
                    }
                }
                again += below.contains(first.get(i)) ? 1 : 0;
            }
        }
        return again > 0 && 2 * again >= texts;
    }

    // Whole numbers at one distance: years, places, pixels.
    private static boolean areRun(List<String> values) {
        if (values.size() < 2 || !values.stream().allMatch(value -> value.matches("\\d{1,9}"))) {
            return false;
        }
        long step = Long.parseLong(values.get(1)) - Long.parseLong(values.get(0));
        for (int i = 2; i < values.size(); i++) {
            if (Long.parseLong(values.get(i)) - Long.parseLong(values.get(i - 1)) != step) {
                return false;
            }
        }
        return step > 0;
    }

    private static boolean isText(String value) {
        return !value.isEmpty() && Double.isNaN(NumberText.parse(value)) && !value.equalsIgnoreCase("nan");
    }

    private static boolean isNumberOrTime(String value) {
        return Double.isFinite(NumberText.parse(value)) || TimeFormat.ISO.micros(value) != TimeFormat.NONE;
    }
}
