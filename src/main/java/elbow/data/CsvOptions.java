package elbow.data;

import elbow.base.Check;
import java.util.List;
import java.util.Optional;

/**
 * How CSV files are written.
 *
 * @param columns names of the columns of files without a header line; empty: told from the first lines
 * @param delimiter between values; empty: a tab in files named .tsv, a comma in others
 */
public record CsvOptions(List<String> columns, Optional<Character> delimiter) {
    /** Everything told from the files. */
    public static final CsvOptions AUTO = new CsvOptions(List.of(), Optional.empty());

    public CsvOptions {
        columns = List.copyOf(columns);
        delimiter.ifPresent(value -> Check.argument(
                value != '"' && value != '\n' && value != '\r', "--delimiter", "be no quote and no line end", value));
    }
}
