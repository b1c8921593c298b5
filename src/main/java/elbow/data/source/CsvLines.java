package elbow.data.source;

import elbow.data.table.InputErrors;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.zip.ZipException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Looks at single lines of CSV files (RFC 4180): the header, and the line of a bad row. */
final class CsvLines {
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    /** How a comment starts, in files whose first line is one. */
    static final String COMMENT = "#";

    private CsvLines() {}

    /**
     * The first lines of a file.
     *
     * @param lines that are neither blank nor comments, at least one
     * @param comments whether the first line that is not blank starts with #, and lines like it are comments
     */
    record Start(List<String> lines, boolean comments) {}

    /**
     * The first lines, at most {@code count}.
     *
     * @throws elbow.base.ElbowException of category INPUT if there is none, or the file is a damaged gzip or one by
     *     name only or by content only
     */
    static Start start(Path file, int count, Configuration hadoop) {
        requireNamedByContent(file, hadoop);
        List<String> lines = new ArrayList<>();
        boolean comments = false;
        try (BufferedReader reader = open(file, hadoop)) {
            for (String line = reader.readLine(); line != null && lines.size() < count; line = reader.readLine()) {
                String text = line.startsWith(BYTE_ORDER_MARK) ? line.substring(1) : line;
                comments |= lines.isEmpty() && text.startsWith(COMMENT);
                if (!text.isBlank() && !(comments && text.startsWith(COMMENT))) {
                    lines.add(text);
                }
            }
        } catch (IOException e) {
            throw unreadable(file, e);
        }
        if (lines.isEmpty()) {
            throw InputErrors.input("CSV file " + file + " must start with a header line, but has only blank lines"
                    + (comments ? " and comments" : ""));
        }
        return new Start(List.copyOf(lines), comments);
    }

    // Spark unpacks by name.
    private static void requireNamedByContent(Path file, Configuration hadoop) {
        boolean gzip;
        try {
            gzip = FormatDetector.isGzip(file, hadoop);
        } catch (IOException e) {
            throw InputFiles.failed(file, e);
        }
        boolean named = file.getName().toLowerCase(Locale.ROOT).endsWith(".gz");
        if (gzip != named) {
            throw InputErrors.input("CSV file " + file + " must be gzip exactly if its name ends with .gz, but "
                    + (gzip ? "is gzip" : "is not") + ": rename it");
        }
    }

    /**
     * Reads a file to its end.
     *
     * @throws elbow.base.ElbowException of category INPUT if it is a damaged gzip
     */
    static void requireWhole(Path file, Configuration hadoop) {
        try (InputStream stream = FormatDetector.open(file, hadoop)) {
            stream.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /** The number, from 1, of the first line that equals {@code text}. */
    static OptionalLong find(Path file, String text, Configuration hadoop) {
        try (BufferedReader reader = open(file, hadoop)) {
            long number = 1;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.equals(text)) {
                    return OptionalLong.of(number);
                }
                number++;
            }
            return OptionalLong.empty();
        } catch (IOException e) {
            throw InputFiles.failed(file, e);
        }
    }

    /** The values of a line, without quotes and surrounding blanks. */
    static List<String> split(String line, char delimiter) {
        List<String> values = new ArrayList<>();
        StringBuilder value = new StringBuilder();
        boolean quoted = false;
        boolean wasQuoted = false;
        for (int i = 0; i < line.length(); i++) {
            char letter = line.charAt(i);
            if (quoted && letter == '"' && i + 1 < line.length() && line.charAt(i + 1) == '"') {
                value.append(letter);
                i++;
            } else if (letter == '"' && (quoted || value.toString().isBlank())) {
                if (!quoted) {
                    value.setLength(0);
                }
                quoted = !quoted;
                wasQuoted = true;
            } else if (letter == delimiter && !quoted) {
                values.add(wasQuoted ? value.toString() : value.toString().strip());
                value.setLength(0);
                wasQuoted = false;
            } else if (quoted || !wasQuoted) {
                value.append(letter);
            }
        }
        values.add(wasQuoted ? value.toString() : value.toString().strip());
        return values;
    }

    private static RuntimeException unreadable(Path file, IOException e) {
        return e instanceof EOFException || e instanceof ZipException
                ? InputErrors.input("CSV file " + file + " must unpack as gzip, but does not: " + e.getMessage())
                : InputFiles.failed(file, e);
    }

    private static BufferedReader open(Path file, Configuration hadoop) throws IOException {
        return new BufferedReader(new InputStreamReader(FormatDetector.open(file, hadoop), StandardCharsets.UTF_8));
    }
}
