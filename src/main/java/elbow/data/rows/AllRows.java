package elbow.data.rows;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.data.table.InputErrors;
import java.util.Locale;
import java.util.OptionalLong;

/** Compares expected and actual row counts: no row is lost or doubled silently. */
public final class AllRows {
    private AllRows() {}

    /**
     * Requires that all rows of files were used or set aside.
     *
     * @param input what the files are of, for the message
     * @param expected how many rows the files have, by what they say or what their readers have given; empty if nothing
     *     says it
     * @param read how many were used or set aside
     * @throws ElbowException of category INPUT that has both numbers
     */
    public static void requireRead(String input, OptionalLong expected, long read) {
        if (expected.isPresent() && expected.getAsLong() != read) {
            throw InputErrors.input(String.format(
                    Locale.ROOT,
                    "%s must give all rows that its files have, but these are %,d, and %,d were used or set aside: a file"
                            + " is damaged, or changes meanwhile; run again when nobody writes there",
                    input,
                    expected.getAsLong(),
                    read));
        }
    }

    /**
     * Requires that all rows that were scored are written.
     *
     * @throws ElbowException of category INTERNAL that has both numbers
     */
    public static void requireWritten(String output, long scored, long written) {
        if (scored != written) {
            throw new ElbowException(
                    ErrorCategory.INTERNAL,
                    String.format(
                            Locale.ROOT,
                            "the output must have every row that was scored, but of %,d in %s there are %,d: tasks that"
                                    + " ran twice, or whose files were lost; nothing is published",
                            scored,
                            output,
                            written));
        }
    }
}
