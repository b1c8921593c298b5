package elbow.data.table;

import java.io.Serializable;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A way in which texts write points in time: a date, with or without a time of day. Known ones are numbers in some
 * order, or with the month's English name; any other is a pattern of {@link DateTimeFormatter}, or numbers that count
 * from 1970: {@code epoch-seconds}, {@code epoch-milliseconds}, {@code epoch-microseconds}, {@code epoch-nanoseconds}.
 * A time without a zone is one in UTC, a month without a day its first.
 */
public final class TimeFormat implements Serializable {
    /** In a pattern: a zone by the name of its region, such as Europe/Paris. */
    private static final char REGION = 'V';

    private static final long serialVersionUID = 1L;

    /** What {@link #micros} gives for a text that is no time of this format. */
    public static final long NONE = Long.MIN_VALUE;

    private static final double SECONDS_OF_DAY = 86_400;

    /** 2024-12-31, 2024-12-31 23:59:59, 2024-12-31T23:59:59.123Z and the like. */
    public static final TimeFormat ISO = new TimeFormat("iso", Order.YEAR_MONTH_DAY, '-');

    private static final List<TimeFormat> KNOWN = List.of(
            ISO,
            new TimeFormat("dd.MM.yyyy", Order.DAY_MONTH_YEAR, '.'),
            new TimeFormat("yyyy/MM/dd", Order.YEAR_MONTH_DAY, '/'),
            new TimeFormat("yyyy.MM.dd", Order.YEAR_MONTH_DAY, '.'),
            new TimeFormat("dd/MM/yyyy", Order.DAY_MONTH_YEAR, '/'),
            new TimeFormat("MM/dd/yyyy", Order.MONTH_DAY_YEAR, '/'),
            new TimeFormat("dd-MM-yyyy", Order.DAY_MONTH_YEAR, '-'),
            new TimeFormat("MM-dd-yyyy", Order.MONTH_DAY_YEAR, '-'),
            new TimeFormat("d MMM yyyy", Order.DAY_NAME_YEAR, ' '),
            new TimeFormat("d-MMM-yyyy", Order.DAY_NAME_YEAR, '-'),
            new TimeFormat("MMM d, yyyy", Order.NAME_DAY_YEAR, ' '));

    /** Numbers that count from 1970 in UTC, by how many digits of a second they have. */
    private static final Map<String, Integer> COUNTS =
            Map.of("epoch-seconds", 0, "epoch-milliseconds", 3, "epoch-microseconds", 6, "epoch-nanoseconds", 9);

    private static final int MICRO_DIGITS = 6;

    /** Of the years that other formats can write, and a little more. */
    private static final double LATEST_SECONDS = 2.6e11;

    private static final double LEAST_COUNT = 1e-9;

    /** In which order a date's parts stand; NAME is the month's. */
    private enum Order {
        YEAR_MONTH_DAY,
        DAY_MONTH_YEAR,
        MONTH_DAY_YEAR,
        DAY_NAME_YEAR,
        NAME_DAY_YEAR,
        COUNT,
        PATTERN
    }

    private final String pattern;
    private final Order order;
    private final char separator;
    private transient @Nullable DateTimeFormatter formatter;

    private TimeFormat(String pattern, Order order, char separator) {
        this.pattern = pattern;
        this.order = order;
        this.separator = separator;
    }

    /** The formats that are recognized in texts, those that are surer first. */
    public static List<TimeFormat> known() {
        return KNOWN;
    }

    /**
     * The format of a pattern: one of the known ones, with their times of day, or any of {@link DateTimeFormatter}.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static TimeFormat of(String pattern) {
        for (TimeFormat known : KNOWN) {
            if (known.pattern.equals(pattern)) {
                return known;
            }
        }
        if (COUNTS.containsKey(pattern)) {
            return new TimeFormat(pattern, Order.COUNT, ' ');
        }
        TimeFormat format = new TimeFormat(pattern, Order.PATTERN, ' ');
        format.formatter();
        return format;
    }

    /** The pattern, which {@link #of} takes. */
    public String pattern() {
        return pattern;
    }

    /** Microseconds from 1970 in UTC; {@link #NONE} if the text is no time of this format. */
    public long micros(String text) {
        if (order == Order.PATTERN) {
            return byPattern(text);
        }
        if (order == Order.COUNT) {
            return counted(text);
        }
        return new TimeText(text).micros(this::date);
    }

    /** Seconds from 1970 in UTC; NaN if the text is no time of this format. */
    public double seconds(String text) {
        long micros = micros(text);
        return micros == NONE ? Double.NaN : micros / 1e6;
    }

    /**
     * The text of a time, which {@link #micros} reads back; a known format has a blank between date and time of day.
     *
     * @param micros microseconds from 1970 in UTC
     * @param unit in seconds, which divides every time of the column: what follows the smallest part of it is left out
     */
    public String text(long micros, double unit) {
        if (order == Order.COUNT) {
            BigDecimal count = BigDecimal.valueOf(micros, MICRO_DIGITS).scaleByPowerOfTen(digits());
            return count.stripTrailingZeros().toPlainString();
        }
        LocalDateTime time = LocalDateTime.ofEpochSecond(
                Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000) * 1000, ZoneOffset.UTC);
        if (order == Order.PATTERN) {
            return formatter().format(time.atZone(ZoneOffset.UTC));
        }
        String date = written().format(time);
        if (unit >= SECONDS_OF_DAY) {
            return date;
        }
        String pattern = unit >= 60 ? "HH:mm" : unit >= 1 ? "HH:mm:ss" : "HH:mm:ss.SSSSSS";
        return date + " " + DateTimeFormatter.ofPattern(pattern, Locale.ROOT).format(time);
    }

    private DateTimeFormatter written() {
        if (formatter == null) {
            String date = this.equals(ISO) ? "yyyy-MM-dd" : pattern;
            formatter = DateTimeFormatter.ofPattern(date.replace('y', 'u'), Locale.ENGLISH);
        }
        return formatter;
    }

    private boolean date(TimeText text) {
        return switch (order) {
            case YEAR_MONTH_DAY ->
                text.year() && text.sign(separator) && text.month() && text.sign(separator) && text.day();
            case DAY_MONTH_YEAR ->
                text.day() && text.sign(separator) && text.month() && text.sign(separator) && text.year();
            case MONTH_DAY_YEAR ->
                text.month() && text.sign(separator) && text.day() && text.sign(separator) && text.year();
            case DAY_NAME_YEAR ->
                text.day() && text.sign(separator) && text.monthName() && text.sign(separator) && text.year();
            case NAME_DAY_YEAR ->
                text.monthName() && text.sign(' ') && text.day() && text.commaAndBlank() && text.year();
            case COUNT, PATTERN -> false;
        };
    }

    private int digits() {
        return COUNTS.getOrDefault(pattern, 0);
    }

    private long counted(String text) {
        double count = NumberText.parse(text);
        if (Double.isNaN(count) || Math.abs(count) > LATEST_SECONDS * Math.pow(10, digits())) {
            return NONE;
        }
        // Digits far behind the point are none of a microsecond, and would take long.
        return Math.abs(count) < LEAST_COUNT
                ? 0
                : new BigDecimal(text.replace('\u2212', '-'))
                        .scaleByPowerOfTen(MICRO_DIGITS - digits())
                        .setScale(0, RoundingMode.FLOOR)
                        .longValueExact();
    }

    private long byPattern(String text) {
        try {
            TemporalAccessor found = formatter()
                    .parseBest(
                            text,
                            ZonedDateTime::from,
                            OffsetDateTime::from,
                            LocalDateTime::from,
                            LocalDate::from,
                            YearMonth::from);
            LocalDateTime time;
            if (found instanceof ZonedDateTime zoned) {
                if (isPassedOver(text, zoned)) {
                    return NONE;
                }
                time = zoned.withZoneSameInstant(ZoneOffset.UTC).toLocalDateTime();
            } else if (found instanceof OffsetDateTime offset) {
                time = offset.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime();
            } else if (found instanceof LocalDateTime local) {
                time = local;
            } else if (found instanceof YearMonth month) {
                time = month.atDay(1).atStartOfDay();
            } else {
                time = LocalDate.from(found).atStartOfDay();
            }
            return Math.addExact(
                    Math.multiplyExact(time.toEpochSecond(ZoneOffset.UTC), 1_000_000),
                    time.get(ChronoField.MICRO_OF_SECOND));
        } catch (DateTimeException | ArithmeticException e) {
            // A year beyond those that microseconds count is no time, either.
            return NONE;
        }
    }

    // Clocks that are put forward pass over some times, which Java takes for those an hour later.
    private boolean isPassedOver(String text, ZonedDateTime found) {
        // A zone by its short name says whether it is summer: EST in summer is a time, and none that was passed over.
        if (pattern.indexOf(REGION) < 0 || found.getZone().getRules().isFixedOffset()) {
            return false;
        }
        TemporalAccessor written = formatter().parse(text);
        return !written.isSupported(ChronoField.OFFSET_SECONDS)
                && !LocalDateTime.from(written).equals(found.toLocalDateTime());
    }

    // Years of people have no era: uuuu is what they mean by yyyy, and what a strict reading needs.
    private DateTimeFormatter formatter() {
        if (formatter == null) {
            formatter = new DateTimeFormatterBuilder()
                    .parseCaseInsensitive()
                    .appendPattern(pattern.replace('y', 'u'))
                    .toFormatter(Locale.ENGLISH)
                    .withResolverStyle(ResolverStyle.STRICT);
        }
        return formatter;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TimeFormat format && format.pattern.equals(pattern);
    }

    @Override
    public int hashCode() {
        return pattern.hashCode();
    }

    @Override
    public String toString() {
        return pattern;
    }
}
