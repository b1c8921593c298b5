package elbow.data.text;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The line "sep=;" by which a CSV file says to Excel, above its header, what stands between values. */
final class SeparatorLine {
    private static final Pattern LINE = Pattern.compile("(?i)\"?sep=(\t|[^\\p{Alnum}\\s\"])\"?\\s*");
    private static final int LONGEST = 16;

    private SeparatorLine() {}

    /** The delimiter that the record names at which a parser stands; empty if it is no such line. */
    static Optional<Character> delimiter(CsvParser parser) {
        if (parser.start() > LONGEST || parser.end() - parser.start() > LONGEST) {
            return Optional.empty();
        }
        Matcher line = LINE.matcher(parser.record());
        return line.matches() ? Optional.of(line.group(1).charAt(0)) : Optional.empty();
    }
}
