package elbow.data;

import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;

/** CSV files with one header, their types inferred from every row. */
final class CsvSource {
    private static final String BAD_ROW = "elbow.badRow";

    private CsvSource() {}

    static Dataset<Row> read(SparkSession spark, InputFiles input) {
        Configuration hadoop = spark.sessionState().newHadoopConf();
        List<String> header = header(input.files(), hadoop);
        String[] paths = input.roots().stream().map(Path::toString).toArray(String[]::new);
        StructType inferred = inferred(spark, input, paths, hadoop);
        StructType schema = named(inferred, header, input.files().get(0));
        UserDefinedFunction check = functions
                .udf(new CsvRowCheck(header.size(), new SerializableConfiguration(hadoop)), DataTypes.BooleanType)
                .asNondeterministic();
        // Not deterministic, so that no optimizer rule drops or moves it: a bad row is an error whatever is asked for
        // later.
        Column bad = Columns.column(BAD_ROW);
        return reader(spark, input)
                .schema(schema.add(BAD_ROW, DataTypes.StringType))
                .option("mode", "PERMISSIVE")
                .option("columnNameOfCorruptRecord", BAD_ROW)
                .csv(paths)
                .filter(bad.isNull().or(check.apply(bad, functions.input_file_name())))
                .select(Columns.columns(List.of(schema.fieldNames())));
    }

    // Reads every row, and so meets a damaged archive; Spark does not say which file it is.
    private static StructType inferred(SparkSession spark, InputFiles input, String[] paths, Configuration hadoop) {
        try {
            return reader(spark, input).option("inferSchema", true).csv(paths).schema();
        } catch (Exception e) {
            input.files().forEach(file -> CsvLines.requireWhole(file, hadoop));
            throw InputErrors.translate(e);
        }
    }

    private static DataFrameReader reader(SparkSession spark, InputFiles input) {
        return spark.read()
                .option("header", true)
                .option("escape", "\"")
                .option("ignoreLeadingWhiteSpace", true)
                .option("ignoreTrailingWhiteSpace", true)
                .option("columnPruning", false)
                .option("recursiveFileLookup", !input.partitioned())
                .option("__globPaths__", false);
    }

    private static boolean isNumber(String name) {
        try {
            Double.parseDouble(name);
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static List<String> header(List<Path> files, Configuration hadoop) {
        Path first = files.get(0);
        List<String> header = CsvLines.header(first, hadoop);
        if (header.stream().allMatch(CsvSource::isNumber)) {
            throw InputErrors.input(
                    "CSV file " + first + " must start with a line of column names, but its first line is "
                            + InputErrors.quote(String.join(",", header)) + ": put a header above it");
        }
        Columns.requireDistinct(header, "CSV file " + first);
        for (Path file : files.subList(1, files.size())) {
            List<String> other = CsvLines.header(file, hadoop);
            if (!other.equals(header)) {
                throw InputErrors.input("the CSV files of an input must have one header, but " + first + " has "
                        + InputErrors.quote(String.join(",", header)) + " and " + file + " has "
                        + InputErrors.quote(String.join(",", other)));
            }
        }
        return header;
    }

    // Spark renames columns without a name and keeps byte-order marks; directories named NAME=VALUE add columns.
    private static StructType named(StructType inferred, List<String> header, Path file) {
        StructField[] fields = inferred.fields().clone();
        if (fields.length < header.size()) {
            throw InputErrors.input("CSV file " + file + " must have a header that reads as " + header.size()
                    + " names, but Spark reads " + fields.length);
        }
        for (int i = 0; i < header.size(); i++) {
            String name = header.get(i).isEmpty() ? fields[i].name() : header.get(i);
            fields[i] = new StructField(name, fields[i].dataType(), true, fields[i].metadata());
        }
        return new StructType(fields);
    }
}
