package elbow.data.text;

import elbow.base.Parameter;
import elbow.data.listing.ForeignFormat;
import elbow.data.listing.Packing;
import elbow.data.table.InputErrors;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.Serializable;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;

/**
 * A file of text, read as bytes in UTF-8 whatever its packing and encoding.
 *
 * @param what it is, for messages: "CSV file"
 * @param uri where it is
 * @param packing how it is packed
 * @param encoding name of its character set
 * @param mark bytes of the byte-order mark that it starts with, which is none of the text; places count them
 */
public record TextFile(String what, String uri, Packing packing, String encoding, int mark) implements Serializable {
    public static final String UTF_8 = StandardCharsets.UTF_8.name();

    /** Enough to know any format by. */
    private static final int SNIFFED_BYTES = 512;

    /**
     * The file at {@code path}.
     *
     * @param encoding of its text; empty: UTF-8
     * @throws elbow.base.ElbowException of category INPUT if its name does not say how it is packed, or it starts as
     *     texts in another encoding do
     */
    public static TextFile of(String what, Path path, Optional<Charset> encoding, Configuration hadoop) {
        Packing packing = Packing.requireNamed(what, path, hadoop);
        TextFile file = new TextFile(
                what,
                path.toUri().toString(),
                packing,
                encoding.orElse(StandardCharsets.UTF_8).name(),
                0);
        return file.isUtf8() ? file.withMark(hadoop) : file;
    }

    Path path() {
        return new Path(URI.create(uri));
    }

    boolean isUtf8() {
        return encoding.equals(UTF_8);
    }

    /** Whether reading can start in the middle. */
    boolean isSplittable() {
        return packing == Packing.NONE && isUtf8();
    }

    /** The file from its start, without a byte-order mark. */
    InputStream open(Configuration hadoop) throws IOException {
        InputStream raw = packing.open(path(), hadoop);
        try {
            InputStream bytes = isUtf8() ? raw : new TranscodedStream(raw, Charset.forName(encoding));
            byte[] start = bytes.readNBytes(Utf8.MARK_BYTES);
            return Utf8.isMark(start, 0, start.length)
                    ? bytes
                    : new SequenceInputStream(new ByteArrayInputStream(start), bytes);
        } catch (IOException e) {
            raw.close();
            throw e;
        }
    }

    /** The file from an offset on; only if it is {@link #isSplittable}. */
    public InputStream open(long offset, Configuration hadoop) throws IOException {
        if (offset == 0) {
            return open(hadoop);
        }
        FSDataInputStream stream = path().getFileSystem(hadoop).open(path());
        stream.seek(offset);
        return stream;
    }

    /**
     * The number, from 1, of the line in which a byte stands.
     *
     * @param offset in bytes of the file, unpacked and in UTF-8
     */
    long line(long offset, Configuration hadoop) throws IOException {
        try (InputStream stream = open(hadoop)) {
            byte[] buffer = new byte[1 << 16];
            long line = 1;
            long at = mark;
            boolean carriageReturn = false;
            while (at < offset) {
                int count = stream.read(buffer, 0, (int) Math.min(buffer.length, offset - at));
                if (count < 0) {
                    break;
                }
                for (int i = 0; i < count; i++) {
                    line += buffer[i] == '\r' || (buffer[i] == '\n' && !carriageReturn) ? 1 : 0;
                    carriageReturn = buffer[i] == '\r';
                }
                at += count;
            }
            return line;
        }
    }

    @Override
    public String toString() {
        return what + " " + path();
    }

    private TextFile withMark(Configuration hadoop) {
        byte[] start;
        try (InputStream stream = packing.open(path(), hadoop)) {
            start = stream.readNBytes(SNIFFED_BYTES);
        } catch (IOException e) {
            throw TextErrors.unreadable(this, e);
        }
        ForeignFormat.requireNone(this, start);
        String hex = HexFormat.of().formatHex(start, 0, Math.min(4, start.length));
        String unicode = hex.equals("fffe0000") || hex.equals("0000feff") ? "UTF-32" : "UTF-16";
        if (unicode.equals("UTF-32") || hex.startsWith("fffe") || hex.startsWith("feff")) {
            throw InputErrors.input(
                    this + " must be UTF-8, but line 1 starts with the byte-order mark of " + unicode + " (byte 1 is 0x"
                            + hex.substring(0, 2).toUpperCase(Locale.ROOT) + "): give its encoding with ",
                    Parameter.ENCODING,
                    " " + unicode);
        }
        return new TextFile(what, uri, packing, encoding, Utf8.isMark(start, 0, start.length) ? Utf8.MARK_BYTES : 0);
    }
}
