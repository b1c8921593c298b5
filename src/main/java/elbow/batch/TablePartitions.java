package elbow.batch;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.base.Message;
import elbow.base.SqlText;
import elbow.data.source.DataReader;
import elbow.data.source.ReadRequest;
import elbow.data.table.Columns;
import elbow.failure.KnownFailures;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Partitions of a table: the rows that have a date in a column of dates, or of texts such as 2026-11-30. They have
 * changed if other rows are there: however the table keeps them, and though it keeps them in other files, as after a
 * compaction.
 */
final class TablePartitions implements Partitions {
    private static final String DATE = "date";

    private final SparkSession spark;
    private final ReadRequest input;
    private final String column;

    /** @param input one table, of those with versions a version */
    TablePartitions(SparkSession spark, ReadRequest input, String column) {
        this.spark = spark;
        this.input = input;
        this.column = column;
    }

    /**
     * Reads the column once, and the rows of the dates that are wanted once more.
     *
     * @throws ElbowException of category INPUT if the table cannot be read or has no row; of category USAGE if it has
     *     no such column of dates
     */
    @Override
    public List<Partition> find(Predicate<LocalDate> wanted) {
        Dataset<Row> rows = DataReader.read(spark, input);
        StructField field = dateColumn(rows.schema());
        List<Row> dates =
                translated(() -> rows.select(Columns.column(field.name()).as(DATE))
                        .groupBy(DATE)
                        .count()
                        .collectAsList());
        List<Object> values = new ArrayList<>();
        long dateless = 0;
        for (Row row : dates) {
            Optional<LocalDate> date = date(row.get(0));
            if (date.isEmpty()) {
                dateless += row.getLong(1);
            } else if (wanted.test(date.get())) {
                values.add(row.get(0));
            }
        }
        if (dateless > 0) {
            input.notes()
                    .accept(Message.of(String.format(
                            Locale.ROOT,
                            "Rows of no date: %d have none in column %s, and belong to no partition",
                            dateless,
                            field.name())));
        }
        if (values.isEmpty()) {
            return List.of();
        }
        List<Partition> found = new ArrayList<>();
        for (Row row : counted(rows, field, values)) {
            LocalDate date = date(row.get(0)).orElseThrow();
            found.add(new Partition(
                    date,
                    input.where(condition(field, date)),
                    input.inputsRead().get(0) + ", " + column + "=" + date,
                    Partition.fingerprint(row.getLong(1) + "\t" + sum(row) + "\t" + row.getLong(3)),
                    OptionalLong.of(row.getLong(1))));
        }
        found.sort(Comparator.comparing(Partition::date));
        return found;
    }

    private static String sum(Row row) {
        BigDecimal sum = row.getDecimal(2);
        return sum.toBigInteger().toString();
    }

    /** Of each date its rows, and a sum of them that does not depend on their order. */
    private static List<Row> counted(Dataset<Row> rows, StructField field, List<Object> values) {
        Column hash = functions.xxhash64(hashed(rows.schema()));
        return translated(() -> rows.filter(Columns.column(field.name()).isin(values.toArray()))
                .select(Columns.column(field.name()).as(DATE), hash.as("hash"))
                .groupBy(DATE)
                .agg(
                        functions.count(functions.lit(1)),
                        functions.sum(functions.col("hash").cast(DataTypes.createDecimalType(20, 0))),
                        functions.expr("bit_xor(hash)"))
                .collectAsList());
    }

    // Where nothing stands counts for nothing in a hash: so it is hashed whether something does, too.
    private static Column[] hashed(StructType schema) {
        List<Column> columns = new ArrayList<>();
        for (StructField field : schema.fields()) {
            // Spark has no hash of maps.
            Column value = hasMap(field.dataType())
                    ? functions.to_json(functions.struct(Columns.column(field.name())))
                    : Columns.column(field.name());
            columns.add(value);
            columns.add(Columns.column(field.name()).isNull());
        }
        return columns.toArray(Column[]::new);
    }

    private static boolean hasMap(DataType type) {
        if (type instanceof StructType struct) {
            return Arrays.stream(struct.fields()).anyMatch(field -> hasMap(field.dataType()));
        }
        return type instanceof MapType || (type instanceof ArrayType array && hasMap(array.elementType()));
    }

    private StructField dateColumn(StructType schema) {
        StructField field = Arrays.stream(schema.fields())
                .filter(candidate -> candidate.name().equals(column))
                .findFirst()
                .orElseThrow(() -> usage("name a column of the table, but there is no " + Message.quote(column)
                        + " among " + String.join(", ", schema.fieldNames())));
        if (!field.dataType().equals(DataTypes.DateType) && !(field.dataType() instanceof StringType)) {
            throw usage("name a column of dates, or of texts such as 2026-11-30, but " + column + " is "
                    + field.dataType().simpleString()
                    + ": add such a column, or read a view that has it (batch.format = table)");
        }
        return field;
    }

    private static Optional<LocalDate> date(Object value) {
        if (value instanceof java.sql.Date date) {
            return Optional.of(date.toLocalDate());
        }
        if (value instanceof LocalDate date) {
            return Optional.of(date);
        }
        try {
            return value == null ? Optional.empty() : Optional.of(LocalDate.parse(value.toString()));
        } catch (DateTimeParseException e) {
            // Another kind of row, such as one that is not dated yet.
            return Optional.empty();
        }
    }

    /** The rows of a date, of those that the batch's own condition leaves. */
    private String condition(StructField field, LocalDate date) {
        String literal = (field.dataType() instanceof StringType ? "'" : "DATE'") + date + "'";
        String here = SqlText.name(field.name()) + " = " + literal;
        // A comment at its end ends with the line.
        return input.where().map(given -> "(" + given + "\n) AND " + here).orElse(here);
    }

    private static List<Row> translated(Supplier<List<Row>> work) {
        try {
            return work.get();
        } catch (Exception e) {
            // Spark throws checked exceptions without declaring them.
            throw KnownFailures.translate(e);
        }
    }

    private ElbowException usage(String rule) {
        return new ElbowException(ErrorCategory.USAGE, "batch.partition-column must " + rule);
    }
}
