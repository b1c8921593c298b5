package elbow.data.source;

import elbow.data.rows.BadRows;
import elbow.data.table.Columns;
import elbow.data.table.InputErrors;
import java.net.URI;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF3;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;

/** JSON lines, their types inferred from every row. */
final class JsonSource {
    private static final String BAD_ROW = "elbow.badRow";

    private JsonSource() {}

    /** The rows; if bad ones are to be marked, with the columns of {@link BadRows#marked}. */
    static Dataset<Row> read(SparkSession spark, InputFiles input, ReadRequest request) {
        StructType schema = schema(spark, input);
        return checked(
                spark,
                request,
                schema,
                reader(spark, input)
                        .schema(schema.add(BAD_ROW, DataTypes.StringType))
                        .json(input.paths()));
    }

    /**
     * The rows of all files that come to a directory, with the fields of the first one.
     *
     * @param first the first file
     * @param numbers fields that are read as numbers of any kind if the first file has numbers there
     */
    static Dataset<Row> stream(
            SparkSession spark, InputFiles first, String directory, ReadRequest request, Set<String> numbers) {
        StructType schema = new StructType(Arrays.stream(schema(spark, first).fields())
                .map(field -> numbers.contains(field.name()) && field.dataType() instanceof NumericType
                        ? new StructField(field.name(), DataTypes.DoubleType, true, field.metadata())
                        : field)
                .toArray(StructField[]::new));
        return checked(
                spark,
                request,
                schema,
                spark.readStream()
                        .option("mode", "PERMISSIVE")
                        .option("columnNameOfCorruptRecord", BAD_ROW)
                        .option("recursiveFileLookup", true)
                        .schema(schema.add(BAD_ROW, DataTypes.StringType))
                        .json(directory));
    }

    private static StructType schema(SparkSession spark, InputFiles input) {
        StructType inferred = reader(spark, input).json(input.paths()).schema();
        StructType schema = new StructType(Arrays.stream(inferred.fields())
                .filter(field -> !field.name().equals(BAD_ROW))
                .toArray(StructField[]::new));
        if (schema.isEmpty()) {
            throw InputErrors.input("JSON file " + input.files().get(0)
                    + " must hold an object with fields in each line, but no line does");
        }
        Columns.requireDistinct(
                Arrays.asList(schema.fieldNames()), "JSON file " + input.files().get(0));
        return schema;
    }

    private static Dataset<Row> checked(SparkSession spark, ReadRequest request, StructType schema, Dataset<Row> rows) {
        SerializableConfiguration hadoop =
                new SerializableConfiguration(spark.sessionState().newHadoopConf());
        boolean lenient = request.lenient();
        // Spark refuses to look for bad rows alone: another column must be asked for, too.
        UDF3<String, String, Boolean, String> check = (row, file, unused) -> fault(row, file, lenient, hadoop);
        Column bad = Columns.column(BAD_ROW);
        Column fault = functions
                .udf(check, DataTypes.StringType)
                .asNondeterministic()
                .apply(
                        bad,
                        functions.input_file_name(),
                        Columns.column(schema.fieldNames()[0]).isNull());
        Column[] columns = Columns.columns(Arrays.asList(schema.fieldNames()));
        return lenient
                ? BadRows.marked(rows, columns, fault, bad)
                : rows.filter(bad.isNull().or(fault.isNull())).select(columns);
    }

    private static DataFrameReader reader(SparkSession spark, InputFiles input) {
        return spark.read()
                .option("mode", "PERMISSIVE")
                .option("columnNameOfCorruptRecord", BAD_ROW)
                .option("recursiveFileLookup", !input.partitioned())
                .option("__globPaths__", false);
    }

    private static @Nullable String fault(
            @Nullable String badRow, String file, boolean lenient, SerializableConfiguration hadoop) {
        if (badRow == null) {
            return null;
        }
        String fault = "must be an object with values of the types inferred for its fields, but cannot be read";
        if (lenient) {
            return "a JSON row " + fault;
        }
        Path path = new Path(URI.create(file));
        OptionalLong line = CsvLines.find(path, badRow, hadoop.value());
        throw InputErrors.input("JSON file " + path + ": the row"
                + (line.isPresent() ? " in line " + line.getAsLong() : "") + " " + fault + ": "
                + InputErrors.quote(badRow));
    }
}
