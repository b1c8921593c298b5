package elbow.data.text;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hadoop.conf.Configuration;

/**
 * Where a CSV file can be cut, so that several tasks read it: at a line from which on a window of the file is rows of
 * the right number of values. Within a quoted value that runs over many lines, such lines would be a mistake; the task
 * that reads up to the cut would find that its last row ends elsewhere, and says so. So nothing is looked through
 * beforehand but one window for each cut, and no row is read wrongly.
 */
public final class CsvCuts implements TextChunks.Cutter {
    private static final int WINDOW = 1 << 16;
    private static final int LARGEST_WINDOW = 1 << 23;
    private static final int LEAST_ROWS = 3;

    private final CsvFormat format;
    private final Configuration hadoop;

    public CsvCuts(CsvFormat format, Configuration hadoop) {
        this.format = format;
        this.hadoop = hadoop;
    }

    @Override
    public long cut(TextFile file, long offset) throws IOException {
        for (int size = WINDOW; size <= LARGEST_WINDOW; size *= 8) {
            byte[] window;
            try (InputStream stream = file.open(offset, hadoop)) {
                window = stream.readNBytes(size);
            }
            int start = afterLine(window);
            if (start > 0 && start < window.length && isRows(window, start, offset)) {
                return offset + start;
            }
            if (window.length < size) {
                return -1;
            }
        }
        return -1;
    }

    // The byte after the first line end; 0 if there is none.
    private static int afterLine(byte[] window) {
        for (int i = 0; i + 1 < window.length; i++) {
            if (window[i] == '\n') {
                return i + 1;
            }
            if (window[i] == '\r') {
                return window[i + 1] == '\n' ? i + 2 : i + 1;
            }
        }
        return 0;
    }

    private boolean isRows(byte[] window, int start, long offset) {
        int rows = 0;
        boolean quotes = false;
        InputStream bytes = new ByteArrayInputStream(window, start, window.length - start);
        try (CsvParser parser = new CsvParser(bytes, offset + start, format.delimiter(), format.comment())) {
            while (parser.next()) {
                // The last one is cut off, most likely.
                if (parser.end() >= offset + window.length) {
                    break;
                }
                if (parser.fault() != null || parser.size() != format.names().size()) {
                    return false;
                }
                quotes |= parser.record().indexOf('"') >= 0;
                rows++;
            }
        } catch (IOException e) {
            // A quoted value that does not end within the window, or bytes of half a letter at its end.
            return rows >= LEAST_ROWS && !quotes;
        }
        return rows >= LEAST_ROWS;
    }
}
