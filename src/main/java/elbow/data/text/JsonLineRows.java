package elbow.data.text;

import elbow.data.table.InputErrors;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * The lines of some chunks of JSON lines, those that are not blank: text, file, offset, what is wrong with its form (an
 * object and nothing else, each field with a name of its own), and values of the file's directories. A row is gone when
 * the next comes.
 */
public final class JsonLineRows extends ChunkRows {
    /** Columns before the directories'. */
    static final int COLUMNS = 4;

    /** Bytes of a letter by its number: backslash, u, four hex digits. */
    private static final int ESCAPE = 6;

    private static final int BUFFER = 1 << 18;
    private static final int LONGEST_LINE = 1 << 28;

    private final Iterator<TextChunk> chunks;
    private final Configuration hadoop;
    private final List<CsvColumn.OfPath> partitions;
    private final JsonNames names;
    private final int longestLine;
    private final GenericInternalRow row;

    private @Nullable TextChunk chunk;
    private @Nullable InputStream stream;
    private byte[] buffer = new byte[BUFFER];
    private long base;
    private int begin;
    private int limit;
    private boolean over;

    /**
     * The lines of chunks.
     *
     * @param asked names of columns that are asked for; the fields of a line may have others, but none that differ by
     *     case only
     */
    public JsonLineRows(
            List<TextChunk> chunks, List<CsvColumn.OfPath> partitions, List<String> asked, Configuration hadoop) {
        this(chunks, partitions, asked, hadoop, LONGEST_LINE);
    }

    /** @param longestLine bytes that a line has at most */
    JsonLineRows(
            List<TextChunk> chunks,
            List<CsvColumn.OfPath> partitions,
            List<String> asked,
            Configuration hadoop,
            int longestLine) {
        this(
                chunks,
                partitions,
                new JsonNames(asked),
                hadoop,
                longestLine,
                new GenericInternalRow(new Object[COLUMNS + partitions.size()]));
    }

    private JsonLineRows(
            List<TextChunk> chunks,
            List<CsvColumn.OfPath> partitions,
            JsonNames names,
            Configuration hadoop,
            int longestLine,
            GenericInternalRow row) {
        super(row);
        this.names = names;
        this.chunks = chunks.iterator();
        this.partitions = partitions;
        this.hadoop = hadoop;
        this.longestLine = longestLine;
        this.row = row;
    }

    @Override
    boolean advance() {
        while (stream != null || chunks.hasNext()) {
            TextChunk current = stream == null ? chunks.next() : Objects.requireNonNull(chunk);
            try {
                if (stream == null) {
                    open(current);
                }
                if (toNextLine(current)) {
                    return true;
                }
            } catch (BadByteException e) {
                throw TextErrors.undecodable(current.file(), e, hadoop);
            } catch (IOException e) {
                throw TextErrors.unreadable(current.file(), e);
            }
            close();
        }
        return false;
    }

    private void open(TextChunk next) throws IOException {
        chunk = next;
        stream = next.file().open(next.from(), hadoop);
        base = Math.max(next.from(), next.file().mark());
        begin = 0;
        limit = 0;
        over = false;
    }

    private boolean toNextLine(TextChunk current) throws IOException {
        while (base + begin < current.to()) {
            int end = begin;
            int high = 0;
            while (true) {
                while (end < limit && buffer[end] != '\n' && buffer[end] != '\r') {
                    high |= buffer[end];
                    end++;
                }
                if (end < limit || over) {
                    break;
                }
                int scanned = end - begin;
                fill(current);
                end = begin + scanned;
            }
            if (end == limit && begin == limit) {
                return false;
            }
            int from = begin;
            begin = Math.min(limit, end + 1);
            if (!isBlank(from, end)) {
                requireText(from, end, high);
                write(current, from, end);
                return true;
            }
        }
        return false;
    }

    private boolean isBlank(int from, int to) {
        for (int i = from; i < to; i++) {
            if (buffer[i] > ' ' || buffer[i] <= 0) {
                return false;
            }
        }
        return true;
    }

    private void requireText(int from, int to, int high) throws BadByteException {
        int bad = high < 0 ? Utf8.firstBad(buffer, from, to) : -1;
        for (int i = from; bad < 0 && i < to; i++) {
            bad = buffer[i] == 0 ? i : -1;
        }
        if (bad >= 0) {
            throw new BadByteException(base + bad, buffer[bad]);
        }
    }

    private void write(TextChunk current, int from, int to) {
        row.update(0, UTF8String.fromBytes(buffer, from, to - from));
        row.update(1, UTF8String.fromString(current.file().uri()));
        row.update(2, base + from);
        String fault = fault(from, to);
        row.update(3, fault == null ? null : UTF8String.fromString(fault));
        for (int i = 0; i < partitions.size(); i++) {
            row.update(COLUMNS + i, partitions.get(i).value(current.partitions()));
        }
    }

    // Spark takes the first object of a line, and what follows it for nothing.
    private @Nullable String fault(int from, int to) {
        int i = from;
        while (i < to && buffer[i] <= ' ' && buffer[i] > 0) {
            i++;
        }
        if (i == to || buffer[i] != '{') {
            return "must be an object, one a line, but starts otherwise";
        }
        names.begin();
        int depth = 0;
        byte quote = 0;
        int quoted = 0;
        for (; i < to; i++) {
            byte letter = buffer[i];
            if (quote != 0) {
                if (letter == '\\') {
                    int half = halfLetter(i, to);
                    if (half != 0) {
                        return String.format(
                                Locale.ROOT, "must have whole letters, but has half of one: \\u%04x", half);
                    }
                    i += isEscape(i, to) && Character.isHighSurrogate(escape(i, to)) ? ESCAPE + 1 : 1;
                } else if (letter == quote) {
                    quote = 0;
                    String fault = isName(i + 1, to) ? names.fault(buffer, quoted, i) : null;
                    if (fault != null) {
                        return fault;
                    }
                }
            } else if (letter == '"' || letter == '\'') {
                quote = letter;
                quoted = i + 1;
            } else if (letter == '{' || letter == '[') {
                depth++;
                if (letter == '{' && depth > 1) {
                    names.enter();
                }
            } else if (letter == '}' || letter == ']') {
                depth--;
                if (letter == '}') {
                    names.leave();
                }
                if (depth == 0) {
                    return isBlank(i + 1, to) ? null : "must be one object, but goes on after it";
                }
            }
        }
        // Spark says that it cannot read it.
        return null;
    }

    // Whether a text is one, by what follows it.
    private boolean isName(int after, int to) {
        int i = after;
        while (i < to && buffer[i] <= ' ' && buffer[i] > 0) {
            i++;
        }
        return i < to && buffer[i] == ':';
    }

    // Half of a surrogate pair, which is no letter by itself and which Spark makes a question mark; else 0.
    private int halfLetter(int at, int to) {
        if (!isEscape(at, to)) {
            return 0;
        }
        char letter = escape(at, to);
        if (!Character.isSurrogate(letter)) {
            return 0;
        }
        int next = at + ESCAPE;
        boolean whole =
                Character.isHighSurrogate(letter) && isEscape(next, to) && Character.isLowSurrogate(escape(next, to));
        return whole ? 0 : letter;
    }

    private boolean isEscape(int at, int to) {
        if (at + ESCAPE > to || buffer[at] != '\\' || buffer[at + 1] != 'u') {
            return false;
        }
        for (int i = at + 2; i < at + ESCAPE; i++) {
            if (Character.digit(buffer[i], 16) < 0) {
                return false;
            }
        }
        return true;
    }

    private char escape(int at, int to) {
        int letter = 0;
        for (int i = at + 2; i < Math.min(to, at + ESCAPE); i++) {
            letter = 16 * letter + Character.digit(buffer[i], 16);
        }
        return (char) letter;
    }

    private void fill(TextChunk current) throws IOException {
        if (begin > 0) {
            System.arraycopy(buffer, begin, buffer, 0, limit - begin);
            limit -= begin;
            base += begin;
            begin = 0;
        }
        if (limit == buffer.length) {
            if (buffer.length >= longestLine) {
                throw InputErrors.input(current.file() + " must have lines of at most " + longestLine
                        + " bytes, but line " + TextErrors.line(current.file(), base, hadoop) + " has more");
            }
            buffer = Arrays.copyOf(buffer, 2 * buffer.length);
        }
        int count = Objects.requireNonNull(stream).read(buffer, limit, buffer.length - limit);
        if (count < 0) {
            over = true;
        } else {
            limit += count;
        }
    }

    @Override
    void close() {
        InputStream open = stream;
        stream = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                // What has been read is right; Hadoop's streams close silently, too.
                return;
            }
        }
    }
}
