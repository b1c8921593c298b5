package elbow.lake;

import elbow.base.SqlText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The columns of a table against those of rows that are to be written to it. Names are compared as Spark does. */
final class SinkColumns {
    private SinkColumns() {}

    /** Where rows and table differ, in words; none if the table can take the rows and loses nothing of them. */
    static List<String> faults(StructType rows, StructType table) {
        Map<String, StructField> known = byName(table);
        List<String> faults = new ArrayList<>();
        List<String> unknown = Arrays.stream(rows.fields())
                .map(StructField::name)
                .filter(name -> !known.containsKey(key(name)))
                .toList();
        if (!unknown.isEmpty()) {
            faults.add("it lacks " + String.join(", ", unknown));
        }
        Map<String, StructField> written = byName(rows);
        List<String> absent = Arrays.stream(table.fields())
                .map(StructField::name)
                .filter(name -> !written.containsKey(key(name)))
                .toList();
        if (!absent.isEmpty()) {
            faults.add("it has " + String.join(", ", absent) + ", which are not written");
        }
        for (StructField field : rows.fields()) {
            StructField other = known.get(key(field.name()));
            if (other != null && !fits(field.dataType(), other.dataType())) {
                faults.add(field.name() + " is " + other.dataType().simpleString() + " there and "
                        + field.dataType().simpleString() + " here");
            }
        }
        return faults;
    }

    private static boolean fits(DataType from, DataType to) {
        // Iceberg has no numbers of 8 and 16 bits.
        return from.asNullable().equals(to.asNullable())
                || (from instanceof NumericType
                        && to instanceof NumericType
                        && Cast.canUpCast(from, to)
                        && !losesDigits(from, to));
    }

    // What Spark takes for an upcast all the same: 2^53 + 1 is no double, 2^24 + 1 no float.
    private static boolean losesDigits(DataType from, DataType to) {
        return (from instanceof LongType && (to instanceof FloatType || to instanceof DoubleType))
                || (from instanceof IntegerType && to instanceof FloatType);
    }

    /** The rows with the table's columns in its order, of its types. */
    static Dataset<Row> ordered(Dataset<Row> rows, StructType table) {
        Map<String, StructField> written = byName(rows.schema());
        return rows.select(Arrays.stream(table.fields())
                .map(field -> functions
                        .col(SqlText.name(Objects.requireNonNull(written.get(key(field.name())), field.name())
                                .name()))
                        .cast(field.dataType())
                        .as(field.name()))
                .toArray(Column[]::new));
    }

    /** The same columns without what marks them for Spark, all of which may be null. */
    static StructType plain(StructType schema) {
        return new StructType(Arrays.stream(schema.fields())
                .map(field -> new StructField(field.name(), field.dataType().asNullable(), true, Metadata.empty()))
                .toArray(StructField[]::new));
    }

    /** The condition that columns have these values, in SQL. */
    static String equal(Map<String, Object> values) {
        return values.entrySet().stream()
                .map(value -> SqlText.name(value.getKey()) + " = "
                        + SqlText.literal(value.getValue().toString()))
                .collect(Collectors.joining(" AND "));
    }

    private static Map<String, StructField> byName(StructType schema) {
        Map<String, StructField> fields = new HashMap<>();
        for (StructField field : schema.fields()) {
            fields.put(key(field.name()), field);
        }
        return fields;
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
