package elbow.batch;

import elbow.data.source.DataFormat;
import elbow.data.source.ReadRequest;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Predicate;
import org.apache.spark.sql.SparkSession;

/** The partitions of an input: its rows, parted by date. */
interface Partitions {
    /**
     * Those that are complete, ascending by date. Of no others than those that are wanted are rows or files looked at.
     */
    List<Partition> find(Predicate<LocalDate> wanted);

    /** The partitions of a batch's input: directories, or those of a table as it is now. */
    static Partitions of(SparkSession spark, BatchSettings settings, ReadRequest input) {
        return isTable(input.format())
                ? new TablePartitions(spark, input, settings.partitionColumn())
                : new PartitionDirectories(settings, spark.sparkContext().hadoopConfiguration());
    }

    /** Whether an input is a table, and no directory. */
    static boolean isTable(DataFormat format) {
        return format == DataFormat.TABLE || format.tableFormat().isPresent();
    }
}
