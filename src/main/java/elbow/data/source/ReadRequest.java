package elbow.data.source;

import elbow.base.Check;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which rows to read.
 *
 * @param inputs files, directories or Hadoop glob patterns on any Hadoop file system, or names of tables; at least one
 * @param format of all files
 * @param where SQL condition that a row must fulfil; it may use columns that are not selected
 * @param select columns to keep, in this order; empty for all
 * @param csv how CSV files are written
 * @param textColumns columns that are read as text where a format leaves their type open
 * @param lenient whether bad rows come back marked, as {@link elbow.data.rows.BadRows} says, instead of being errors
 */
public record ReadRequest(
        List<String> inputs,
        DataFormat format,
        Optional<String> where,
        List<String> select,
        CsvDialect csv,
        Set<String> textColumns,
        boolean lenient) {
    public ReadRequest {
        inputs = List.copyOf(inputs);
        select = List.copyOf(select);
        textColumns = Set.copyOf(textColumns);
        Check.argument(!inputs.isEmpty(), "inputs", "name at least one file", inputs);
    }

    /** Files whose writing is told from themselves. */
    public ReadRequest(List<String> inputs, DataFormat format, Optional<String> where, List<String> select) {
        this(inputs, format, where, select, CsvDialect.AUTO, Set.of(), false);
    }

    /** Everything in {@code inputs}, the format told from names and first bytes. */
    public static ReadRequest of(String... inputs) {
        return new ReadRequest(List.of(inputs), DataFormat.AUTO, Optional.empty(), List.of());
    }

    /** The same of other inputs. */
    public ReadRequest from(List<String> others) {
        return new ReadRequest(others, format, where, select, csv, textColumns, lenient);
    }

    /** The same with a given format. */
    public ReadRequest as(DataFormat otherFormat) {
        return new ReadRequest(inputs, otherFormat, where, select, csv, textColumns, lenient);
    }

    /** The same with a condition. */
    public ReadRequest where(String condition) {
        return new ReadRequest(inputs, format, Optional.of(condition), select, csv, textColumns, lenient);
    }

    /** The same with only the given columns. */
    public ReadRequest select(String... columns) {
        return new ReadRequest(inputs, format, where, List.of(columns), csv, textColumns, lenient);
    }

    /** The same with another way to write CSV. */
    public ReadRequest csv(CsvDialect options) {
        return new ReadRequest(inputs, format, where, select, options, textColumns, lenient);
    }

    /** The same with some columns as text. */
    public ReadRequest textColumns(Set<String> columns) {
        return new ReadRequest(inputs, format, where, select, csv, columns, lenient);
    }

    /** The same with bad rows marked. */
    public ReadRequest markingBadRows() {
        return new ReadRequest(inputs, format, where, select, csv, textColumns, true);
    }
}
