package elbow.job.use;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.base.Parameter;
import elbow.data.rows.AllRows;
import elbow.data.source.RowsInFiles;
import elbow.data.table.Columns;
import elbow.files.OutputDirectory;
import elbow.job.run.ScoreRequest.OutputFormat;
import elbow.job.run.TableFiles;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.AtomicType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.StructField;

/** The directory that a run writes a table to, which appears whole or not at all. */
final class TableOutput {
    /** What Spark's writer leaves when it is through. */
    static final String SUCCESS = "_SUCCESS";

    /** The picture beside a table of images; readers of tables pass over names that begin so. */
    static final String GRID = "_grid.png";

    private static final String ROWS = "rows";

    private final OutputDirectory directory;
    private final OutputFormat format;

    /** @throws ElbowException of category USAGE if nothing can be written there */
    TableOutput(TableRequest request, Configuration hadoop) {
        directory = new OutputDirectory(Parameter.OUTPUT.name(), request.uri(), SUCCESS, request.ifExists(), hadoop);
        format = request.format();
    }

    OutputDirectory directory() {
        return directory;
    }

    Path path() {
        return directory.path();
    }

    /**
     * Writes a table to where it is staged.
     *
     * @return its rows
     * @throws ElbowException of category USAGE if the format cannot hold a column
     */
    long write(Dataset<Row> table) {
        Dataset<Row> fit = format == OutputFormat.CSV ? flat(table) : table;
        Observation observation = new Observation(ROWS);
        Dataset<Row> observed =
                fit.observe(observation, functions.count(functions.lit(1)).as(ROWS));
        TableFiles.write(observed, format, directory.staging().toString());
        long rows = count(observation);
        if (format == OutputFormat.PARQUET) {
            AllRows.requireWritten(
                    directory.path().toString(), rows, RowsInFiles.written(table.sparkSession(), directory.staging()));
        }
        return rows;
    }

    private static long count(Observation observation) {
        try {
            return ((Number) Objects.requireNonNull(observation.getAsJava().get(ROWS), ROWS)).longValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the rows were counted", e);
        }
    }

    // A field of CSV holds no array: its JSON does.
    private static Dataset<Row> flat(Dataset<Row> table) {
        Dataset<Row> flat = table;
        for (StructField field : table.schema().fields()) {
            boolean array = field.dataType() instanceof ArrayType;
            if (!array && (!(field.dataType() instanceof AtomicType) || field.dataType() instanceof BinaryType)) {
                throw new ElbowException(
                        ErrorCategory.USAGE,
                        "--output-format must be one that holds all columns, but csv holds none of type "
                                + field.dataType().typeName() + ", as " + field.name() + " is: choose parquet or json");
            }
            if (array) {
                Column column = Columns.column(field.name());
                flat = flat.withColumn(field.name(), functions.to_json(column));
            }
        }
        return flat;
    }
}
