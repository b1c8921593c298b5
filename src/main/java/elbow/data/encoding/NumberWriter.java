package elbow.data.encoding;

import elbow.base.Check;
import elbow.data.table.Columns;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Numbers as columns of some type hold them. Whole ones are rounded to the nearest; one beyond what the type holds
 * becomes the nearest that it does hold.
 */
public final class NumberWriter implements Serializable {
    private static final long serialVersionUID = 1L;

    /** About as many digits as an encoded value, a float, has. */
    private static final MathContext DIGITS = new MathContext(7);

    private static final BigDecimal LONGEST = BigDecimal.valueOf(Long.MAX_VALUE);

    private enum Kind {
        DOUBLE,
        FLOAT,
        LONG,
        INT,
        SHORT,
        BYTE,
        TRUTH,
        DECIMAL,
        TEXT
    }

    private final Kind kind;
    private final boolean whole;
    private final int precision;
    private final int scale;
    private final UTF8String[] truths;

    /**
     * @param type of the column
     * @param whole whether its numbers are whole whatever its type
     * @param truths the texts of 0 and 1 in a column of texts that are truth values; empty: it has numbers
     */
    public NumberWriter(DataType type, boolean whole, List<String> truths) {
        kind = kind(type);
        this.whole = whole || Columns.isWhole(type);
        precision = type instanceof DecimalType decimal ? decimal.precision() : 0;
        scale = type instanceof DecimalType decimal ? decimal.scale() : 0;
        Check.argument(truths.isEmpty() || truths.size() == 2, "truths", "be none or two", truths);
        this.truths = truths.stream().map(UTF8String::fromString).toArray(UTF8String[]::new);
    }

    /** Whether columns of this type can hold numbers. */
    static boolean writes(DataType type) {
        return type instanceof StringType
                || type instanceof org.apache.spark.sql.types.NumericType
                || type instanceof BooleanType;
    }

    private static Kind kind(DataType type) {
        if (type instanceof DoubleType) {
            return Kind.DOUBLE;
        } else if (type instanceof FloatType) {
            return Kind.FLOAT;
        } else if (type instanceof LongType) {
            return Kind.LONG;
        } else if (type instanceof IntegerType) {
            return Kind.INT;
        } else if (type instanceof ShortType) {
            return Kind.SHORT;
        } else if (type instanceof ByteType) {
            return Kind.BYTE;
        } else if (type instanceof BooleanType) {
            return Kind.TRUTH;
        } else if (type instanceof DecimalType) {
            return Kind.DECIMAL;
        }
        Check.argument(type instanceof StringType, "type", "be one of numbers, truth values or text", type);
        return Kind.TEXT;
    }

    /** The number, which must be one, as Spark holds it inside a row; infinity as the largest that the type holds. */
    Object write(double number) {
        double finite = Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, number));
        double value = whole ? Math.rint(finite) + 0.0 : finite;
        return switch (kind) {
            case DOUBLE -> value;
            case FLOAT -> (float) Math.max(-Float.MAX_VALUE, Math.min(Float.MAX_VALUE, value));
            // Java's casts of doubles end at the limits of the type.
            case LONG -> (long) value;
            case INT -> (int) value;
            case SHORT -> (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, value));
            case BYTE -> (byte) Math.max(Byte.MIN_VALUE, Math.min(Byte.MAX_VALUE, value));
            case TRUTH -> value >= 0.5;
            case DECIMAL -> decimal(new BigDecimal(value));
            case TEXT -> text(value);
        };
    }

    /** As {@link #write(double)}, with all digits that the type holds: a 64-bit integer has more than a double. */
    Object write(BigDecimal number) {
        return switch (kind) {
            case LONG ->
                number.setScale(0, RoundingMode.HALF_EVEN)
                        .min(LONGEST)
                        .max(LONGEST.negate())
                        .longValue();
            case DECIMAL -> decimal(number);
            default -> write(number.doubleValue());
        };
    }

    private Decimal decimal(BigDecimal value) {
        BigDecimal most =
                BigDecimal.ONE.movePointRight(precision - scale).subtract(BigDecimal.ONE.movePointLeft(scale));
        BigDecimal rounded = value.setScale(scale, RoundingMode.HALF_EVEN);
        return Decimal.apply(rounded.min(most).max(most.negate()), precision, scale);
    }

    private UTF8String text(double value) {
        if (truths.length > 0) {
            return truths[value >= 0.5 ? 1 : 0];
        }
        if (whole && Math.abs(value) < 0x1p53) {
            return UTF8String.fromString(Long.toString((long) value));
        }
        BigDecimal rounded = new BigDecimal(value).round(DIGITS).stripTrailingZeros();
        boolean plain =
                rounded.signum() == 0 || Math.abs(rounded.precision() - rounded.scale()) <= DIGITS.getPrecision();
        return UTF8String.fromString(plain ? rounded.toPlainString() : rounded.toString());
    }
}
