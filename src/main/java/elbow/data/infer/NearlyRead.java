package elbow.data.infer;

import elbow.data.table.InputErrors;
import elbow.data.table.NumberStyle;
import elbow.data.table.NumberText;
import elbow.data.table.TimeFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What texts that are taken as they stand would be if they were read in another way: words for the reason. */
final class NearlyRead {
    /** Share from which on texts that are no numbers are mentioned. */
    private static final double MOSTLY = 0.8;

    /** The same of times in one of several ways. */
    private static final double OFTEN = 0.2;

    /** Fewer different texts are names, with a number in them. */
    private static final int FEW = 20;

    /** Texts that show whether a pattern is worth trying on all. */
    private static final int LOOKED_AT = 100;

    private static final String SIGNS = "$€£¥%";

    /** A number with its unit. */
    private static final Pattern MEASURE = Pattern.compile("[+-]?\\d[\\d.]*\\s*([^\\s\\d+.,-]{1,6})");

    // By the options that read them.
    private static final Map<String, NumberStyle> STYLES = styles();

    // Those that would be inferred from texts if they left no doubt.
    private static final List<TimeFormat> NOT_INFERRED = List.of(
            TimeFormat.of("dd.MM.yy"),
            TimeFormat.of("dd/MM/yy"),
            TimeFormat.of("MM/dd/yy"),
            TimeFormat.of("dd-MM-yy"),
            TimeFormat.of("yyyyMMdd"),
            TimeFormat.of("yyyyMMddHHmmss"),
            TimeFormat.of("yyyy-MM"),
            TimeFormat.of("yyyy/MM"),
            TimeFormat.of("MM/yyyy"),
            TimeFormat.of("MM.yyyy"),
            TimeFormat.of("MMM yyyy"),
            TimeFormat.of("EEE, d MMM yyyy HH:mm:ss zzz"),
            TimeFormat.of("yyyy-MM-dd HH:mm:ss VV"),
            TimeFormat.of("EEE MMM d HH:mm:ss yyyy"));

    private static final long EARLIEST = TimeFormat.ISO.micros("1900-01-01");
    private static final long LATEST = TimeFormat.ISO.micros("2101-01-01");

    private final TextSummary texts;
    private final InferenceSettings rules;

    NearlyRead(TextSummary texts, InferenceSettings rules) {
        this.texts = texts;
        this.rules = rules;
    }

    /** Words that follow a reason; none if there is nothing to say. */
    String words() {
        if (texts.count == 0) {
            return "";
        }
        return styled().or(this::measures).or(this::times).or(this::numbers).orElse("");
    }

    // Numbers that need an option to be read as such.
    private Optional<String> styled() {
        for (Map.Entry<String, NumberStyle> style : STYLES.entrySet()) {
            Optional<String> found = styled(style.getKey(), style.getValue());
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private Optional<String> styled(String option, NumberStyle style) {
        double share = texts.share(text -> !Double.isNaN(NumberText.parse(style.plain(text))));
        return share > texts.numberShare() && share >= MOSTLY
                ? Optional.of(String.format(
                        Locale.ROOT, ", and %.1f %% of them read as numbers with the option %s", 100 * share, option))
                : Optional.empty();
    }

    private Optional<String> measures() {
        @Nullable String first = texts.firstWord();
        Matcher measure = MEASURE.matcher(first == null ? "" : first);
        if (!measure.matches() || texts.counts().size() < FEW) {
            return Optional.empty();
        }
        String unit = measure.group(1);
        return styled("number-signs '" + unit + "'", new NumberStyle(false, NumberStyle.NONE, unit));
    }

    private Optional<String> times() {
        Map<String, Double> shares = new LinkedHashMap<>();
        TimeFormat.known().forEach(format -> shares.put(format.pattern(), share(format)));
        NOT_INFERRED.forEach(format -> shares.put(format.pattern(), share(format)));
        boolean sure = shares.values().stream().anyMatch(share -> share >= rules.numericShare());
        shares.values().removeIf(share -> share < (sure ? rules.numericShare() : OFTEN));
        if (shares.isEmpty()
                || shares.values().stream().mapToDouble(share -> share).sum() < MOSTLY) {
            return Optional.empty();
        }
        String found = shares.entrySet().stream()
                .map(entry -> String.format(Locale.ROOT, "%.1f %% as %s", 100 * entry.getValue(), entry.getKey()))
                .collect(Collectors.joining(", "));
        return Optional.of(", and of them read as times " + found + " (data.types.time gives a column its pattern;"
                + " data.missing may name what stands for no value)");
    }

    // Part numbers read as months: of long ago.
    private static boolean isLikely(TimeFormat format, String text) {
        long micros = format.micros(text);
        return micros >= EARLIEST && micros < LATEST;
    }

    // What no pattern reads costs an exception: of that, some are enough.
    private double share(TimeFormat format) {
        boolean known = TimeFormat.known().contains(format);
        Predicate<String> reads = text -> known ? format.micros(text) != TimeFormat.NONE : isLikely(format, text);
        int step = 1 + texts.counts().size() / LOOKED_AT;
        List<String> all = List.copyOf(texts.counts().keySet());
        boolean some = IntStream.iterate(0, i -> i < all.size(), i -> i + step).anyMatch(i -> reads.test(all.get(i)));
        return some ? texts.share(reads) : 0;
    }

    private Optional<String> numbers() {
        @Nullable String word = texts.firstWord();
        return texts.numberShare() == 0 || word == null
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        ", and %.1f %% of them read as numbers (data.numeric-share asks for %.1f %%; data.missing may"
                                + " name what stands for no value, such as %s)",
                        100 * texts.numberShare(),
                        100 * rules.numericShare(),
                        InputErrors.quote(word)));
    }

    private static Map<String, NumberStyle> styles() {
        Map<String, NumberStyle> styles = new LinkedHashMap<>();
        styles.put("decimal-comma", new NumberStyle(true, NumberStyle.NONE, ""));
        for (char thousands : new char[] {',', ' ', '\'', '\u2019', '_'}) {
            styles.put("thousands '" + thousands + "'", new NumberStyle(false, thousands, ""));
        }
        styles.put("thousands ' ' and decimal-comma", new NumberStyle(true, ' ', ""));
        String signs = "number-signs '" + SIGNS + "'";
        styles.put(signs, new NumberStyle(false, NumberStyle.NONE, SIGNS));
        styles.put("thousands ',' and " + signs, new NumberStyle(false, ',', SIGNS));
        styles.put("decimal-comma and " + signs, new NumberStyle(true, NumberStyle.NONE, SIGNS));
        styles.put("number-signs '=\"'", new NumberStyle(false, NumberStyle.NONE, "=\""));
        return styles;
    }
}
