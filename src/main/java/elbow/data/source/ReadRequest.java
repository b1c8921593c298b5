package elbow.data.source;

import elbow.base.Check;
import elbow.base.Message;
import elbow.base.Parameter;
import elbow.data.table.InputErrors;
import elbow.data.text.CsvDialect;
import elbow.lake.AsOf;
import elbow.lake.TableVersion;
import java.util.List;
import java.util.Locale;
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
 * @param asOf which versions of tables are read
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
        Set<String> texts,
        AsOf asOf) {
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
        if (asOf instanceof AsOf.Version || asOf instanceof AsOf.Time) {
            Parameter option = asOf instanceof AsOf.Time ? Parameter.TIMESTAMP_AS_OF : Parameter.VERSION_AS_OF;
            if (format.tableFormat().isEmpty()) {
                throw InputErrors.usage(
                        option,
                        " must be given with ",
                        Parameter.FORMAT,
                        " delta or iceberg, whose tables have versions, but the format is "
                                + format.toString().toLowerCase(Locale.ROOT));
            }
            if (inputs.size() > 1) {
                throw InputErrors.usage(
                        option,
                        " must be given with one table, but ",
                        Parameter.INPUT,
                        " names " + inputs.size() + ": each has versions of its own");
            }
        }
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
                Set.of(),
                AsOf.LATEST);
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
                others, format, where, select, csv, known, absent, lenient, notes, Optional.empty(), texts, latest());
    }

    /** The same with a given format. */
    public ReadRequest as(DataFormat otherFormat) {
        return new ReadRequest(
                inputs, otherFormat, where, select, csv, known, absent, lenient, notes, counts, texts, asOf);
    }

    /** The same with a condition. */
    public ReadRequest where(String condition) {
        return new ReadRequest(
                inputs,
                format,
                Optional.of(condition),
                select,
                csv,
                known,
                absent,
                lenient,
                notes,
                counts,
                texts,
                asOf);
    }

    /** The same with only the given columns. */
    public ReadRequest select(String... columns) {
        return new ReadRequest(
                inputs, format, where, List.of(columns), csv, known, absent, lenient, notes, counts, texts, asOf);
    }

    /** The same with another way to write CSV. */
    public ReadRequest csv(CsvDialect options) {
        return new ReadRequest(
                inputs, format, where, select, options, known, absent, lenient, notes, counts, texts, asOf);
    }

    /** The same for somebody who knows what the columns are. */
    public ReadRequest known(KnownColumns columns) {
        return new ReadRequest(
                inputs, format, where, select, csv, Optional.of(columns), absent, lenient, notes, counts, texts, asOf);
    }

    /** The same with another way to take columns that are not there. */
    public ReadRequest absent(Absent way) {
        return new ReadRequest(inputs, format, where, select, csv, known, way, lenient, notes, counts, texts, asOf);
    }

    /** The same with bad rows marked. */
    public ReadRequest markingBadRows() {
        return new ReadRequest(inputs, format, where, select, csv, known, absent, true, notes, counts, texts, asOf);
    }

    /** The same with a reader of notes. */
    public ReadRequest notes(Consumer<Message> listener) {
        return new ReadRequest(
                inputs, format, where, select, csv, known, absent, lenient, listener, counts, texts, asOf);
    }

    /** The same with somebody who counts the rows as they are read. */
    public ReadRequest countedBy(RowsRead counter) {
        return new ReadRequest(
                inputs, format, where, select, csv, known, absent, lenient, notes, Optional.of(counter), texts, asOf);
    }

    /** The same with columns that are taken as texts. */
    public ReadRequest texts(Set<String> columns) {
        return new ReadRequest(
                inputs, format, where, select, csv, known, absent, lenient, notes, counts, columns, asOf);
    }

    /** The same of other versions of its tables. */
    public ReadRequest asOf(AsOf versions) {
        return new ReadRequest(
                inputs, format, where, select, csv, known, absent, lenient, notes, counts, texts, versions);
    }

    /** The versions that are read, one for each input; none unless they have been found: {@link TableSource#pinned}. */
    public List<TableVersion> versions() {
        return asOf instanceof AsOf.Found found ? found.versions() : List.of();
    }

    /** The inputs, of tables with the versions that are read. */
    public List<String> inputsRead() {
        return versions().isEmpty()
                ? inputs
                : versions().stream().map(TableVersion::words).toList();
    }

    // Other tables have other versions.
    private AsOf latest() {
        return asOf instanceof AsOf.Found ? AsOf.LATEST : asOf;
    }

    /** The same without notes. */
    public ReadRequest silently() {
        return notes(note -> {});
    }
}
