package elbow.data.text;

import elbow.data.table.NumberText;
import elbow.data.table.TimeFormat;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * As what all texts of a column can be held without a loss but that of how they are written. What Spark's inference
 * takes beyond that ("1d" for a number, "07:13" for a time of today, "1001-02" for a date) is text here.
 */
public enum TextKind {
    /** Of no text at all. */
    NONE,
    INT,
    LONG,
    /** Whole numbers of at most 38 digits. */
    DECIMAL,
    DOUBLE,
    BOOLEAN,
    DATE,
    TIMESTAMP,
    TEXT;

    private static final int SURELY_INT = 9;
    private static final int SURELY_LONG = 18;
    private static final int LONGEST_DECIMAL = 38;
    private static final long MICROS_PER_DAY = 86_400_000_000L;

    /** The type of Spark that holds it. */
    DataType type() {
        return switch (this) {
            case NONE, TEXT -> DataTypes.StringType;
            case INT -> DataTypes.IntegerType;
            case LONG -> DataTypes.LongType;
            case DECIMAL -> DataTypes.createDecimalType(LONGEST_DECIMAL, 0);
            case DOUBLE -> DataTypes.DoubleType;
            case BOOLEAN -> DataTypes.BooleanType;
            case DATE -> DataTypes.DateType;
            case TIMESTAMP -> DataTypes.TimestampType;
        };
    }

    boolean isNumber() {
        return this != NONE && compareTo(DOUBLE) <= 0;
    }

    /** What holds the texts of both. */
    TextKind with(TextKind other) {
        if (this == other || other == NONE) {
            return this;
        }
        if (this == NONE) {
            return other;
        }
        TextKind wider = compareTo(other) > 0 ? this : other;
        boolean numbers = wider.compareTo(DOUBLE) <= 0;
        boolean times = (this == DATE || this == TIMESTAMP) && (other == DATE || other == TIMESTAMP);
        return numbers || times ? wider : TEXT;
    }

    /** What holds a text, given as bytes in UTF-8 without blanks around them; NONE of an empty one. */
    static TextKind of(byte[] bytes, int from, int to) {
        if (from == to) {
            return NONE;
        }
        int digits = digits(bytes, from, to);
        if (digits > 0) {
            return whole(bytes, from, to, digits);
        }
        if (!Double.isNaN(NumberText.parse(bytes, from, to))) {
            return DOUBLE;
        }
        return of(new String(bytes, from, to - from, StandardCharsets.UTF_8));
    }

    /** As {@link #of}, of a text that must come back as it is written: 007 and 1.50 are TEXT. */
    static TextKind exact(byte[] bytes, int from, int to) {
        TextKind kind = of(bytes, from, to);
        Object value = switch (kind) {
            case INT, LONG, DECIMAL, BOOLEAN -> kind.value(bytes, from, to);
            default -> null;
        };
        return kind == NONE || (value != null && value.toString().equals(text(bytes, from, to))) ? kind : TEXT;
    }

    private static TextKind of(String text) {
        if (text.equalsIgnoreCase("nan")) {
            return DOUBLE;
        }
        if (!Double.isNaN(NumberText.truth(text))) {
            return BOOLEAN;
        }
        if (TimeFormat.ISO.micros(text) == TimeFormat.NONE) {
            return TEXT;
        }
        return text.indexOf(':') < 0 ? DATE : TIMESTAMP;
    }

    // How many digits a text is, but for a sign before them; 0 if it is anything else.
    private static int digits(byte[] bytes, int from, int to) {
        int first = NumberText.afterSign(bytes, from, to);
        for (int i = first; i < to; i++) {
            if (bytes[i] < '0' || bytes[i] > '9') {
                return 0;
            }
        }
        return to - first;
    }

    private static TextKind whole(byte[] bytes, int from, int to, int digits) {
        if (digits <= SURELY_INT) {
            return INT;
        }
        if (digits <= SURELY_LONG) {
            long value = wholeNumber(bytes, from, to);
            return value == (int) value ? INT : LONG;
        }
        BigDecimal number = wholeDecimal(bytes, from, to);
        if (number.unscaledValue().bitLength() < Integer.SIZE) {
            return INT;
        }
        if (number.unscaledValue().bitLength() < Long.SIZE) {
            return LONG;
        }
        return number.precision() <= LONGEST_DECIMAL ? DECIMAL : DOUBLE;
    }

    private static long wholeNumber(byte[] bytes, int from, int to) {
        int first = NumberText.afterSign(bytes, from, to);
        if (to - first > SURELY_LONG) {
            return wholeDecimal(bytes, from, to).longValueExact();
        }
        long value = 0;
        for (int i = first; i < to; i++) {
            value = 10 * value + bytes[i] - '0';
        }
        return first > from && bytes[from] != '+' ? -value : value;
    }

    private static BigDecimal wholeDecimal(byte[] bytes, int from, int to) {
        int first = NumberText.afterSign(bytes, from, to);
        BigDecimal number = new BigDecimal(new String(bytes, first, to - first, StandardCharsets.US_ASCII));
        return first > from && bytes[from] != '+' ? number.negate() : number;
    }

    /** The value of a text that this kind holds, as Spark has it inside; null of an empty text. */
    @Nullable
    Object value(byte[] bytes, int from, int to) {
        if (from == to) {
            return null;
        }
        return switch (this) {
            case INT -> (int) wholeNumber(bytes, from, to);
            case LONG -> wholeNumber(bytes, from, to);
            case DOUBLE -> NumberText.parse(bytes, from, to);
            case DECIMAL -> Decimal.apply(wholeDecimal(bytes, from, to), LONGEST_DECIMAL, 0);
            case BOOLEAN -> NumberText.truth(text(bytes, from, to)) == 1;
            case DATE -> (int) Math.floorDiv(TimeFormat.ISO.micros(text(bytes, from, to)), MICROS_PER_DAY);
            case TIMESTAMP -> TimeFormat.ISO.micros(text(bytes, from, to));
            case NONE, TEXT -> UTF8String.fromBytes(bytes, from, to - from);
        };
    }

    private static String text(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }
}
