package elbow.job.command;

import elbow.data.source.CsvDialect;
import elbow.data.source.DataFormat;
import elbow.data.source.ReadRequest;
import java.util.ArrayList;
import java.util.List;
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
                            + " (PNG, JPEG, GIF, BMP); text and IDX also packed by gzip. With --format table: names of"
                            + " tables.")
    private List<String> paths = new ArrayList<>();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "auto",
            description =
                    "Format of the input: csv, json, parquet, orc, avro, libsvm, idx, image or table. Default: told"
                            + " from names and first bytes.")
    private DataFormat format = DataFormat.AUTO;

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
                            + " .tsv a tab.")
    private @Nullable Character delimiter;

    ReadRequest input() {
        return new ReadRequest(paths, format, Optional.ofNullable(where), select)
                .csv(new CsvDialect(columns, Optional.ofNullable(delimiter)));
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
