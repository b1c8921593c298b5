package elbow.data.text;

import elbow.base.Check;
import elbow.base.Parameter;
import elbow.data.table.NumberStyle;
import java.nio.charset.Charset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How CSV files are written.
 *
 * @param columns names of the columns of files without a header line; empty: detected in the first lines
 * @param header whether the first line is one of names
 * @param delimiter between values; empty: the one that a line such as sep=; above the header names, or a tab in files
 *     named .tsv, a comma in others, or another one if the first lines leave no doubt
 * @param comment how lines start that are comments; empty: none is, but for lines above the header that start with #
 * @param encoding of the text, of JSON lines too; empty: UTF-8
 * @param numbers how numbers are written
 */
public record CsvDialect(
        List<String> columns,
        Header header,
        Optional<Character> delimiter,
        Optional<Character> comment,
        Optional<Charset> encoding,
        NumberStyle numbers) {
    /** Everything detected in the files. */
    public static final CsvDialect AUTO = new CsvDialect(List.of(), Optional.empty());

    /** With numbers in digits and a point. */
    public CsvDialect(
            List<String> columns,
            Header header,
            Optional<Character> delimiter,
            Optional<Character> comment,
            Optional<Charset> encoding) {
        this(columns, header, delimiter, comment, encoding, NumberStyle.PLAIN);
    }

    /** Whether files start with a line of names. */
    public enum Header {
        /** Detected from the first lines. */
        AUTO,
        YES,
        NO
    }

    public CsvDialect {
        columns = List.copyOf(columns);
        delimiter.ifPresent(value -> Check.usage(
                value != '"' && value != '\n' && value != '\r',
                Parameter.DELIMITER,
                "be no quote and no line end",
                value));
        comment.ifPresent(value -> Check.usage(
                value > ' ' && value < 128 && value != '"' && !delimiter.equals(Optional.of(value)),
                Parameter.COMMENT,
                "be a sign of ASCII that is neither a quote nor the delimiter",
                value));
        Check.usage(
                columns.isEmpty() || header != Header.YES,
                Parameter.COLUMNS,
                "not be given where a header is said to be there, for it names the columns of files without a header",
                columns);
    }

    /**
     * The same with another way to write numbers.
     *
     * @param thousands what stands between groups of three digits
     * @param signs that may stand around a number
     */
    public CsvDialect numbers(boolean decimalComma, Optional<Character> thousands, String signs) {
        return new CsvDialect(
                columns,
                header,
                delimiter,
                comment,
                encoding,
                new NumberStyle(decimalComma, thousands.orElse(NumberStyle.NONE), signs));
    }

    /** What is given and not left to be detected in the files. */
    public List<Parameter> given() {
        Map<Parameter, Boolean> all = new LinkedHashMap<>();
        all.put(Parameter.COLUMNS, !columns.isEmpty());
        all.put(Parameter.HEADER, header != Header.AUTO);
        all.put(Parameter.DELIMITER, delimiter.isPresent());
        all.put(Parameter.COMMENT, comment.isPresent());
        all.put(Parameter.ENCODING, encoding.isPresent());
        all.put(Parameter.DECIMAL_COMMA, numbers.decimalComma());
        all.put(Parameter.THOUSANDS, numbers.thousands() != NumberStyle.NONE);
        all.put(Parameter.NUMBER_SIGNS, !numbers.signs().isEmpty());
        all.values().removeIf(isGiven -> !isGiven);
        return List.copyOf(all.keySet());
    }

    /** With columns and delimiter as given, all else detected in the files. */
    public CsvDialect(List<String> columns, Optional<Character> delimiter) {
        this(columns, Header.AUTO, delimiter, Optional.empty(), Optional.empty());
    }
}
