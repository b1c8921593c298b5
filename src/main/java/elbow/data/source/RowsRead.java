package elbow.data.source;

import elbow.data.table.InputErrors;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.SparkSession;

/**
 * How many rows the readers of a request have given, counted where they give them and without another pass: to be held
 * against how many were used. Each scan counts for itself, part by part, and a part once it has been read to its end:
 * so tasks that run again, and scans that stop early, change nothing.
 */
public final class RowsRead {
    /** Where a micro-batch of a stream has its number, in the local properties of its tasks. */
    private static final String MICRO_BATCH = "streaming.sql.batchId";

    private final PartCounts<PartOfScan> scans = new PartCounts<>();
    private final PartCounts<ArrivedFile> arrived = new PartCounts<>();
    private final List<Integer> parts = new ArrayList<>();

    /** Of a request that {@link ReadRequest#countedBy} is given it. */
    public RowsRead(SparkSession spark) {
        spark.sparkContext().register(scans);
        spark.sparkContext().register(arrived);
    }

    /** A part of the rows, in one of several scans of them. */
    private record PartOfScan(int scan, int part) implements Serializable {}

    /** A file of a micro-batch. */
    private record ArrivedFile(long microBatch, String path) implements Serializable {}

    /** Counts the rows of files of a stream, in its tasks. */
    interface OfFile extends Serializable {
        <T> Iterator<T> counted(String path, Iterator<T> rows);
    }

    /**
     * What a micro-batch of a stream has read.
     *
     * @param files to their ends
     * @param rows of these
     */
    record MicroBatch(long files, long rows) {}

    /** The same rows, counted as a scan of their own. */
    synchronized <T> JavaRDD<T> counted(JavaRDD<T> rows) {
        int scan = parts.size();
        parts.add(rows.getNumPartitions());
        PartCounts<PartOfScan> ofTasks = scans;
        return rows.mapPartitionsWithIndex((part, given) -> ofTasks.counting(new PartOfScan(scan, part), given), true);
    }

    /** Counts the rows of a stream's files. */
    OfFile ofFiles() {
        return new OfFiles(arrived);
    }

    private record OfFiles(PartCounts<ArrivedFile> counts) implements OfFile {
        @Override
        public <T> Iterator<T> counted(String path, Iterator<T> rows) {
            String microBatch = TaskContext.get().getLocalProperty(MICRO_BATCH);
            return counts.counting(new ArrivedFile(Long.parseLong(microBatch), path), rows);
        }
    }

    /** What was read in a micro-batch, once: it is forgotten. */
    MicroBatch take(long microBatch) {
        long files = 0;
        long rows = 0;
        for (ArrivedFile file : List.copyOf(arrived.value().keySet())) {
            if (file.microBatch() == microBatch) {
                long ofFile = Objects.requireNonNull(arrived.value().remove(file), file.path());
                requireSame(ofFile >= 0, "other rows when " + file.path() + " was read again");
                files++;
                rows += ofFile;
            }
        }
        return new MicroBatch(files, rows);
    }

    /**
     * The rows that a whole scan has given, bad ones included.
     *
     * @return empty if none has come to its end
     * @throws elbow.base.ElbowException of category INPUT if there are others each time
     */
    public synchronized OptionalLong total() {
        OptionalLong total = OptionalLong.empty();
        for (int scan = 0; scan < parts.size(); scan++) {
            OptionalLong rows = ofScan(scan);
            if (rows.isPresent()) {
                requireSame(
                        total.isEmpty() || total.getAsLong() == rows.getAsLong(),
                        total.orElse(0) + " rows when it was read first and " + rows.getAsLong()
                                + " when it was read again");
                total = rows;
            }
        }
        return total;
    }

    private OptionalLong ofScan(int scan) {
        long rows = 0;
        for (int part = 0; part < parts.get(scan); part++) {
            Long ofPart = scans.value().get(new PartOfScan(scan, part));
            if (ofPart == null) {
                return OptionalLong.empty();
            }
            requireSame(ofPart >= 0, "other rows when a part of it was read again");
            rows += ofPart;
        }
        return OptionalLong.of(rows);
    }

    private static void requireSame(boolean same, String found) {
        if (!same) {
            throw InputErrors.input("the input must stay as it is while it is read, but gave " + found
                    + ": run again when nobody writes there");
        }
    }
}
