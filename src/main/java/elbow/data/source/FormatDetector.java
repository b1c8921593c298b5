package elbow.data.source;

import elbow.base.Parameter;
import elbow.data.table.ImageDecoder;
import elbow.data.table.InputErrors;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Tells a file's format from its name or, where that says nothing, from its first bytes. */
final class FormatDetector {
    private static final int GZIP_MAGIC_SIZE = 2;
    private static final int SNIFFED_BYTES = 512;

    private static final Pattern LIBSVM_LINE = Pattern.compile("[-+0-9.eE]+( \\d+:[-+0-9.eE]+)+ *\\R");

    private static final Map<String, DataFormat> EXTENSIONS = Map.ofEntries(
            Map.entry("csv", DataFormat.CSV),
            Map.entry("tsv", DataFormat.CSV),
            Map.entry("json", DataFormat.JSON),
            Map.entry("jsonl", DataFormat.JSON),
            Map.entry("ndjson", DataFormat.JSON),
            Map.entry("parquet", DataFormat.PARQUET),
            Map.entry("orc", DataFormat.ORC),
            Map.entry("avro", DataFormat.AVRO),
            Map.entry("libsvm", DataFormat.LIBSVM),
            Map.entry("svm", DataFormat.LIBSVM),
            Map.entry("idx", DataFormat.IDX),
            Map.entry("png", DataFormat.IMAGE),
            Map.entry("jpg", DataFormat.IMAGE),
            Map.entry("jpeg", DataFormat.IMAGE),
            Map.entry("gif", DataFormat.IMAGE),
            Map.entry("bmp", DataFormat.IMAGE));

    private FormatDetector() {}

    /** The one format of all files. */
    static DataFormat detect(List<Path> files, Configuration hadoop) {
        Path first = files.get(0);
        DataFormat format = detect(first, hadoop);
        for (Path file : files.subList(1, files.size())) {
            DataFormat other = detect(file, hadoop);
            if (other != format) {
                throw InputErrors.input("the files of an input must have one format, but " + first + " is " + format
                        + " and " + file + " is " + other + ": name the files to read, or use a pattern such as *.csv");
            }
        }
        return format;
    }

    /** Opens a file, unpacked if it starts as gzip does. */
    static InputStream open(Path file, Configuration hadoop) throws IOException {
        BufferedInputStream stream =
                new BufferedInputStream(file.getFileSystem(hadoop).open(file), 1 << 16);
        try {
            stream.mark(GZIP_MAGIC_SIZE);
            boolean gzip = isGzip(stream);
            stream.reset();
            return gzip ? new GZIPInputStream(stream, 1 << 16) : stream;
        } catch (IOException e) {
            stream.close();
            throw e;
        }
    }

    /** Whether a file starts as gzip does. */
    static boolean isGzip(Path file, Configuration hadoop) throws IOException {
        try (InputStream stream = file.getFileSystem(hadoop).open(file)) {
            return isGzip(stream);
        }
    }

    private static boolean isGzip(InputStream stream) throws IOException {
        return stream.read() == 0x1f && stream.read() == 0x8b;
    }

    private static DataFormat detect(Path file, Configuration hadoop) {
        String name = file.getName().toLowerCase(Locale.ROOT);
        String plain = name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
        if (plain.matches(".*[-.]idx\\d-ubyte")) {
            return DataFormat.IDX;
        }
        DataFormat named = EXTENSIONS.get(plain.substring(plain.lastIndexOf('.') + 1));
        return named == null ? sniff(file, hadoop) : named;
    }

    private static DataFormat sniff(Path file, Configuration hadoop) {
        byte[] start;
        try (InputStream stream = open(file, hadoop)) {
            start = stream.readNBytes(SNIFFED_BYTES);
        } catch (EOFException | ZipException e) {
            throw InputErrors.input("file " + file + " starts as gzip does, but is damaged: " + e.getMessage());
        } catch (IOException e) {
            throw InputFiles.failed(file, e);
        }
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
                            + " must be CSV, JSON lines, Parquet, ORC, Avro, LIBSVM, IDX or an image, but neither its"
                            + " name nor its first bytes say which: give the format with ",
                    Parameter.FORMAT);
        } else if (text.stripLeading().startsWith("{")) {
            return DataFormat.JSON;
        }
        return LIBSVM_LINE.matcher(text).lookingAt() ? DataFormat.LIBSVM : DataFormat.CSV;
    }
}
