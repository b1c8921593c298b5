package elbow.job;

import elbow.data.DataFormat;
import elbow.data.ReadRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every command that reads rows. */
final class InputOptions {
    @Option(
            names = "--input",
            required = true,
            arity = "1..*",
            paramLabel = "URI",
            description =
                    "Files, directories or patterns to read: CSV with a header, Parquet, or IDX images; gzip or not.")
    private List<String> paths = new ArrayList<>();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "auto",
            description = "Format of the input: csv, parquet or idx. Default: told from names and first bytes.")
    private DataFormat format = DataFormat.AUTO;

    @Option(names = "--where", paramLabel = "SQL", description = "Reads only rows for which this SQL condition holds.")
    private @Nullable String where;

    @Option(names = "--select", split = ",", paramLabel = "COL", description = "Reads only these columns.")
    private List<String> select = new ArrayList<>();

    ReadRequest input() {
        return new ReadRequest(paths, format, Optional.ofNullable(where), select);
    }
}
