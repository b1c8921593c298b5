package elbow.job.use;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.base.Parameter;
import elbow.data.table.Columns;
import elbow.files.OutputDirectory;
import elbow.job.run.CsvFormulas;
import elbow.job.run.ScoreRequest.OutputFormat;
import elbow.job.run.Session;
import elbow.job.run.TableFiles;
import elbow.job.run.UnfinishedOutputs;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.AtomicType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.StructField;

/** The directory that a run writes a table to, which appears whole or not at all. */
final class TableOutput {
    /** The picture beside a table of images; readers of tables pass over names that begin so. */
    static final String GRID = "_grid.png";

    private static final String LACKING = "lacking";

    private final OutputDirectory directory;
    private final OutputFormat format;
    private final CsvFormulas formulas;

    /** @throws ElbowException of category USAGE if nothing can be written there */
    TableOutput(TableRequest request, Session session) {
        Configuration hadoop = session.spark().sparkContext().hadoopConfiguration();
        directory = new OutputDirectory(
                Parameter.OUTPUT.name(), request.uri(), OutputDirectory.SPARK_MARKER, request.ifExists(), hadoop);
        UnfinishedOutputs.warn(directory, session.console());
        format = request.format();
        formulas = request.formulas();
    }

    OutputDirectory directory() {
        return directory;
    }

    Path path() {
        return directory.path();
    }

    /**
     * What was written.
     *
     * @param rows of the table
     * @param lacking rows that have no value in a column which should be complete
     */
    record Written(long rows, long lacking) {}

    /**
     * Writes a table to where it is staged.
     *
     * @param complete columns whose values are there unless the network could not compute them
     * @throws ElbowException of category USAGE if the format cannot hold a column; of category INTERNAL if what the
     *     files have is not what was made
     */
    Written write(Dataset<Row> table, List<String> complete) {
        Dataset<Row> held = format == OutputFormat.CSV ? CsvFormulas.Tables.written(flat(table), formulas) : table;
        Column lacking = functions
                .count(functions.when(anyMissing(formulas.applied(complete)), 1))
                .as(LACKING);
        Map<String, Object> counts = TableFiles.write(held, format, directory, lacking);
        return new Written(
                TableFiles.number(counts, TableFiles.ROWS).longValue(),
                TableFiles.number(counts, LACKING).longValue());
    }

    // In halves: a chain over thousands of columns would be too deep.
    private static Column anyMissing(List<String> columns) {
        int size = columns.size();
        if (size == 0) {
            return functions.lit(false);
        }
        return size == 1
                ? Columns.column(columns.get(0)).isNull()
                : anyMissing(columns.subList(0, size / 2)).or(anyMissing(columns.subList(size / 2, size)));
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
