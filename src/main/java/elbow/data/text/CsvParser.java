package elbow.data.text;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * Records of CSV (RFC 4180) from bytes in UTF-8: values may be in double quotes, within which a quote is written twice
 * and delimiters and line ends are text; blanks around a value are none of it. Lines without anything but blanks are
 * passed over, unless they are to be taken for values (see {@link #takeEmptyLines}). What is not UTF-8 is an error.
 */
final class CsvParser implements AutoCloseable {
    private static final int BUFFER = 1 << 18;
    private static final int LONGEST_RECORD = 1 << 27;
    private static final int MORE = -1;
    private static final byte QUOTED = 1;
    private static final byte ESCAPED = 2;

    private final InputStream stream;
    private final byte[] delimiter;
    private final int comment;
    private final boolean[] ends = new boolean[256];

    private byte[] buffer = new byte[BUFFER];
    private long base;
    private int begin;
    private int next;
    private int limit;
    private boolean over;
    private int size;
    private int[] starts = new int[64];
    private int[] stops = new int[64];
    private byte[] flags = new byte[64];
    private boolean isComment;
    private @Nullable String fault;
    private long comments;
    private boolean emptyLines;
    // Where something other than a blank is known to stand, in bytes of the file.
    private long filled = -1;

    /**
     * @param stream is closed with this
     * @param offset of the stream's first byte in its file
     * @param delimiter between values
     * @param comment how a line that is passed over starts; {@link CsvFormat#NO_COMMENT}: none is
     */
    CsvParser(InputStream stream, long offset, char delimiter, char comment) {
        this.stream = stream;
        this.base = offset;
        this.delimiter = String.valueOf(delimiter).getBytes(StandardCharsets.UTF_8);
        this.comment = comment == CsvFormat.NO_COMMENT ? -1 : comment;
        ends['\n'] = true;
        ends['\r'] = true;
        ends[0] = true;
        ends[this.delimiter[0] & 0xFF] = true;
    }

    /** From here on takes lines without anything but blanks, the last ones aside, for records of one empty value. */
    void takeEmptyLines() {
        emptyLines = true;
    }

    /** Goes to the next record; false at the end. */
    boolean next() throws IOException {
        while (true) {
            begin = next;
            int end = scan();
            while (end == MORE) {
                fill();
                end = scan();
            }
            if (end == begin) {
                return false;
            }
            next = end;
            if (isComment) {
                comments++;
            } else if (!isBlank() || (emptyLines && isFollowed())) {
                return true;
            }
        }
    }

    /** Values of the record. */
    int size() {
        return size;
    }

    /** Where the record starts, in bytes of the file. */
    long start() {
        return base + begin;
    }

    /** Where the next one does. */
    long end() {
        return base + next;
    }

    /** Lines that were comments so far. */
    long comments() {
        return comments;
    }

    /** What is wrong with the record, but for the number of its values; null if nothing is. */
    @Nullable
    String fault() {
        return fault;
    }

    /** The bytes in which {@link #from} and {@link #to} count, until the next record. */
    byte[] bytes() {
        return buffer;
    }

    /** Where a value starts, without blanks around it. */
    int from(int value) {
        return starts[value];
    }

    /** Where it ends; the same if it is empty. */
    int to(int value) {
        int stop = stops[value];
        if (flags[value] == 0) {
            while (stop > starts[value] && isBlank(buffer[stop - 1])) {
                stop--;
            }
        }
        return stop;
    }

    /** A value without blanks around it, but those in quotes; null if it is empty. */
    @Nullable
    UTF8String text(int value) {
        return text(value, starts[value], to(value));
    }

    /** A value as it stands between delimiters or quotes; null if it is empty. */
    @Nullable
    UTF8String exact(int value) {
        int start = starts[value];
        if (flags[value] == 0) {
            int first = value == 0 ? begin : stops[value - 1];
            // What lies between the value before and this one: a quote and blanks, the delimiter, this one's blanks.
            while (start > first && isBlank(buffer[start - 1]) && !ends[buffer[start - 1] & 0xFF]) {
                start--;
            }
        }
        return text(value, start, stops[value]);
    }

    /** Whether the record's first byte is this letter of ASCII. */
    boolean startsWith(char letter) {
        return buffer[begin] == letter;
    }

    /** Whether the record starts with a byte-order mark, which a file has at its own start alone. */
    boolean startsWithMark() {
        return Utf8.isMark(buffer, begin, next);
    }

    /** All values without blanks around them. */
    List<String> values() {
        return IntStream.range(0, size)
                .mapToObj(i -> Objects.toString(text(i), ""))
                .toList();
    }

    /** The record as its file has it, without the line end. */
    String record() {
        int end = next;
        while (end > begin && (buffer[end - 1] == '\n' || buffer[end - 1] == '\r')) {
            end--;
        }
        return new String(buffer, begin, end - begin, StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }

    private @Nullable UTF8String text(int value, int from, int to) {
        if (to <= from) {
            return null;
        }
        if ((flags[value] & ESCAPED) == 0) {
            return UTF8String.fromBytes(buffer, from, to - from);
        }
        return Utf8.withoutDoubledQuotes(buffer, from, to);
    }

    private boolean isBlank() {
        return size == 1 && flags[0] == 0 && to(0) == starts[0] && fault == null;
    }

    private static boolean isBlank(byte letter) {
        return letter <= ' ' && letter > 0;
    }

    // Whether anything but blanks comes behind the record, which keeps its values.
    private boolean isFollowed() throws IOException {
        int i = next;
        while (filled < base + next) {
            if (i >= limit) {
                if (over) {
                    emptyLines = false;
                    return false;
                }
                int moved = begin;
                int after = next - moved;
                fill();
                next = after;
                i -= moved;
                starts[0] -= moved;
                stops[0] -= moved;
            } else if (isBlank(buffer[i])) {
                i++;
            } else {
                filled = base + i;
            }
        }
        return true;
    }

    // The index after the record that begins at begin; begin itself at the end of the file.
    private int scan() throws IOException {
        int i = begin;
        size = 0;
        fault = null;
        isComment = false;
        if (i >= limit) {
            return over ? i : MORE;
        }
        if (buffer[i] == comment) {
            isComment = true;
            return afterComment(i);
        }
        int high = 0;
        while (true) {
            while (i < limit && isBlank(buffer[i]) && !ends[buffer[i]]) {
                i++;
            }
            if (i >= limit && !over) {
                return MORE;
            }
            if (i < limit && buffer[i] == '"') {
                int from = ++i;
                byte flag = QUOTED;
                while (true) {
                    if (i >= limit || (i + 1 >= limit && !over)) {
                        if (!over) {
                            return MORE;
                        }
                        throw new OpenQuoteException(base + begin);
                    }
                    byte letter = buffer[i];
                    if (letter == '"') {
                        if (i + 1 >= limit || buffer[i + 1] != '"') {
                            break;
                        }
                        flag |= ESCAPED;
                        i++;
                    } else if (letter <= 0) {
                        high |= letter;
                        requireText(i, letter);
                    }
                    i++;
                }
                field(from, i, flag);
                i++;
                while (i < limit && isBlank(buffer[i]) && !ends[buffer[i]]) {
                    i++;
                }
                if (i >= limit && !over) {
                    return MORE;
                }
                if (i < limit && !ends[buffer[i] & 0xFF]) {
                    fault = "must have nothing between the quotes of a value and the delimiter, but has some";
                }
                while (i < limit && !ends[buffer[i] & 0xFF]) {
                    high |= buffer[i];
                    i++;
                }
            } else {
                int from = i;
                while (i < limit && !ends[buffer[i] & 0xFF]) {
                    high |= buffer[i];
                    i++;
                }
                while (i < limit && delimiter.length > 1 && isLetter(i)) {
                    high |= buffer[i++];
                    while (i < limit && !ends[buffer[i] & 0xFF]) {
                        high |= buffer[i];
                        i++;
                    }
                }
                field(from, i, (byte) 0);
            }
            if (i >= limit) {
                return over ? checked(i, high) : MORE;
            }
            if (i + delimiter.length >= limit && !over) {
                return MORE;
            }
            byte letter = buffer[i];
            if (letter == '\n') {
                return checked(i + 1, high);
            }
            if (letter == '\r') {
                return checked(i + 1 < limit && buffer[i + 1] == '\n' ? i + 2 : i + 1, high);
            }
            requireText(i, letter);
            i += delimiter.length;
        }
    }

    // Whether the first byte of a long delimiter is one of another letter.
    private boolean isLetter(int at) {
        if (buffer[at] != delimiter[0]) {
            return false;
        }
        int end = at + delimiter.length;
        return end > limit ? over : !Arrays.equals(buffer, at, end, delimiter, 0, delimiter.length);
    }

    private int afterComment(int from) throws IOException {
        int i = from;
        while (i < limit && buffer[i] != '\n' && buffer[i] != '\r') {
            i++;
        }
        if (i + 1 >= limit && !over) {
            return MORE;
        }
        if (i >= limit) {
            return i;
        }
        return buffer[i] == '\r' && i + 1 < limit && buffer[i + 1] == '\n' ? i + 2 : i + 1;
    }

    private void field(int from, int to, byte flag) {
        if (size == starts.length) {
            starts = Arrays.copyOf(starts, 2 * size);
            stops = Arrays.copyOf(stops, 2 * size);
            flags = Arrays.copyOf(flags, 2 * size);
        }
        starts[size] = from;
        stops[size] = to;
        flags[size] = flag;
        size++;
    }

    private void requireText(int at, byte letter) throws BadByteException {
        if (letter == 0) {
            throw new BadByteException(base + at, letter);
        }
    }

    private int checked(int end, int high) throws BadByteException {
        if (high < 0) {
            int bad = Utf8.firstBad(buffer, begin, end);
            if (bad >= 0) {
                throw new BadByteException(base + bad, buffer[bad]);
            }
        }
        return end;
    }

    private void fill() throws IOException {
        if (begin > 0) {
            System.arraycopy(buffer, begin, buffer, 0, limit - begin);
            limit -= begin;
            base += begin;
            next = 0;
            begin = 0;
        }
        if (limit == buffer.length) {
            if (buffer.length >= LONGEST_RECORD) {
                throw new OpenQuoteException(base);
            }
            buffer = Arrays.copyOf(buffer, 2 * buffer.length);
        }
        int count = stream.read(buffer, limit, buffer.length - limit);
        if (count < 0) {
            over = true;
        } else {
            limit += count;
        }
    }
}
