package elbow.data.infer;

import elbow.data.table.NumberText;
import elbow.data.table.TimeFormat;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What numbers may mean that are taken as they stand: words that follow the reason. */
final class NumberHints {
    private static final long SECONDS_OF_DAY = 86_400;
    private static final long MICROS = 1_000_000;

    /** Numbers in the form of dates are taken for such between these years. */
    private static final long EARLIEST = micros(1900);

    private static final long LATEST = micros(2101);

    /** Numbers that count from 1970 between these, for many other numbers are as large. */
    private static final long EARLIEST_COUNT = micros(2000);

    private static final long LATEST_COUNT = micros(2040);

    /** By pattern, what they would be. */
    private static final Map<TimeFormat, String> WRITTEN = written();

    private static final TimeFormat MONTHS = TimeFormat.of("yyyyMM");
    private static final int LEAST_MONTHS = 4;

    private static final TimeFormat[] COUNTED = {
        TimeFormat.of("epoch-seconds"),
        TimeFormat.of("epoch-milliseconds"),
        TimeFormat.of("epoch-microseconds"),
        TimeFormat.of("epoch-nanoseconds")
    };

    /** What stands for no value is nines, or a limit of a type, by custom. */
    private static final Pattern NO_VALUE =
            Pattern.compile("-?(9{2,}|9+\\.9+|999\\.25|32767|32768|2147483647|2147483648)");

    /** How many times the range of all others it lies away from them. */
    private static final double APART = 2;

    private static final double LONGEST = 1e15;

    private NumberHints() {}

    /** @param whole whether they are whole by their type, or as they are written */
    static String words(NumberSummary numbers, boolean whole) {
        return (whole ? written(numbers) : Optional.<String>empty())
                .or(() -> counted(numbers))
                .or(() -> noValue(numbers))
                .or(() -> padded(numbers))
                .orElse("");
    }

    private static Optional<String> padded(NumberSummary numbers) {
        return numbers.padded
                ? Optional.of("; some have zeros before them, as codes have: data.types.categorical=[COLUMN] takes them"
                        + " as they stand")
                : Optional.empty();
    }

    private static Optional<String> written(NumberSummary numbers) {
        if (numbers.minimum < 0 || numbers.maximum > LONGEST) {
            return Optional.empty();
        }
        return WRITTEN.entrySet().stream()
                .filter(format -> areWritten(numbers, format.getKey()))
                .map(format ->
                        "; all of them would be " + format.getValue() + " if " + setting(format.getKey()) + " said so")
                .findFirst();
    }

    // Of many numbers the smallest and the largest show it.
    private static boolean areWritten(NumberSummary numbers, TimeFormat format) {
        boolean few = !numbers.levels.overflown();
        if (format.equals(MONTHS) && (!few || numbers.levels.size() < LEAST_MONTHS)) {
            return false;
        }
        return isWritten(numbers.minimum, format)
                && isWritten(numbers.maximum, format)
                && (!few || Arrays.stream(numbers.levels.sorted()).allMatch(number -> isWritten(number, format)));
    }

    private static boolean isWritten(double number, TimeFormat format) {
        long micros = format.micros(Long.toString((long) number));
        return micros >= EARLIEST && micros < LATEST;
    }

    private static Optional<String> counted(NumberSummary numbers) {
        return Arrays.stream(COUNTED)
                .filter(format -> isCounted(numbers.minimum, format) && isCounted(numbers.maximum, format))
                .map(format -> "; they would be times from " + day(numbers.minimum, format) + " to "
                        + day(numbers.maximum, format) + " if " + setting(format) + " said so")
                .findFirst();
    }

    private static boolean isCounted(double number, TimeFormat format) {
        long micros = format.micros(Double.toString(number));
        return micros >= EARLIEST_COUNT && micros < LATEST_COUNT;
    }

    private static LocalDate day(double number, TimeFormat format) {
        return LocalDate.ofEpochDay(Math.floorDiv(format.micros(Double.toString(number)), SECONDS_OF_DAY * MICROS));
    }

    // The lowest or the highest number, if it came up more than once and the others lie together, far from it.
    private static Optional<String> noValue(NumberSummary numbers) {
        Ends ends = new Ends();
        numbers.histogram.visit(ends);
        if (ends.buckets < 2) {
            return Optional.empty();
        }
        boolean low = isNoValue(numbers.minimum)
                && ends.lowestCount > 1
                && ends.second - numbers.minimum > APART * (numbers.maximum - ends.second);
        boolean high = isNoValue(numbers.maximum)
                && ends.highestCount > 1
                && numbers.maximum - ends.lastButOne > APART * (ends.lastButOne - numbers.minimum);
        if (low == high) {
            return Optional.empty();
        }
        String value = NumberText.exactly(low ? numbers.minimum : numbers.maximum);
        double share = (double) (low ? ends.lowestCount : ends.highestCount) / numbers.count;
        return Optional.of(String.format(
                Locale.ROOT,
                "; %s lies far from all others, in %.1f %% of the rows: if it stands for no value, add it to"
                        + " data.missing, whose list replaces the default one",
                value,
                100 * share));
    }

    private static boolean isNoValue(double number) {
        return NO_VALUE.matcher(NumberText.exactly(number)).matches();
    }

    /** The outermost buckets of a histogram. */
    private static final class Ends implements ValueHistogram.Visitor {
        private int buckets;
        private long lowestCount;
        private double second;
        private double last;
        private double lastButOne;
        private long highestCount;

        @Override
        public void accept(double value, long times) {
            lowestCount = buckets == 0 ? times : lowestCount;
            second = buckets == 1 ? value : second;
            lastButOne = last;
            last = value;
            highestCount = times;
            buckets++;
        }
    }

    private static String setting(TimeFormat format) {
        return "data.types.time=[[COLUMN, " + format.pattern() + "]]";
    }

    private static Map<TimeFormat, String> written() {
        Map<TimeFormat, String> written = new LinkedHashMap<>();
        written.put(TimeFormat.of("yyyyMMdd"), "dates");
        written.put(TimeFormat.of("yyyyMMddHHmm"), "times");
        written.put(TimeFormat.of("yyyyMMddHHmmss"), "times");
        written.put(TimeFormat.of("yyyyMM"), "months");
        return written;
    }

    private static long micros(int year) {
        return LocalDate.of(year, 1, 1).atStartOfDay().toEpochSecond(ZoneOffset.UTC) * MICROS;
    }
}
