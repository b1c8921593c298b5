package elbow.batch;

import elbow.base.Digests;
import elbow.data.source.ReadRequest;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.OptionalLong;

/**
 * The rows of a date.
 *
 * @param date of them
 * @param rows how to read them
 * @param place where they are, for people
 * @param fingerprint 16 hex digits over what they were when they were looked for: of a directory over the names,
 *     lengths and modification times of its files, of a table over the rows
 * @param count how many rows of a table they were then; empty for directories
 */
record Partition(LocalDate date, ReadRequest rows, String place, String fingerprint, OptionalLong count) {
    private static final int FINGERPRINT_DIGITS = 16;

    /** The fingerprint of what a text tells apart. */
    static String fingerprint(String text) {
        byte[] digest = Digests.sha256().digest(text.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest).substring(0, FINGERPRINT_DIGITS);
    }
}
