package elbow.job.run;

import elbow.base.Configuration;
import elbow.base.Parameter;
import elbow.data.infer.FeatureSettings;
import elbow.data.rows.RowFilter;
import elbow.data.source.DataReader;
import elbow.data.source.ReadRequest;
import elbow.data.source.RowsInFiles;
import elbow.data.table.Columns;
import elbow.data.table.Label;
import elbow.fit.RowSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The rows that the options of {@code train} name.
 *
 * @param normalOnly only rows with this value, without the column; empty: all
 * @param label only rows that it calls normal, without its column; empty: all
 * @param anomalies only rows without this value, without the column; empty: all
 */
record InputRows(
        SparkSession spark,
        ReadRequest request,
        Optional<ColumnValue> normalOnly,
        Optional<Label> label,
        Optional<ColumnValue> anomalies)
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
        return normalOnly.isPresent() || label.isPresent() || anomalies.isPresent()
                ? OptionalLong.empty()
                : RowsInFiles.of(spark, request);
    }

    private Dataset<Row> read(ReadRequest asked) {
        Dataset<Row> all = DataReader.read(spark, asked);
        anomalies.ifPresent(known -> requireColumn(Parameter.ANOMALIES, known.column(), all));
        label.ifPresent(found -> requireColumn(Parameter.LABEL, found.column(), all));
        normalOnly.ifPresent(normal -> requireColumn(Parameter.NORMAL_ONLY, normal.column(), all));
        Dataset<Row> others = anomalies
                .map(known -> RowFilter.others(all, Parameter.ANOMALIES, known.column(), known.value()))
                .orElse(all);
        label.ifPresent(found -> RowFilter.requireBoth(all, found));
        Dataset<Row> chosen = label.map(found -> RowFilter.withoutAnomalies(others, found))
                .or(() -> normalOnly.map(
                        normal -> RowFilter.only(others, Parameter.NORMAL_ONLY, normal.column(), normal.value())))
                .orElse(others);
        return withoutOwn(chosen);
    }

    // The options hold for the rows to validate on as for the input: the message says which of them lacks the column.
    private void requireColumn(Parameter option, String column, Dataset<Row> all) {
        Columns.requireKnownIn(String.join(", ", request.inputs()), option, column, all.schema());
    }

    private Dataset<Row> readAnomalies(ReadRequest asked, ColumnValue known) {
        Dataset<Row> all = DataReader.read(spark, asked);
        return withoutOwn(RowFilter.having(all, Parameter.ANOMALIES, known.column(), known.value()));
    }

    // Columns that are not there any more stay away.
    private Dataset<Row> withoutOwn(Dataset<Row> rows) {
        Dataset<Row> left = rows;
        for (Optional<String> column : List.of(
                anomalies.map(ColumnValue::column), normalOnly.map(ColumnValue::column), label.map(Label::column))) {
            left = column.isPresent() ? left.drop(Columns.column(column.get())) : left;
        }
        return left;
    }

    /**
     * The known anomalies, of the input and of the rows to validate on.
     *
     * @param known the value that they have
     * @param held rows to validate on; empty: none of their own
     */
    record Anomalies(InputRows input, Optional<InputRows> held, ColumnValue known) implements RowSource {
        @Override
        public Dataset<Row> rows() {
            return both(rows -> rows.readAnomalies(rows.request, known));
        }

        @Override
        public Dataset<Row> marked() {
            return both(rows -> rows.readAnomalies(rows.request.markingBadRows(), known));
        }

        private Dataset<Row> both(Function<InputRows, Dataset<Row>> read) {
            Dataset<Row> ofInput = read.apply(input);
            // Columns that only one of them has are no features.
            return held.map(rows -> ofInput.unionByName(read.apply(rows), true)).orElse(ofInput);
        }

        @Override
        public boolean isCheap() {
            return input.isCheap() && held.map(InputRows::isCheap).orElse(true);
        }
    }
}
