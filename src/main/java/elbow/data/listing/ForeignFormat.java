package elbow.data.listing;

import elbow.data.table.InputErrors;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Formats that are not read, and which a user may take for one that is, by their first bytes. */
public enum ForeignFormat {
    ZIP("a ZIP archive (.xlsx is one, too)", "504b0304", "unpack it, or save the table as CSV"),
    OFFICE("a document of an office program", "d0cf11e0a1b11ae1", "save the table as CSV"),
    XZ("packed by xz", "fd377a585a00", "unpack it, or pack it by gzip"),
    SEVEN_ZIP("a 7z archive", "377abcaf271c", "unpack it"),
    RAR("a RAR archive", "526172211a07", "unpack it"),
    LZ4("packed by lz4", "04224d18", "unpack it, or pack it by gzip"),
    SNAPPY("packed by snappy", "ff060000734e61507059", "unpack it, or pack it by gzip"),
    PACKED_TWICE("packed again inside", "1f8b", "unpack it once"),
    PDF("a PDF document", "255044462d", "give the data it was made of"),
    HDF5("an HDF5 file", "894844460d0a1a0a", "save it as Parquet"),
    NUMPY("an array of numpy", "934e554d5059", "save it as Parquet or CSV"),
    SQLITE("a database of SQLite", "53514c69746520666f726d6174203300", "save the table as CSV"),
    FEATHER("an Arrow file", "4152524f5731", "save it as Parquet");

    /** Where an archive of tar says that it is one. */
    private static final int TAR_OFFSET = 257;

    private static final String TAR = "ustar";

    private final String words;
    private final String magic;
    private final String advice;

    /** @param magic the first bytes, in hex */
    ForeignFormat(String words, String magic, String advice) {
        this.words = words;
        this.magic = magic;
        this.advice = advice;
    }

    /**
     * Requires that a file is of none of these.
     *
     * @param file for the message
     * @param start its first bytes, unpacked
     * @throws elbow.base.ElbowException of category INPUT that says what it is and what to do
     */
    public static void requireNone(Object file, byte[] start) {
        String hex = HexFormat.of().formatHex(start);
        for (ForeignFormat format : values()) {
            if (hex.startsWith(format.magic)) {
                throw refused(file, format.words, format.advice);
            }
        }
        if (new String(start, StandardCharsets.ISO_8859_1).startsWith(TAR, TAR_OFFSET)) {
            throw refused(file, "a tar archive", "unpack it");
        }
    }

    private static RuntimeException refused(Object file, String words, String advice) {
        return InputErrors.input(file + " must be of a format that is read, but is " + words + ": " + advice);
    }
}
