package elbow.data.infer;

import elbow.data.feature.Feature;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A description of a column's values, for people.
 *
 * @param missingShare share of the rows without a value
 */
record Profiles(double missingShare, String distinct, String range) {
    private static final int SHOWN_CATEGORIES = 3;
    private static final int LONGEST_CATEGORY = 24;

    static Profiles of(NumberSummary numbers) {
        double distinct = numbers.distinct();
        String words = Double.isNaN(distinct) ? "> " + LevelCounts.MOST : about(distinct, numbers.isEstimated());
        return new Profiles(
                share(numbers.missing, numbers.count + numbers.infinite),
                words,
                numbers.count == 0 ? "" : shown(numbers.minimum) + " .. " + shown(numbers.maximum));
    }

    static Profiles of(TextSummary texts, Map<String, Long> counts) {
        String most = counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(SHOWN_CATEGORIES)
                .map(entry -> cut(entry.getKey()))
                .collect(Collectors.joining(", "));
        return new Profiles(
                share(texts.missing, texts.count),
                about(texts.distinct(), texts.overflown()),
                counts.size() > SHOWN_CATEGORIES ? most + ", ..." : most);
    }

    static Profiles of(TimeSummary times) {
        return new Profiles(
                share(times.missing, times.count),
                "",
                times.count == 0 ? "" : shownTime(times.minimum) + " .. " + shownTime(times.maximum));
    }

    static Profiles of(ImageSummary images) {
        return new Profiles(share(images.missing, images.count + images.bad - images.missing), "", "0 .. 255");
    }

    ColumnProfile profile(String column, Verdict verdict, String likelihood) {
        return new ColumnProfile(
                column, verdict.feature().map(Feature::type), verdict.why(), missingShare, distinct, range, likelihood);
    }

    private static double share(long missing, long present) {
        return missing + present == 0 ? Double.NaN : (double) missing / (missing + present);
    }

    private static String about(double distinct, boolean estimated) {
        return String.format(Locale.ROOT, estimated ? "~%,.0f" : "%,.0f", distinct);
    }

    private static String shown(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : String.format(Locale.ROOT, "%.4g", value);
    }

    static String shownTime(double seconds) {
        return Instant.ofEpochSecond((long) Math.floor(seconds))
                .truncatedTo(ChronoUnit.SECONDS)
                .toString();
    }

    private static String cut(String category) {
        return category.length() <= LONGEST_CATEGORY ? category : category.substring(0, LONGEST_CATEGORY) + "...";
    }
}
