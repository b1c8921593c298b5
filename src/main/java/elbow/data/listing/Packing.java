package elbow.data.listing;

import com.github.luben.zstd.ZstdInputStream;
import elbow.data.table.InputErrors;
import elbow.failure.InputFailure;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.Locale;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** How a file is packed. */
public enum Packing {
    NONE("", ""),
    GZIP(".gz", "1f8b"),
    BZIP2(".bz2", "425a68"),
    ZSTD(".zst", "28b52ffd");

    private static final int BUFFER = 1 << 16;

    private final String ending;
    private final String magic;

    /** @param magic the first bytes, in hex */
    Packing(String ending, String magic) {
        this.ending = ending;
        this.magic = magic;
    }

    /** How a file's name says that it is packed. */
    static Packing named(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        for (Packing packing : values()) {
            if (packing != NONE && lower.endsWith(packing.ending)) {
                return packing;
            }
        }
        return NONE;
    }

    /** The name without the ending that says so, in lower case. */
    public static String plainName(String name) {
        return name.toLowerCase(Locale.ROOT)
                .substring(0, name.length() - named(name).ending.length());
    }

    /** How a file is packed, by its first bytes. */
    public static Packing found(Path file, Configuration hadoop) throws IOException {
        try (InputStream stream = file.getFileSystem(hadoop).open(file)) {
            byte[] start = stream.readNBytes(4);
            for (Packing packing : values()) {
                if (packing != NONE && packing.begins(start)) {
                    return packing;
                }
            }
            return NONE;
        }
    }

    /**
     * Requires that a file's name says how it is packed: whoever else reads it goes by that.
     *
     * @param what the file is, for the message: "CSV file"
     * @return how it is packed
     * @throws elbow.base.ElbowException of category INPUT if name and content differ
     */
    public static Packing requireNamed(String what, Path file, Configuration hadoop) {
        Packing found;
        try {
            found = found(file, hadoop);
        } catch (IOException e) {
            throw InputFailure.of(file.toString(), e);
        }
        Packing named = named(file.getName());
        if (found != named) {
            Packing other = found == NONE ? named : found;
            throw InputErrors.input(what + " " + file + " must be " + other.words() + " exactly if its name ends with "
                    + other.ending + ", but " + (found == NONE ? "is not" : "is " + found.words()) + ": rename it");
        }
        return found;
    }

    /** Opens a file that is packed so, unpacked. */
    public InputStream open(Path file, Configuration hadoop) throws IOException {
        InputStream stream = new BufferedInputStream(file.getFileSystem(hadoop).open(file), BUFFER);
        try {
            return switch (this) {
                case NONE -> stream;
                // Both go on with what is packed behind, and refuse what is not.
                case GZIP -> new GzipCompressorInputStream(stream, true);
                case BZIP2 -> new BZip2CompressorInputStream(stream, true);
                case ZSTD -> new ZstdInputStream(stream);
            };
        } catch (IOException e) {
            stream.close();
            throw e;
        }
    }

    /** How a name ends that says so: ".gz". */
    public String ending() {
        return ending;
    }

    /** The word: "gzip". */
    public String words() {
        return name().toLowerCase(Locale.ROOT);
    }

    private boolean begins(byte[] start) {
        return HexFormat.of().formatHex(start).startsWith(magic);
    }
}
