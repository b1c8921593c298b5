package elbow.data.encoding;

import elbow.data.table.TimeFormat;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.List;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** Points in time as columns of some type hold them: timestamps, dates, texts, or numbers that are written as texts. */
public final class TimeWriter implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final long MICROS = 1_000_000;
    private static final long SECONDS_OF_DAY = 86_400;

    private final boolean date;
    private final boolean text;
    private final @Nullable NumberWriter numbers;
    private final TimeFormat format;
    private final double unit;

    /**
     * @param type of the column
     * @param format how texts and numbers write times
     * @param unit in seconds, which divides every time
     */
    public TimeWriter(DataType type, TimeFormat format, double unit) {
        date = type instanceof DateType;
        text = type instanceof StringType;
        numbers = type instanceof NumericType ? new NumberWriter(type, false, List.of()) : null;
        this.format = format;
        this.unit = date ? SECONDS_OF_DAY : unit;
    }

    /** Of which every time is a multiple, in seconds. */
    double unit() {
        return unit;
    }

    /** The time as Spark holds it inside a row: microseconds, days, text, or a number. */
    Object write(double seconds) {
        long whole = (long) Math.floor(seconds);
        long micros = whole * MICROS + Math.round((seconds - whole) * MICROS);
        if (date) {
            return (int) Math.floorDiv(whole, SECONDS_OF_DAY);
        }
        if (numbers != null) {
            return numbers.write(new BigDecimal(format.text(micros, unit)));
        }
        return text ? UTF8String.fromString(format.text(micros, unit)) : (Object) micros;
    }
}
