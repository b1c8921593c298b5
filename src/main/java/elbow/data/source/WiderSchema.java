package elbow.data.source;

import elbow.data.table.InputErrors;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegralType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** A schema that holds the columns of several: numbers of different widths as the wider ones. */
final class WiderSchema {
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
