package elbow.data.rows;

import elbow.data.table.Columns;
import elbow.spark.SparkColumns;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataTypes;

/** Numbers without their powers of two. */
public final class Significand {
    private static final long EXPONENT = 0x7FF0000000000000L;
    private static final long ONE = 0x3FF0000000000000L;

    private Significand() {}

    /**
     * Those of a column, as double; what is missing stays so. A function of users would box every number on its way: in
     * a wide table that takes more than twice as long as all else.
     */
    static Column of(String column) {
        Column number = Columns.column(column).cast(DataTypes.DoubleType);
        return SparkColumns.call(Significand.class, "of", DataTypes.DoubleType, number);
    }

    /**
     * A number without its power of two: the same whatever power of two the number is multiplied by, to the bit. Public
     * for the code that Spark generates.
     *
     * @return of the number's sign, from 1 to 2 by its amount; what is 0, infinite or no number, as it is
     */
    public static double of(double number) {
        long bits = Double.doubleToRawLongBits(number);
        long exponent = bits & EXPONENT;
        if (number == 0 || exponent == EXPONENT) {
            return number;
        }
        // Subnormal numbers have their exponent in their leading zeros.
        long normal = exponent == 0 ? Double.doubleToRawLongBits(number * 0x1p54) : bits;
        return Double.longBitsToDouble((normal & ~EXPONENT) | ONE);
    }
}
