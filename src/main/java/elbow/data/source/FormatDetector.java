package elbow.data.source;

import elbow.base.Parameter;
import elbow.data.image.ImageDecoder;
import elbow.data.listing.ForeignFormat;
import elbow.data.listing.Packing;
import elbow.data.table.InputErrors;
import elbow.failure.InputFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Detects a file's format from its name or, where that says nothing, from its first bytes. */
final class FormatDetector {
    private static final int SNIFFED_BYTES = 512;

    private static final Pattern LIBSVM_LINE = Pattern.compile("[-+0-9.eE]+( \\d+:[-+0-9.eE]+)+ *\\R");

    private FormatDetector() {}

    /** The one format of all files. */
    static DataFormat detect(List<Path> files, Configuration hadoop) {
        Path first = files.get(0);
        DataFormat format = detect(first, hadoop);
        for (Path file : files.subList(1, files.size())) {
            DataFormat other = detect(file, hadoop);
            if (other != format) {
                throw InputErrors.input("the files of an input must have one format, but " + first + " is "
                        + format.words() + " and " + file + " is " + other.words()
                        + ": name the files to read, or use a pattern such as *.csv");
            }
        }
        return format;
    }

    /** Whether a file's name says that it is of a format. */
    static boolean isNamed(Path file, DataFormat format) {
        return DataFormat.ofExtension(extension(Packing.plainName(file.getName())))
                .filter(named -> named == format)
                .isPresent();
    }

    private static String extension(String plainName) {
        return plainName.substring(plainName.lastIndexOf('.') + 1);
    }

    /** Opens a file, unpacked if it starts as a packed one does. */
    static InputStream open(Path file, Configuration hadoop) throws IOException {
        return Packing.found(file, hadoop).open(file, hadoop);
    }

    private static DataFormat detect(Path file, Configuration hadoop) {
        String plain = Packing.plainName(file.getName());
        if (plain.matches(".*[-.]idx\\d-ubyte")) {
            return DataFormat.IDX;
        }
        return DataFormat.ofExtension(extension(plain)).orElseGet(() -> sniff(file, hadoop));
    }

    private static DataFormat sniff(Path file, Configuration hadoop) {
        byte[] start;
        try (InputStream stream = open(file, hadoop)) {
            start = stream.readNBytes(SNIFFED_BYTES);
        } catch (IOException e) {
            throw InputFailure.isDamage(e)
                    ? InputErrors.input(
                            "file " + file + " starts as a packed one does, but is damaged: " + e.getMessage())
                    : InputFailure.of(file.toString(), e);
        }
        ForeignFormat.requireNone("file " + file, start);
        String text = new String(start, StandardCharsets.ISO_8859_1);
        if (text.startsWith("PAR1")) {
            return DataFormat.PARQUET;
        } else if (text.startsWith("ORC")) {
            return DataFormat.ORC;
        } else if (text.startsWith("Obj\u0001")) {
            return DataFormat.AVRO;
        } else if (ImageDecoder.isFile(start)) {
            return DataFormat.IMAGE;
        } else if (text.startsWith("\0\0") && start.length >= 4) {
            return DataFormat.IDX;
        } else if (text.indexOf('\0') >= 0) {
            throw InputErrors.input(
                    "file " + file
                            + " must be one of " + DataFormat.ofFiles()
                            + ", but neither its name nor its first bytes say"
                            + " which: give the format with ",
                    Parameter.FORMAT);
        } else if (text.stripLeading().startsWith("{")) {
            return DataFormat.JSON;
        }
        return LIBSVM_LINE.matcher(text).lookingAt() ? DataFormat.LIBSVM : DataFormat.CSV;
    }
}
