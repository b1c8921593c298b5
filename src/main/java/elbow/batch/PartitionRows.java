package elbow.batch;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.batch.BatchSettings.BadRowPolicy;
import elbow.data.feature.FeatureEncoder;
import elbow.data.rows.AllRows;
import elbow.data.rows.BadRows;
import elbow.data.rows.SetAside;
import elbow.data.source.DataReader;
import elbow.data.source.KnownColumns;
import elbow.data.source.ReadRequest;
import elbow.data.source.RowsInFiles;
import elbow.data.source.RowsRead;
import elbow.failure.KnownFailures;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.Function;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The rows of a partition, read as a model's encoder needs them. */
final class PartitionRows {
    private final SparkSession spark;
    private final ReadRequest request;
    private final FeatureEncoder encoder;
    private final KnownColumns known;
    private final BadRowPolicy badRows;
    private final OptionalLong counted;

    /**
     * @param counted how many rows there are, if somebody has counted them
     * @param kept columns that are repeated as the input has them
     */
    PartitionRows(
            SparkSession spark,
            ReadRequest input,
            OptionalLong counted,
            FeatureEncoder encoder,
            List<String> kept,
            BadRowPolicy badRows) {
        this.spark = spark;
        this.encoder = encoder;
        this.badRows = badRows;
        known = KnownColumns.of(encoder, kept);
        this.counted = counted;
        request = input.known(known).countedBy(new RowsRead(spark));
    }

    /** Works with the rows that are not bad; a failure over one that is says which. */
    <T> T use(Function<Dataset<Row>, T> work) {
        return guarded(() -> work.apply(
                needed(badRows == BadRowPolicy.FAIL ? DataReader.read(spark, request) : BadRows.good(marked()))));
    }

    /**
     * Writes the bad rows as Parquet, if they are to be set aside, and says how many they are.
     *
     * @param scored how many rows were not bad when they were scored
     */
    OptionalLong setAside(Path directory, long scored) {
        if (badRows == BadRowPolicy.FAIL) {
            return OptionalLong.empty();
        }
        return guarded(() -> {
            SetAside written = SetAside.write(marked(), directory.toString());
            written.requireAllUsed(scored, request.inputs());
            return OptionalLong.of(written.bad());
        });
    }

    /**
     * Requires that these are all rows of the partition.
     *
     * @param read how many were scored or set aside
     */
    void requireAllRead(long read) {
        if (counted.isPresent() && counted.getAsLong() != read) {
            throw new ElbowException(
                    ErrorCategory.INPUT,
                    String.format(
                            Locale.ROOT,
                            "table %s must give all rows that it had when they were counted, but these were %,d, and %,d were"
                                    + " used or set aside: it changes meanwhile; run again when nobody writes there",
                            request.inputs().get(0),
                            counted.getAsLong(),
                            read));
        }
        AllRows.requireRead("input " + request.inputs().get(0), RowsInFiles.of(spark, request), read);
    }

    private Dataset<Row> needed(Dataset<Row> rows) {
        encoder.check(rows.schema());
        return known.needed(rows);
    }

    private Dataset<Row> marked() {
        return BadRows.mark(DataReader.read(spark, request.markingBadRows()), encoder);
    }

    private interface Work<T> {
        T run();
    }

    private <T> T guarded(Work<T> work) {
        try {
            return work.run();
        } catch (Exception e) {
            // Spark throws checked exceptions without declaring them.
            RuntimeException failure = KnownFailures.translate(e);
            throw BadRows.located(
                    failure, () -> DataReader.read(spark, request.silently().markingBadRows()), encoder);
        }
    }
}
