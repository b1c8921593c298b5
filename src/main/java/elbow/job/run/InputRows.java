package elbow.job.run;

import elbow.base.Configuration;
import elbow.base.Parameter;
import elbow.data.infer.FeatureSettings;
import elbow.data.rows.RowFilter;
import elbow.data.source.DataReader;
import elbow.data.source.ReadRequest;
import elbow.data.source.RowsInFiles;
import elbow.data.table.Label;
import elbow.fit.RowSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The rows that the options of {@code train} name.
 *
 * @param normalOnly only rows with this value, without the column; empty: all
 * @param label only rows that it calls normal, without its column; empty: all
 */
record InputRows(SparkSession spark, ReadRequest request, Optional<ColumnValue> normalOnly, Optional<Label> label)
        implements RowSource {
    /**
     * How rows are read that features are fitted to, or that go with such rows: columns that the settings make texts
     * are taken as they are written.
     *
     * @param ignored columns that are no features
     */
    static ReadRequest asFeatures(ReadRequest input, Configuration settings, List<String> ignored) {
        return input.texts(FeatureSettings.of(settings, ignored).texts());
    }

    @Override
    public Dataset<Row> rows() {
        return read(request);
    }

    @Override
    public Dataset<Row> marked() {
        return read(request.markingBadRows());
    }

    @Override
    public boolean isCheap() {
        return DataReader.isCheap(spark, request);
    }

    @Override
    public OptionalLong rowsInFiles() {
        return normalOnly.isPresent() || label.isPresent() ? OptionalLong.empty() : RowsInFiles.of(spark, request);
    }

    private Dataset<Row> read(ReadRequest asked) {
        Dataset<Row> all = DataReader.read(spark, asked);
        if (label.isPresent()) {
            return RowFilter.normal(all, label.get());
        }
        return normalOnly
                .map(normal -> RowFilter.only(all, Parameter.NORMAL_ONLY, normal.column(), normal.value()))
                .orElse(all);
    }
}
