package elbow.data.source;

import elbow.data.rows.BadRows;
import elbow.data.table.Columns;
import elbow.data.table.InputErrors;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;

/** CSV files with one header or none, their types inferred from every row. */
public final class CsvSource {
    private static final String BAD_ROW = "elbow.badRow";

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

    /**
     * The rows of all files that come to a directory, with the columns of the first one.
     *
     * @param first the first file
     * @param numbers columns that are read as text if the first file has numbers there: a later one may have the text
     *     of a missing value
     */
    static Dataset<Row> stream(
            SparkSession spark, InputFiles first, String directory, ReadRequest request, Set<String> numbers) {
        CsvSource source = new CsvSource(spark, first, request);
        StructType inferred = source.inferred();
        StructType named = source.named(inferred);
        StructType schema = new StructType(Arrays.stream(named.fields())
                .map(field -> numbers.contains(field.name()) && field.dataType() instanceof NumericType
                        ? new StructField(field.name(), DataTypes.StringType, true, field.metadata())
                        : field)
                .toArray(StructField[]::new));
        // Where Spark reads the same names as Elbow, it holds every file's header to them.
        boolean sameNames = Arrays.equals(inferred.fieldNames(), named.fieldNames());
        return source.checked(
                schema,
                spark.readStream()
                        .options(source.options())
                        .option("recursiveFileLookup", true)
                        .option("enforceSchema", !sameNames)
                        .schema(schema.add(BAD_ROW, DataTypes.StringType))
                        .csv(directory));
    }

    private Dataset<Row> read() {
        StructType schema = named(inferred());
        return checked(
                schema,
                reader().schema(schema.add(BAD_ROW, DataTypes.StringType)).csv(input.paths()));
    }

    private Dataset<Row> checked(StructType schema, Dataset<Row> rows) {
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
        return spark.read()
                .options(options())
                .option("recursiveFileLookup", !input.partitioned())
                .option("__globPaths__", false);
    }

    private Map<String, String> options() {
        Map<String, String> options = new HashMap<>();
        options.put("mode", "PERMISSIVE");
        options.put("columnNameOfCorruptRecord", BAD_ROW);
        options.put("header", Boolean.toString(header.inFiles()));
        options.put("sep", String.valueOf(header.delimiter()));
        options.put("escape", "\"");
        options.put("ignoreLeadingWhiteSpace", "true");
        options.put("ignoreTrailingWhiteSpace", "true");
        options.put("columnPruning", "false");
        if (header.comments()) {
            options.put("comment", String.valueOf(CsvLines.COMMENT));
        }
        return options;
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
            fields[i] = new StructField(name, type, true, Columns.untyped());
        }
        return new StructType(fields);
    }
}
