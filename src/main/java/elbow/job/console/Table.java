package elbow.job.console;

import elbow.base.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A small table as text: columns aligned, those of numbers to the right, a line under the header. picocli's TextTable
 * aligns to the left alone, and must be told the widths before the cells.
 */
public final class Table {
    private static final Pattern NUMBER = Pattern.compile("[-+]?[0-9][0-9,]*(\\.[0-9]+)?([eE][-+]?[0-9]+)?|-");
    private static final String GAP = "  ";

    private final List<String> header;
    private final List<List<String>> rows = new ArrayList<>();

    /** A table without rows. */
    public Table(String... header) {
        this.header = List.of(header);
    }

    /** Adds a row, of as many cells as the header has; "-" stands for what does not apply. */
    public Table row(String... cells) {
        Check.argument(cells.length == header.size(), "row", "have " + header.size() + " cells", cells.length);
        rows.add(List.of(cells));
        return this;
    }

    /** The table's lines, without a line break at the end. */
    public String render() {
        int[] widths = IntStream.range(0, header.size()).map(this::width).toArray();
        boolean[] numeric = new boolean[widths.length];
        for (int column = 0; column < numeric.length; column++) {
            numeric[column] = isNumeric(column);
        }
        List<String> lines = new ArrayList<>();
        lines.add(line(header, widths, numeric));
        lines.add("-".repeat(IntStream.of(widths).sum() + GAP.length() * (widths.length - 1)));
        rows.forEach(row -> lines.add(line(row, widths, numeric)));
        return String.join("\n", lines);
    }

    private int width(int column) {
        return IntStream.concat(
                        IntStream.of(header.get(column).length()),
                        rows.stream().mapToInt(row -> row.get(column).length()))
                .max()
                .orElseThrow();
    }

    private static String line(List<String> cells, int[] widths, boolean[] numeric) {
        List<String> padded = new ArrayList<>();
        for (int column = 0; column < widths.length; column++) {
            String cell = cells.get(column);
            String fill = " ".repeat(widths[column] - cell.length());
            padded.add(numeric[column] ? fill + cell : cell + fill);
        }
        return String.join(GAP, padded).stripTrailing();
    }

    private boolean isNumeric(int column) {
        return !rows.isEmpty()
                && rows.stream().allMatch(row -> NUMBER.matcher(row.get(column)).matches());
    }
}
