package elbow.data.source;

import elbow.data.listing.InputFiles;
import elbow.data.table.InputErrors;
import elbow.data.table.NumberText;
import java.io.Serializable;
import java.net.URI;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.functions;
import org.jspecify.annotations.Nullable;

/**
 * Looks through LIBSVM files for their largest index, as Spark's own reader does that is not told it; and for lines
 * that are no rows. Spark takes 1d and 0x1p3 for numbers and 1:2:3 for a pair, and says of what it refuses neither what
 * it must be nor the file.
 */
final class LibsvmScan {
    private static final String NOT_A_NUMBER = "NaN";
    private static final char COMMENT = '#';
    private static final int LONGEST_INDEX = 10;

    private LibsvmScan() {}

    /**
     * The largest index in the files; 0 if no row has one.
     *
     * @throws elbow.base.ElbowException of category INPUT if a line is neither a row, nor empty, nor a comment: names
     *     file, rule and line
     */
    static int largestIndex(SparkSession spark, InputFiles input) {
        Dataset<Row> lines = spark.read()
                .format("text")
                .options(SparkFormats.strict())
                .option("recursiveFileLookup", true)
                .option("__globPaths__", false)
                .load(input.paths())
                .select(functions.col("value"), functions.input_file_name());
        List<Part> parts = lines.queryExecution()
                .toRdd()
                .toJavaRDD()
                .mapPartitions(rows -> List.of(Part.of(rows)).iterator())
                .collect();
        for (Part part : parts) {
            if (part.fault != null) {
                throw InputErrors.input("LIBSVM file " + new Path(URI.create(part.file)) + ": " + part.fault);
            }
        }
        return parts.stream()
                .map(part -> part.largest)
                .max(Comparator.naturalOrder())
                .orElse(0);
    }

    /** What is found in one part of the files, up to its first fault. No record: Spark's Kryo cannot write records. */
    private static final class Part implements Serializable {
        private static final long serialVersionUID = 1L;

        private int largest;
        private @Nullable String fault;
        private String file = "";

        static Part of(Iterator<InternalRow> rows) {
            Part part = new Part();
            while (rows.hasNext() && part.fault == null) {
                InternalRow row = rows.next();
                part.add(row.getUTF8String(0).toString().trim());
                if (part.fault != null) {
                    part.file = row.getUTF8String(1).toString();
                }
            }
            return part;
        }

        private void add(String line) {
            if (line.isEmpty() || line.charAt(0) == COMMENT) {
                return;
            }
            int end = end(line, 0);
            String label = line.substring(0, end);
            if (!isNumber(label)) {
                fault = "a row must begin with a number, its label, and blanks must part what it has, but one begins"
                        + " with "
                        + InputErrors.quote(label) + ": " + InputErrors.quote(line);
                return;
            }
            int former = 0;
            for (int from = end + 1; from < line.length() && fault == null; from = end + 1) {
                end = end(line, from);
                if (end > from) {
                    int index = index(line, from, end);
                    if (index > former) {
                        former = index;
                    } else {
                        fault = fault(line, line.substring(from, end));
                    }
                }
            }
            largest = Math.max(largest, former);
        }

        private static String fault(String line, String found) {
            String what = found.charAt(0) == COMMENT
                    ? ": a comment is a line of its own, remove those behind rows"
                    : ": " + InputErrors.quote(line);
            return "behind its label a row must have index:value pairs, indices being whole numbers from 1 on that"
                    + " ascend and values numbers, but one has " + InputErrors.quote(found) + what;
        }

        private static int end(String line, int from) {
            int end = line.indexOf(' ', from);
            return end < 0 ? line.length() : end;
        }

        /** The index of a pair; 0 if it is none. */
        private static int index(String line, int from, int end) {
            int colon = line.indexOf(':', from);
            if (colon < 0
                    || colon >= end
                    || colon - from > LONGEST_INDEX
                    || !isNumber(line.substring(colon + 1, end))) {
                return 0;
            }
            long index = 0;
            for (int i = from; i < colon; i++) {
                char digit = line.charAt(i);
                if (digit < '0' || digit > '9') {
                    return 0;
                }
                index = 10 * index + (digit - '0');
            }
            return index > Integer.MAX_VALUE ? 0 : (int) index;
        }

        private static boolean isNumber(String text) {
            double number = NumberText.parse(text);
            return text.equals(NOT_A_NUMBER) || Double.isFinite(number);
        }
    }
}
