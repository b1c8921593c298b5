package elbow.job.command;

import elbow.data.source.DataFormat;
import elbow.data.source.ReadRequest;
import elbow.data.source.TableSource;
import elbow.data.text.CsvDialect;
import elbow.data.text.CsvDialect.Header;
import elbow.job.run.Session;
import elbow.lake.AsOf;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options of every command that reads rows. */
final class InputOptions {
    @Option(
            names = "--input",
            required = true,
            arity = "1..*",
            paramLabel = "URI",
            description =
                    "Files, directories or patterns to read: CSV, JSON lines, Parquet, ORC, Avro, LIBSVM, IDX, or images"
                            + " (PNG, JPEG, GIF, BMP); text and IDX also packed by gzip, bzip2 or zstd"
                            + " (LIBSVM: gzip, bzip2). With --format table, delta or iceberg: names of"
                            + " tables; of Delta also paths, which have a slash.")
    private List<String> paths = new ArrayList<>();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "auto",
            description =
                    "Format of the input: csv, json, parquet, orc, avro, libsvm, idx, image, table (whatever Spark's"
                            + " catalogue has), delta or iceberg. Default: detected from names and first bytes.")
    private DataFormat format = DataFormat.AUTO;

    @Option(
            names = "--version-as-of",
            paramLabel = "VERSION",
            description = "Reads this version of a Delta or Iceberg table: a number, of Iceberg the id of a snapshot or"
                    + " the name of a branch or tag. Default: the one that is there when the run begins.")
    private @Nullable String versionAsOf;

    @Option(
            names = "--timestamp-as-of",
            paramLabel = "TIME",
            description = "Reads the version that a Delta or Iceberg table had at this time: 2026-11-30T06:00:00Z, or"
                    + " 2026-11-30 for its start in UTC.")
    private @Nullable String timestampAsOf;

    @Option(names = "--where", paramLabel = "SQL", description = "Reads only rows for which this SQL condition holds.")
    private @Nullable String where;

    @Option(names = "--select", split = ",", paramLabel = "COL", description = "Reads only these columns.")
    private List<String> select = new ArrayList<>();

    @Option(
            names = "--columns",
            split = ",",
            paramLabel = "COL",
            description =
                    "Names of the columns of CSV files without a header line. Default: the first line, or column1,"
                            + " column2 and so on if its texts come up again below it.")
    private List<String> columns = new ArrayList<>();

    @Option(
            names = "--delimiter",
            paramLabel = "CHAR",
            converter = DelimiterConverter.class,
            description =
                    "What stands between the values of a CSV line; tab for a tab. Default: a comma, in files named"
                            + " .tsv a tab, or another one if the first lines leave no doubt.")
    private @Nullable Character delimiter;

    @Option(
            names = "--header",
            paramLabel = "WHICH",
            defaultValue = "auto",
            description = "Whether the first line of CSV files is names: yes, no or auto. Default: detected.")
    private Header header = Header.AUTO;

    @Option(
            names = "--comment",
            paramLabel = "CHAR",
            description =
                    "How a line of a CSV file starts that is a comment and no row. Default: none does, but lines that"
                            + " start with # above the header.")
    private @Nullable Character comment;

    @Option(
            names = "--encoding",
            paramLabel = "NAME",
            description = "Encoding of CSV and JSON files, such as windows-1252. Default: UTF-8.")
    private @Nullable Charset encoding;

    @Option(
            names = "--decimal-comma",
            description =
                    "Numbers in CSV files have a comma before their decimals, and perhaps points between groups of"
                            + " three digits: 1.234,5.")
    private boolean decimalComma;

    @Option(
            names = "--thousands",
            paramLabel = "CHAR",
            description = "What stands between groups of three digits of numbers in CSV files: 1,234.5 with a comma.")
    private @Nullable Character thousands;

    @Option(
            names = "--number-signs",
            paramLabel = "SIGNS",
            description =
                    "Signs that may stand before or after a number in CSV files and count for nothing: €%% for 5 €"
                            + " and 5 %%.")
    private String numberSigns = "";

    ReadRequest input(Session session) {
        CsvDialect dialect = new CsvDialect(
                        columns,
                        header,
                        Optional.ofNullable(delimiter),
                        Optional.ofNullable(comment),
                        Optional.ofNullable(encoding))
                .numbers(decimalComma, Optional.ofNullable(thousands), numberSigns);
        ReadRequest request = new ReadRequest(paths, format, Optional.ofNullable(where), select)
                .asOf(AsOf.of(Optional.ofNullable(versionAsOf), Optional.ofNullable(timestampAsOf)))
                .csv(dialect)
                .notes(session.console()::note);
        return format.tableFormat().isPresent() ? TableSource.pinned(session.spark(), request) : request;
    }

    /** The options that were given, in the words of a command line. */
    List<String> words() {
        List<String> words = new ArrayList<>(List.of("--input"));
        words.addAll(paths);
        GivenWords given = new GivenWords(words);
        given.add(
                "--format", format == DataFormat.AUTO ? null : format.toString().toLowerCase(Locale.ROOT));
        given.add("--version-as-of", versionAsOf);
        given.add("--timestamp-as-of", timestampAsOf);
        given.add("--where", where);
        given.add("--select", select);
        given.add("--columns", columns);
        given.add("--delimiter", delimiter == null ? null : delimiter == '\t' ? "tab" : delimiter.toString());
        given.add("--header", header == Header.AUTO ? null : header.toString().toLowerCase(Locale.ROOT));
        given.add("--comment", comment);
        given.add("--encoding", encoding);
        if (decimalComma) {
            words.add("--decimal-comma");
        }
        given.add("--thousands", thousands);
        given.add("--number-signs", numberSigns.isEmpty() ? null : numberSigns);
        return words;
    }

    /** Options with one value that were given. */
    record GivenWords(List<String> words) {
        void add(String name, @Nullable Object value) {
            if (value != null) {
                words.addAll(List.of(name, value.toString()));
            }
        }

        void add(String name, List<String> values) {
            if (!values.isEmpty()) {
                words.addAll(List.of(name, String.join(",", values)));
            }
        }
    }

    static final class DelimiterConverter implements ITypeConverter<Character> {
        @Override
        public Character convert(String text) {
            String value = text.equalsIgnoreCase("tab") || text.equals("\\t") ? "\t" : text;
            if (value.length() != 1) {
                throw new TypeConversionException("must be one character or tab, but is '" + text + "'");
            }
            return value.charAt(0);
        }
    }
}
