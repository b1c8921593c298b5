package elbow.data;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Tells a file's format from its name or, where that says nothing, from its first bytes. */
final class FormatDetector {
    private static final int GZIP_MAGIC_SIZE = 2;
    private static final int SNIFFED_BYTES = 512;

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
        if (plain.endsWith(".csv")) {
            return DataFormat.CSV;
        }
        if (plain.endsWith(".parquet")) {
            return DataFormat.PARQUET;
        }
        if (plain.endsWith(".idx") || plain.matches(".*[-.]idx\\d-ubyte")) {
            return DataFormat.IDX;
        }
        return sniff(file, hadoop);
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
        if (start.length >= 4 && start[0] == 'P' && start[1] == 'A' && start[2] == 'R' && start[3] == '1') {
            return DataFormat.PARQUET;
        }
        if (start.length >= 4 && start[0] == 0 && start[1] == 0) {
            return DataFormat.IDX;
        }
        for (byte value : start) {
            if (value == 0) {
                throw InputErrors.input(
                        "file " + file + " must be CSV, Parquet or IDX, but neither its name nor its first "
                                + "bytes say which: give the format with --format");
            }
        }
        return DataFormat.CSV;
    }
}
