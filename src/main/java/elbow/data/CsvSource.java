package elbow.data;

import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;

/** CSV files with one header or none, their types inferred from every row. */
final class CsvSource {
    private static final String BAD_ROW = "elbow.badRow";
    private static final String UNTYPED = "elbow.untyped";

    private final SparkSession spark;
    private final InputFiles input;
    private final ReadRequest request;
    private final Configuration hadoop;
    private final CsvHeader header;

    private CsvSource(SparkSession spark, InputFiles input, ReadRequest request) {
        this.spark = spark;
        this.input = input;
        this.request = request;
        hadoop = spark.sessionState().newHadoopConf();
        header = CsvHeader.of(input.files(), request.csv(), hadoop);
    }

    /** The rows, with the columns of {@link BadRows#marked}. */
    static Dataset<Row> read(SparkSession spark, InputFiles input, ReadRequest request) {
        return new CsvSource(spark, input, request).read();
    }

    /** Whether a column is text only because its file says nothing of types. */
    static boolean isUntyped(StructField field) {
        return field.metadata().contains(UNTYPED);
    }

    private Dataset<Row> read() {
        StructType schema = named(inferred());
        UserDefinedFunction check = functions
                .udf(
                        new CsvRowCheck(
                                header.names().size(),
                                header.delimiter(),
                                !request.lenient(),
                                new SerializableConfiguration(hadoop)),
                        DataTypes.StringType)
                .asNondeterministic();
        Column bad = Columns.column(BAD_ROW);
        Dataset<Row> rows = reader().schema(schema.add(BAD_ROW, DataTypes.StringType))
                .option("mode", "PERMISSIVE")
                .option("columnNameOfCorruptRecord", BAD_ROW)
                .csv(input.paths());
        Column fault = check.apply(bad, functions.input_file_name());
        Column[] columns = Columns.columns(List.of(schema.fieldNames()));
        // Not deterministic, so that no optimizer rule drops or moves it: a bad row is an error whatever is asked for
        // later.
        return request.lenient()
                ? BadRows.marked(rows, columns, fault, bad)
                : rows.filter(bad.isNull().or(fault.isNull())).select(columns);
    }

    // Reads every row, and so meets a damaged archive; Spark does not say which file it is.
    private StructType inferred() {
        try {
            return reader().option("inferSchema", true).csv(input.paths()).schema();
        } catch (Exception e) {
            input.files().forEach(file -> CsvLines.requireWhole(file, hadoop));
            throw InputErrors.translate(e);
        }
    }

    private DataFrameReader reader() {
        DataFrameReader reader = spark.read()
                .option("header", header.inFiles())
                .option("sep", String.valueOf(header.delimiter()))
                .option("escape", "\"")
                .option("ignoreLeadingWhiteSpace", true)
                .option("ignoreTrailingWhiteSpace", true)
                .option("columnPruning", false)
                .option("recursiveFileLookup", !input.partitioned())
                .option("__globPaths__", false);
        return header.comments() ? reader.option("comment", CsvLines.COMMENT) : reader;
    }

    // Spark renames columns without a name and keeps byte-order marks; directories named NAME=VALUE add columns.
    private StructType named(StructType inferred) {
        List<String> names = header.names();
        StructField[] fields = inferred.fields().clone();
        if (fields.length < names.size()) {
            throw InputErrors.input("CSV file " + input.files().get(0) + " must have a header that reads as "
                    + names.size() + " names, but Spark reads " + fields.length);
        }
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i).isEmpty() ? fields[i].name() : names.get(i);
            // "007" and "7" are one number and two categories.
            DataType type = request.textColumns().contains(name) ? DataTypes.StringType : fields[i].dataType();
            Metadata untyped = new MetadataBuilder().putBoolean(UNTYPED, true).build();
            fields[i] = new StructField(name, type, true, untyped);
        }
        return new StructType(fields);
    }
}
