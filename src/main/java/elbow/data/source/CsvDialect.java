package elbow.data.source;

import elbow.base.Check;
import elbow.base.Parameter;
import java.util.List;
import java.util.Optional;

/**
 * How CSV files are written.
 *
 * @param columns names of the columns of files without a header line; empty: told from the first lines
 * @param delimiter between values; empty: a tab in files named .tsv, a comma in others
 */
public record CsvDialect(List<String> columns, Optional<Character> delimiter) {
    /** Everything told from the files. */
    public static final CsvDialect AUTO = new CsvDialect(List.of(), Optional.empty());

    public CsvDialect {
        columns = List.copyOf(columns);
        delimiter.ifPresent(value -> Check.usage(
                value != '"' && value != '\n' && value != '\r',
                Parameter.DELIMITER,
                "be no quote and no line end",
                value));
    }
}
