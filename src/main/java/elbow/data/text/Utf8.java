package elbow.data.text;

import java.util.Arrays;
import org.apache.spark.unsafe.types.UTF8String;

/** Bytes that are text in UTF-8 (RFC 3629), and those that are not. */
final class Utf8 {
    private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    /** How long a byte-order mark is. */
    static final int MARK_BYTES = MARK.length;

    private Utf8() {}

    /** Where the first bytes stand that are no letter; -1 if all are. */
    static int firstBad(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to) {
            int first = bytes[i];
            if (first >= 0) {
                i++;
                continue;
            }
            int length = length(first & 0xFF);
            if (length == 0 || i + length > to || !isLetter(bytes, i, length)) {
                return i;
            }
            i += length;
        }
        return -1;
    }

    /** Whether bytes start with a byte-order mark. */
    static boolean isMark(byte[] bytes, int from, int to) {
        return from + MARK.length <= to && Arrays.equals(bytes, from, from + MARK.length, MARK, 0, MARK.length);
    }

    /** The text between quotes, in which two of them stand for one. */
    static UTF8String withoutDoubledQuotes(byte[] bytes, int from, int to) {
        byte[] plain = new byte[to - from];
        int length = 0;
        for (int i = from; i < to; i++) {
            plain[length++] = bytes[i];
            if (bytes[i] == '"') {
                i++;
            }
        }
        return UTF8String.fromBytes(plain, 0, length);
    }

    private static int length(int first) {
        if (first >= 0xC2 && first <= 0xDF) {
            return 2;
        }
        if (first >= 0xE0 && first <= 0xEF) {
            return 3;
        }
        return first >= 0xF0 && first <= 0xF4 ? 4 : 0;
    }

    private static boolean isLetter(byte[] bytes, int at, int length) {
        for (int i = 1; i < length; i++) {
            if ((bytes[at + i] & 0xC0) != 0x80) {
                return false;
            }
        }
        int first = bytes[at] & 0xFF;
        int second = bytes[at + 1] & 0xFF;
        return switch (first) {
            // Longer than need be, a half of a surrogate pair, beyond the last letter.
            case 0xE0 -> second >= 0xA0;
            case 0xED -> second <= 0x9F;
            case 0xF0 -> second >= 0x90;
            case 0xF4 -> second <= 0x8F;
            default -> true;
        };
    }
}
