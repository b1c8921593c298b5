package elbow.data.text;

import elbow.data.table.InputErrors;
import elbow.data.table.NumberStyle;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/**
 * What all files of a CSV input have in common, as it was detected or given.
 *
 * @param names of the columns
 * @param header the first line of each file, as it is written; empty: files start with a row
 * @param leadingComments whether lines above that which start with # are comments
 * @param first the file in which all this was detected
 * @param delimiter between values
 * @param comment how lines start that are comments anywhere; {@link #NO_COMMENT}: none is
 * @param numbers how numbers are written
 */
public record CsvFormat(
        List<String> names,
        List<String> header,
        boolean leadingComments,
        String first,
        char delimiter,
        char comment,
        NumberStyle numbers)
        implements Serializable {
    static final char NO_COMMENT = '\0';

    public CsvFormat {
        names = List.copyOf(names);
        header = List.copyOf(header);
    }

    /** A file's records from an offset on, which is where a record starts. */
    CsvParser parser(TextFile file, long offset, Configuration hadoop) throws IOException {
        CsvParser parser = new CsvParser(file.open(offset, hadoop), Math.max(offset, file.mark()), delimiter, comment);
        if (offset > 0) {
            takeEmptyLines(parser);
        }
        return parser;
    }

    /**
     * Goes over what stands above the first row of a file. In files of one column, an empty line between that and the
     * last row is a row without a value.
     *
     * @return whether the parser stands at a row
     * @throws elbow.base.ElbowException of category INPUT if the file has another header
     */
    boolean toFirstRow(CsvParser parser, TextFile file) throws IOException {
        boolean found = parser.next();
        if (found && SeparatorLine.delimiter(parser).isPresent()) {
            found = parser.next();
        }
        while (found && leadingComments && isLeadingComment(parser)) {
            found = parser.next();
        }
        takeEmptyLines(parser);
        if (header.isEmpty() || !found) {
            return found;
        }
        List<String> other = parser.values();
        if (!other.equals(header)) {
            throw InputErrors.input("the CSV files of an input must have one header, but " + first + " has "
                    + line(header) + " and " + file.path() + " has " + line(other));
        }
        return parser.next();
    }

    // A line that a missing value leaves where it is the only one.
    private void takeEmptyLines(CsvParser parser) {
        if (names.size() == 1) {
            parser.takeEmptyLines();
        }
    }

    /** Whether a row repeats the header. */
    boolean isHeader(CsvParser parser) {
        if (header.isEmpty() || header.get(0).isEmpty() || parser.from(0) == parser.to(0)) {
            return false;
        }
        char first = header.get(0).charAt(0);
        boolean mayBe = first >= 128 || first == '"' || parser.bytes()[parser.from(0)] == first;
        return mayBe && parser.values().equals(header);
    }

    /** Values as a line, in quotes. */
    String line(List<String> values) {
        return InputErrors.quote(String.join(String.valueOf(delimiter), values));
    }

    private boolean isLeadingComment(CsvParser parser) {
        if (!parser.startsWith(CsvHeader.COMMENT)) {
            return false;
        }
        return header.isEmpty()
                ? parser.size() != names.size()
                : !parser.values().equals(header);
    }
}
