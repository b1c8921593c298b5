package elbow.data.table;

import elbow.data.image.SparkImages;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.util.DateTimeUtils;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** The fields of a row as users see it. */
public final class ExternalFields implements RowFields {
    private static final double NANOSECOND = 1e-9;
    private static final double MICROS = 1e6;
    private static final double SECONDS_PER_DAY = 86_400;

    private Row row = Row.empty();

    /** The same fields of another row. */
    public ExternalFields of(Row next) {
        row = next;
        return this;
    }

    @Override
    public double number(int field) {
        Object value = row.get(field);
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        return value instanceof Boolean truth ? (truth ? 1 : 0) : Double.NaN;
    }

    @Override
    public long whole(int field) {
        return row.get(field) instanceof Number number ? number.longValue() : 0;
    }

    @Override
    public @Nullable UTF8String text(int field) {
        Object value = row.get(field);
        return value == null ? null : UTF8String.fromString(value.toString());
    }

    @Override
    public double seconds(int field) {
        Object value = row.get(field);
        if (value instanceof Timestamp timestamp) {
            // As Spark takes it back: before 1582 a timestamp of Java's counts days by the Julian calendar.
            return DateTimeUtils.fromJavaTimestamp(timestamp) / MICROS;
        } else if (value instanceof Instant instant) {
            return seconds(instant);
        } else if (value instanceof LocalDateTime time) {
            return seconds(time.toInstant(ZoneOffset.UTC));
        } else if (value instanceof Date date) {
            return DateTimeUtils.fromJavaDate(date) * SECONDS_PER_DAY;
        } else if (value instanceof LocalDate date) {
            return seconds(date.atStartOfDay().toInstant(ZoneOffset.UTC));
        }
        return Double.NaN;
    }

    @Override
    public byte @Nullable [] bytes(int field) {
        Object value = row.get(field);
        if (value instanceof Row image) {
            return SparkImages.bytes(image);
        }
        return (byte[]) value;
    }

    private static double seconds(Instant instant) {
        return instant.getEpochSecond() + instant.getNano() * NANOSECOND;
    }
}
