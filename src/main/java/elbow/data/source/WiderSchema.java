package elbow.data.source;

import elbow.data.table.Columns;
import elbow.data.table.InputErrors;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegralType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * A schema that holds the columns of several: numbers of different widths as the wider ones, whole numbers or decimals
 * beside others as doubles, unless one of their values is none.
 */
final class WiderSchema {
    /** Doubles have all whole numbers up to it. */
    private static final long LARGEST_WHOLE = 1L << 53;

    /** Decimals of so many digits are all different doubles. */
    private static final int DOUBLE_DIGITS = 15;

    private WiderSchema() {}

    /**
     * @param groups files by their schemas
     * @throws elbow.base.ElbowException of category INPUT if a column is of types that nothing holds; names both files
     */
    static StructType of(Map<StructType, List<Path>> groups) {
        Map<String, StructField> fields = new LinkedHashMap<>();
        Map<String, Path> firsts = new LinkedHashMap<>();
        groups.forEach((schema, files) -> {
            for (StructField field : schema.fields()) {
                StructField former = fields.get(field.name());
                if (former == null) {
                    fields.put(field.name(), field);
                    firsts.put(field.name(), files.get(0));
                    continue;
                }
                DataType wider = wider(former.dataType(), field.dataType());
                if (wider == DataTypes.NullType) {
                    throw InputErrors.input("column " + InputErrors.quote(field.name())
                            + " must have one type in all files, or numbers, but is "
                            + former.dataType().simpleString() + " in " + firsts.get(field.name()) + " and "
                            + field.dataType().simpleString() + " in " + files.get(0));
                }
                fields.put(field.name(), new StructField(field.name(), wider, true, former.metadata()));
            }
        });
        return new StructType(fields.values().toArray(StructField[]::new));
    }

    /**
     * A column of one of the files as the schema of all has it. Where that is made of doubles and the column is not,
     * rows fail whose number would become another: whole numbers beyond 2^53, decimals of more than about 15 digits.
     *
     * @param from the column in the file
     * @param to the column in the schema of all
     */
    static Column as(StructField from, StructField to) {
        Column own = Columns.column(from.name());
        Column cast = own.cast(to.dataType());
        if (!(to.dataType() instanceof DoubleType)) {
            return cast;
        }
        if (from.dataType() instanceof LongType) {
            Column kept = own.between(-LARGEST_WHOLE, LARGEST_WHOLE);
            return functions.when(own.isNull().or(kept), cast).otherwise(refused(from, "be whole numbers up to 2^53"));
        }
        if (from.dataType() instanceof DecimalType decimal && decimal.precision() > DOUBLE_DIGITS) {
            // As the shortest number that is the same double, which is how doubles are written.
            Column kept = cast.cast(decimal).equalTo(own);
            return functions
                    .when(own.isNull().or(kept), cast)
                    .otherwise(refused(from, "be numbers of 15 digits or so"));
        }
        return cast;
    }

    // Of a value that is not null: it throws.
    private static Column refused(StructField from, String rule) {
        String message = "column " + InputErrors.quote(from.name()) + " is "
                + from.dataType().simpleString()
                + " in some of the files and not so in others, so that its values must " + rule
                + " to be read as double, but one is ";
        UDF1<Object, Double> refuses = value -> {
            throw InputErrors.badValue(message + value + ": write the files with one type");
        };
        return functions.udf(refuses, DataTypes.DoubleType).apply(Columns.column(from.name()));
    }

    // Nothing: no type.
    private static DataType wider(DataType one, DataType other) {
        if (one.sameType(other)) {
            return one;
        }
        if (!(one instanceof NumericType) || !(other instanceof NumericType)) {
            return DataTypes.NullType;
        }
        if (one instanceof IntegralType && other instanceof IntegralType) {
            return one.defaultSize() >= other.defaultSize() ? one : other;
        }
        boolean floating = one instanceof FloatType
                || other instanceof FloatType
                || one instanceof DoubleType
                || other instanceof DoubleType;
        boolean decimals = one instanceof DecimalType || other instanceof DecimalType;
        return floating || decimals ? DataTypes.DoubleType : DataTypes.NullType;
    }
}
