package elbow.data.infer;

import elbow.data.feature.CategoricalFeature;
import elbow.data.feature.Categories;
import elbow.data.feature.FeatureType;
import elbow.data.feature.OrdinalFeature;
import elbow.data.rows.BadValues;
import elbow.data.table.InputErrors;
import elbow.data.table.LikeNames;
import elbow.data.table.NumberText;
import elbow.data.table.TimeFormat;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Infers what the texts of a column are. In this order: numbers, if a stated share of them reads so; one value only:
 * constant; as many different ones as rows: identifiers; more than half as many, or long ones: free text; else
 * categories.
 */
final class TextInference {
    private static final double LONG_TEXT = 50;

    private static final String PATTERN = "data.types.time=[[COLUMN, dd/MM/yyyy]]";

    private final String column;
    private final TextSummary texts;
    private final InferenceSettings rules;
    private final List<TimeFormat> formats;
    private final NearlyRead nearlyRead;

    TextInference(String column, TextSummary texts, InferenceSettings rules) {
        this.column = column;
        this.texts = texts;
        this.rules = rules;
        this.formats = known();
        this.nearlyRead = new NearlyRead(texts, rules);
    }

    /** Whether the column is one of truth values; its other texts are bad values then. */
    boolean areTruths() {
        Optional<FeatureType> given = rules.type(column);
        boolean asked = given.isEmpty() || given.get() == FeatureType.BINARY;
        return asked
                && texts.count > 0
                && !texts.overflown()
                && texts.share(TextInference::isTruth) >= rules.numericShare();
    }

    static boolean isTruth(String text) {
        return !Double.isNaN(NumberText.truth(text));
    }

    /**
     * How the column's texts write points in time, if a stated share of them is written in one way; its other texts are
     * bad values then.
     *
     * @throws elbow.base.ElbowException of category INPUT if the column is configured so, and they do not
     */
    Optional<TimeFormat> times() {
        Optional<FeatureType> given = rules.type(column);
        TimeFormat pattern = rules.times().get(column);
        if (pattern != null) {
            return Optional.of(pattern);
        }
        boolean asked = given.isEmpty() || given.get() == FeatureType.TIME;
        if (!asked || texts.count == 0) {
            return Optional.empty();
        }
        if (given.isPresent() && formats.size() != 1) {
            throw InputErrors.input("column " + column + ", configured as time, must have times that are written in one"
                    + " known way, but "
                    + (formats.isEmpty() ? "has none" : "they may be read as " + words())
                    + ": give the pattern, as in " + PATTERN);
        }
        return formats.size() == 1 ? Optional.of(formats.get(0)) : Optional.empty();
    }

    private List<TimeFormat> known() {
        if (texts.count == 0 || texts.numberShare() >= rules.numericShare()) {
            return List.of();
        }
        List<TimeFormat> known = new ArrayList<>();
        for (TimeFormat format : TimeFormat.known()) {
            if (texts.share(text -> format.micros(text) != TimeFormat.NONE) >= rules.numericShare()) {
                known.add(format);
            }
        }
        return known;
    }

    private String words() {
        return formats.stream().map(TimeFormat::pattern).collect(Collectors.joining(" and as "));
    }

    /** Whether the column is one of numbers; its other texts are bad values then. */
    boolean isNumbers() {
        Optional<FeatureType> given = rules.type(column);
        if (given.isPresent()) {
            return given.get() != FeatureType.CATEGORICAL
                    && given.get() != FeatureType.TIME
                    && !rules.levels().containsKey(column);
        }
        return texts.count > 0 && texts.numberShare() >= rules.numericShare();
    }

    /** Whether the most frequent texts must be counted by a pass of their own, to be categories. */
    boolean needsCounts() {
        return texts.overflown() && !isNumbers() && unusable().isEmpty();
    }

    /** @param counts how often each text comes up, or each of the most frequent ones if there are very many */
    Verdict judge(Map<String, Long> counts) {
        if (rules.levels().containsKey(column)) {
            return Verdict.use(levels(rules.levels().get(column), counts), "as configured");
        }
        Optional<String> unusable = unusable();
        if (unusable.isPresent()) {
            return Verdict.leave(unusable.get());
        }
        CategoricalFeature feature = categories(counts);
        String why = rules.type(column).isPresent()
                ? "as configured"
                : "text of " + (texts.overflown() ? "very many" : counts.size()) + " values"
                        + (feature.others().isEmpty() ? "" : ", the rarer ones together")
                        + nearlyRead.words()
                        + LikeNames.among(counts.keySet());
        return Verdict.use(feature, why);
    }

    private Optional<String> unusable() {
        double distinct = texts.distinct();
        if (texts.count == 0) {
            return Optional.of("missing in every row");
        }
        if (distinct == 1) {
            return Optional.of("constant: every value is "
                    + InputErrors.quote(texts.counts().keySet().iterator().next()));
        }
        if (rules.type(column).isPresent()) {
            return Optional.empty();
        }
        if (formats.size() > 1) {
            return Optional.of("times of which the day and the month cannot be told apart, for they may be read as "
                    + words() + ": give the pattern, as in " + PATTERN);
        }
        if (distinct >= NumberInference.IDENTIFIER_SHARE * texts.count && texts.count > 2) {
            return Optional.of("an identifier or free text: as many different texts as rows" + nearlyRead.words());
        }
        if (distinct > rules.maximumCategories() && (distinct > texts.count / 2.0 || texts.meanLength() > LONG_TEXT)) {
            return Optional.of(String.format(
                    Locale.ROOT,
                    "free text: about %,.0f different texts of %.0f characters in %,d rows%s",
                    distinct,
                    texts.meanLength(),
                    texts.count,
                    nearlyRead.words()));
        }
        return Optional.empty();
    }

    private CategoricalFeature categories(Map<String, Long> counts) {
        List<Map.Entry<String, Long>> sorted = new ArrayList<>(counts.entrySet());
        sorted.sort(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()));
        int kept = Math.min(sorted.size(), rules.maximumCategories());
        List<String> categories = new ArrayList<>();
        List<Long> times = new ArrayList<>();
        for (Map.Entry<String, Long> entry : sorted.subList(0, kept)) {
            categories.add(entry.getKey());
            times.add(entry.getValue());
        }
        List<String> others = new ArrayList<>();
        long inOthers = 0;
        for (Map.Entry<String, Long> entry : sorted.subList(kept, sorted.size())) {
            others.add(entry.getKey());
            inOthers += entry.getValue();
        }
        if (!others.isEmpty()) {
            times.add(inOthers);
        }
        times.add(0L);
        return new CategoricalFeature(column, categories, others, Categories.frequencies(times), texts.missing > 0);
    }

    /** The texts of a column of {@code data.levels} that are none of its levels; empty if there are none. */
    Optional<BadValues> otherThanLevels(Map<String, Long> counts) {
        List<String> levels = rules.levels().getOrDefault(column, List.of());
        long known = levels.stream()
                .mapToLong(level -> counts.getOrDefault(level, 0L))
                .sum();
        @Nullable String other = texts.firstOther(levels::contains);
        return levels.isEmpty() || other == null
                ? Optional.empty()
                : Optional.of(new BadValues(
                        column,
                        "one of the values that data.levels lists, " + String.join(" < ", levels) + ",",
                        texts.count - known,
                        texts.count,
                        other));
    }

    private OrdinalFeature levels(List<String> levels, Map<String, Long> counts) {
        List<Long> times =
                levels.stream().map(level -> counts.getOrDefault(level, 0L)).toList();
        return new OrdinalFeature(column, levels, false, Categories.frequencies(times), texts.missing > 0);
    }
}
