package elbow.data.text;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.base.Message;
import elbow.base.Parameter;
import elbow.data.listing.Packing;
import elbow.data.table.InputErrors;
import elbow.failure.InputFailure;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.util.Locale;
import java.util.zip.ZipException;
import org.apache.hadoop.conf.Configuration;

/** What is wrong with a file of text, with its line. */
public final class TextErrors {
    private TextErrors() {}

    /** The error over a file that cannot be read, unpacked or decoded. */
    static RuntimeException unreadable(TextFile file, IOException failure) {
        if (failure instanceof CharacterCodingException) {
            return InputErrors.input(
                    file,
                    " must be ",
                    file.encoding(),
                    ", but has bytes that this encoding does not have: give another ",
                    Parameter.ENCODING);
        }
        boolean damaged = !(failure instanceof FileNotFoundException)
                && (failure instanceof EOFException
                        || failure instanceof ZipException
                        || file.packing() != Packing.NONE);
        return damaged
                ? new ElbowException(
                        ErrorCategory.INPUT,
                        file + " must unpack as " + file.packing().words() + ", but does not: "
                                + Message.firstLine(failure),
                        failure)
                : InputFailure.of(file.path().toString(), failure);
    }

    /** The error over a byte that no text in UTF-8 has in this place. */
    static RuntimeException undecodable(TextFile file, BadByteException bad, Configuration hadoop) {
        String place =
                file.packing() == Packing.NONE ? "byte " + (bad.offset() + 1) : "unpacked byte " + (bad.offset() + 1);
        String what = String.format(Locale.ROOT, "0x%02X", bad.value() & 0xFF);
        return InputErrors.input(
                file + " must be UTF-8, but line " + line(file, bad.offset(), hadoop) + " has " + what
                        + ", which is none (" + place + "): give its encoding with ",
                Parameter.ENCODING,
                ", such as " + (bad.value() == 0 ? "UTF-16LE" : "windows-1252"));
    }

    /**
     * The error over a record that is no row, or not a row of its file, with its line.
     *
     * @param offset of its first byte
     * @param subject of the sentence that {@code fault} ends; empty if it has one
     * @param record its text
     */
    public static RuntimeException badRecord(
            TextFile file, long offset, String subject, String fault, String record, Configuration hadoop) {
        long line = line(file, offset, hadoop);
        String place = subject.isEmpty() ? "in line " + line + ", " : subject + " in line " + line + " ";
        return InputErrors.input(file + ": " + place + fault + ": " + InputErrors.quote(record));
    }

    /** The number of the line in which a byte stands. */
    static long line(TextFile file, long offset, Configuration hadoop) {
        try {
            return file.line(offset, hadoop);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }
}
