package elbow.data.source;

import elbow.base.Check;
import elbow.base.Message;
import elbow.data.text.CsvDialect;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Which rows to read.
 *
 * @param inputs files, directories or Hadoop glob patterns on any Hadoop file system, or names of tables; at least one
 * @param format of all files
 * @param where SQL condition that a row must fulfil; it may use columns that are not selected
 * @param select columns to keep, in this order; empty for all
 * @param csv how CSV files are written
 * @param known what is known of the columns beforehand; only columns that it asks for are read then
 * @param absent what happens if a column that is known is not there
 * @param lenient whether bad rows come back marked, as {@link elbow.data.rows.BadRows} says, instead of being errors
 * @param notes takes lines about what was detected in the files and might be otherwise
 * @param counts counts the rows where they are read, of formats whose files do not say how many they are
 * @param texts columns that are taken as texts: in CSV only whole numbers and truth values that say all that is written
 *     are more
 */
public record ReadRequest(
        List<String> inputs,
        DataFormat format,
        Optional<String> where,
        List<String> select,
        CsvDialect csv,
        Optional<KnownColumns> known,
        Absent absent,
        boolean lenient,
        Consumer<Message> notes,
        Optional<RowsRead> counts,
        Set<String> texts) {
    /** What happens if a column that a model needs is not there. */
    public enum Absent {
        REFUSE,
        MISSING
    }

    public ReadRequest {
        inputs = List.copyOf(inputs);
        select = List.copyOf(select);
        texts = Set.copyOf(texts);
        Check.argument(!inputs.isEmpty(), "inputs", "name at least one file", inputs);
    }

    /** Files whose dialect is detected. */
    public ReadRequest(List<String> inputs, DataFormat format, Optional<String> where, List<String> select) {
        this(
                inputs,
                format,
                where,
                select,
                CsvDialect.AUTO,
                Optional.empty(),
                Absent.REFUSE,
                false,
                note -> {},
                Optional.empty(),
                Set.of());
    }

    /** Everything in {@code inputs}, the format detected by names and first bytes. */
    public static ReadRequest of(String... inputs) {
        return new ReadRequest(List.of(inputs), DataFormat.AUTO, Optional.empty(), List.of());
    }

    /** Whether a column is asked for as the file has it. */
    boolean standsAsItIs(String column) {
        return known.filter(columns -> columns.standsAsItIs(column)).isPresent();
    }

    /** The same of other inputs, which nobody counts yet. */
    public ReadRequest from(List<String> others) {
        return new ReadRequest(
                others, format, where, select, csv, known, absent, lenient, notes, Optional.empty(), texts);
    }

    /** The same with a given format. */
    public ReadRequest as(DataFormat otherFormat) {
        return new ReadRequest(inputs, otherFormat, where, select, csv, known, absent, lenient, notes, counts, texts);
    }

    /** The same with a condition. */
    public ReadRequest where(String condition) {
        return new ReadRequest(
                inputs, format, Optional.of(condition), select, csv, known, absent, lenient, notes, counts, texts);
    }

    /** The same with only the given columns. */
    public ReadRequest select(String... columns) {
        return new ReadRequest(
                inputs, format, where, List.of(columns), csv, known, absent, lenient, notes, counts, texts);
    }

    /** The same with another way to write CSV. */
    public ReadRequest csv(CsvDialect options) {
        return new ReadRequest(inputs, format, where, select, options, known, absent, lenient, notes, counts, texts);
    }

    /** The same for somebody who knows what the columns are. */
    public ReadRequest known(KnownColumns columns) {
        return new ReadRequest(
                inputs, format, where, select, csv, Optional.of(columns), absent, lenient, notes, counts, texts);
    }

    /** The same with another way to take columns that are not there. */
    public ReadRequest absent(Absent way) {
        return new ReadRequest(inputs, format, where, select, csv, known, way, lenient, notes, counts, texts);
    }

    /** The same with bad rows marked. */
    public ReadRequest markingBadRows() {
        return new ReadRequest(inputs, format, where, select, csv, known, absent, true, notes, counts, texts);
    }

    /** The same with a reader of notes. */
    public ReadRequest notes(Consumer<Message> listener) {
        return new ReadRequest(inputs, format, where, select, csv, known, absent, lenient, listener, counts, texts);
    }

    /** The same with somebody who counts the rows as they are read. */
    public ReadRequest countedBy(RowsRead counter) {
        return new ReadRequest(
                inputs, format, where, select, csv, known, absent, lenient, notes, Optional.of(counter), texts);
    }

    /** The same with columns that are taken as texts. */
    public ReadRequest texts(Set<String> columns) {
        return new ReadRequest(inputs, format, where, select, csv, known, absent, lenient, notes, counts, columns);
    }

    /** The same without notes. */
    public ReadRequest silently() {
        return notes(note -> {});
    }
}
