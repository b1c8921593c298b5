package elbow.job.run;

import elbow.data.infer.ColumnProfile;
import elbow.job.console.Table;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** The columns of a table and how they are used, for people to read. */
final class ColumnTable {
    /** Columns that are shown before a training run, which has more to show. */
    static final int SHOWN_BEFORE_TRAINING = 60;

    private ColumnTable() {}

    /** At most {@code most} columns, those that are used first among equals. */
    static Table of(List<ColumnProfile> columns, int most) {
        Table table = new Table("column", "type", "missing %", "distinct", "range", "likelihood", "why");
        List<ColumnProfile> shown = columns.subList(0, Math.min(most, columns.size()));
        for (ColumnProfile column : shown) {
            table.row(
                    column.column(),
                    column.type().map(Objects::toString).orElse("left out"),
                    Double.isNaN(column.missingShare())
                            ? "-"
                            : String.format(Locale.ROOT, "%.1f", 100 * column.missingShare()),
                    orDash(column.distinct()),
                    orDash(column.range()),
                    orDash(column.likelihood()),
                    column.why());
        }
        return table;
    }

    /** What {@link #of} leaves out, in words; nothing if it shows all. */
    static String rest(List<ColumnProfile> columns, int most) {
        int left = columns.size() - Math.min(most, columns.size());
        return left == 0 ? "" : String.format(Locale.ROOT, "... and %,d more columns%n", left);
    }

    private static String orDash(String text) {
        return text.isEmpty() ? "-" : text;
    }
}
