package elbow.job.console;

import elbow.base.Check;
import elbow.base.ControlCharacters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A small table as text: columns aligned, those of numbers to the right, a line under the header. picocli's TextTable
 * aligns to the left alone, and needs the widths before the cells.
 */
public final class Table {
    private static final Pattern NUMBER = Pattern.compile("[-+]?[0-9][0-9,]*(\\.[0-9]+)?([eE][-+]?[0-9]+)?|-");
    private static final String GAP = "  ";
    private static final String MORE = "…";

    /** Where a table does not fit, cells of text are cut to no less than this. */
    private static final int NARROW = 8;

    /** Room that the last column needs beside the others; with less it goes below them. */
    private static final int ROOM = 30;

    private final List<String> header;
    private final List<List<String>> rows = new ArrayList<>();

    /** A table without rows. */
    public Table(String... header) {
        this.header = masked(header);
    }

    /** Adds a row, of as many cells as the header has; "-" stands for what does not apply. */
    public Table row(String... cells) {
        Check.argument(cells.length == header.size(), "row", "have " + header.size() + " cells", cells.length);
        rows.add(masked(cells));
        return this;
    }

    // A name with the end of a line in it would look like another row.
    private static List<String> masked(String... cells) {
        return Arrays.stream(cells).map(ControlCharacters::masked).toList();
    }

    /** The table's lines, without a line break at the end. */
    public String render() {
        int[] widths = naturalWidths();
        boolean[] numeric = numeric();
        List<String> lines = new ArrayList<>();
        lines.add(line(header, widths, numeric));
        lines.add("-".repeat(total(widths)));
        rows.forEach(row -> lines.add(line(row, widths, numeric)));
        return String.join("\n", lines);
    }

    /**
     * The table's lines, none of them longer than {@code width}: where they would be, the last column is wrapped,
     * beside the others or below each row, and their texts are cut as far as it takes.
     */
    public String render(int width) {
        int[] natural = naturalWidths();
        if (total(natural) <= width || natural.length < 2) {
            return render();
        }
        int last = natural.length - 1;
        boolean[] numeric = Arrays.copyOf(numeric(), last);
        int[] others = Arrays.copyOf(natural, last);
        int[] narrow = shrunk(others, numeric, width - GAP.length() - ROOM);
        boolean beside = total(narrow) + GAP.length() + ROOM <= width;
        int[] widths = beside ? narrow : shrunk(others, numeric, width);
        List<String> lines = new ArrayList<>();
        List<String> head = beside ? List.of(header.get(last)) : List.of();
        add(lines, line(header.subList(0, last), widths, numeric), total(widths), head);
        lines.add("-".repeat(beside ? width : total(widths)));
        for (List<String> row : rows) {
            String cells = line(row.subList(0, last), widths, numeric);
            int room = beside ? width - total(widths) - GAP.length() : width - 2 * GAP.length();
            List<String> wrapped = wrapped(row.get(last), room);
            if (beside) {
                add(lines, cells, total(widths), wrapped);
            } else {
                lines.add(cells);
                wrapped.forEach(part -> lines.add(GAP + GAP + part));
            }
        }
        return lines.stream().map(line -> cut(line, width)).collect(Collectors.joining("\n"));
    }

    private static void add(List<String> lines, String cells, int width, List<String> beside) {
        String first = beside.isEmpty() ? "" : GAP + beside.get(0);
        lines.add((padded(cells, width) + first).stripTrailing());
        for (int i = 1; i < beside.size(); i++) {
            lines.add(" ".repeat(width) + GAP + beside.get(i));
        }
    }

    // The widest column of text gives way first.
    private static int[] shrunk(int[] natural, boolean[] numeric, int width) {
        int[] widths = natural.clone();
        while (total(widths) > width) {
            int widest = -1;
            for (int column = 0; column < widths.length; column++) {
                boolean yields = !numeric[column] && widths[column] > NARROW;
                if (yields && (widest < 0 || widths[column] > widths[widest])) {
                    widest = column;
                }
            }
            if (widest < 0) {
                break;
            }
            widths[widest]--;
        }
        return widths;
    }

    private static List<String> wrapped(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (!line.isEmpty() && length(line) + 1 + length(word) > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(cut(word, width));
        }
        lines.add(line.toString());
        return lines;
    }

    private static String cut(String text, int width) {
        return length(text) <= width ? text : text.substring(0, text.offsetByCodePoints(0, width - 1)) + MORE;
    }

    private int[] naturalWidths() {
        return IntStream.range(0, header.size()).map(this::width).toArray();
    }

    private static int total(int[] widths) {
        return IntStream.of(widths).sum() + GAP.length() * (widths.length - 1);
    }

    private static int length(CharSequence text) {
        return Character.codePointCount(text, 0, text.length());
    }

    private int width(int column) {
        return IntStream.concat(
                        IntStream.of(length(header.get(column))),
                        rows.stream().mapToInt(row -> length(row.get(column))))
                .max()
                .orElseThrow();
    }

    private static String line(List<String> cells, int[] widths, boolean[] numeric) {
        List<String> padded = new ArrayList<>();
        for (int column = 0; column < widths.length; column++) {
            String cell = cut(cells.get(column), widths[column]);
            padded.add(
                    numeric[column] ? " ".repeat(widths[column] - length(cell)) + cell : padded(cell, widths[column]));
        }
        return String.join(GAP, padded).stripTrailing();
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - length(text)));
    }

    private boolean[] numeric() {
        boolean[] numeric = new boolean[header.size()];
        for (int column = 0; column < numeric.length; column++) {
            numeric[column] = isNumeric(column);
        }
        return numeric;
    }

    private boolean isNumeric(int column) {
        return !rows.isEmpty()
                && rows.stream().allMatch(row -> NUMBER.matcher(row.get(column)).matches());
    }
}
