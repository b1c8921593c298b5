package elbow.data.infer;

import elbow.base.Check;
import elbow.base.Configuration;
import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.base.Message;
import elbow.data.feature.FeatureType;
import elbow.data.feature.GreyLikelihood;
import elbow.data.feature.GroupColumns;
import elbow.data.feature.NumberLikelihood;
import elbow.data.table.Columns;
import elbow.data.table.InputErrors;
import elbow.data.table.Markers;
import elbow.data.table.TimeFormat;
import elbow.vae.input.InputTransform;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * By which rules the types of columns are inferred from their values, and what the user has decided instead.
 *
 * @param missingMarkers texts that stand for no value
 * @param numericShare share of a text column's values that must read as numbers for it to be one of numbers, in (0, 1]
 * @param maximumCategories the most categories of a column that get a place of their own, at least 1
 * @param maximumLevels the most levels of a whole number that is an ordered category, at least 2
 * @param largestCount the largest value of a whole number that is a count
 * @param commonShare share of a column's rows that its most frequent number has at least for frequent numbers to have
 *     probabilities of their own, in (0, 1]; 1: none has
 * @param commonValues which numbers are frequent
 * @param unusable what happens to columns that cannot be used
 * @param types types that the user has given, by column
 * @param times how times are written that are text, by column
 * @param likelihoods likelihoods that the user has given, by column
 * @param levels levels of ordered categories from the lowest to the highest, by column
 * @param imageHeight of all images after resizing; empty: as they are
 * @param imageWidth of all images after resizing; empty: as they are
 * @param imageChannels 1 or 3; empty: as they are
 * @param greyLikelihood of pixels that are not binarised
 */
record InferenceSettings(
        List<String> missingMarkers,
        double numericShare,
        int maximumCategories,
        int maximumLevels,
        long largestCount,
        double commonShare,
        CommonValueSearch.Rule commonValues,
        Unusable unusable,
        Map<String, FeatureType> types,
        Map<String, TimeFormat> times,
        Map<String, NumberLikelihood> likelihoods,
        Map<String, List<String>> levels,
        OptionalInt imageHeight,
        OptionalInt imageWidth,
        OptionalInt imageChannels,
        GreyLikelihood greyLikelihood) {

    private static final String TIME_KEY = "data.types.time";

    /** What happens to columns that cannot be used. */
    enum Unusable {
        LEAVE_OUT,
        REFUSE
    }

    private static final String BINARISE = "data.image.binarise";
    private static final String PIXELS = "data.image.likelihood";

    /** Likelihoods that a user can give to pixels. */
    private enum PixelLikelihood {
        BERNOULLI(Optional.empty()),
        GAUSSIAN(Optional.of(GreyLikelihood.GAUSSIAN)),
        CONTINUOUS_BERNOULLI(Optional.of(GreyLikelihood.CONTINUOUS_BERNOULLI)),
        DISCRETIZED_LOGISTIC(Optional.of(GreyLikelihood.DISCRETIZED_LOGISTIC));

        private final Optional<GreyLikelihood> grey;

        PixelLikelihood(Optional<GreyLikelihood> grey) {
            this.grey = grey;
        }
    }

    InferenceSettings {
        missingMarkers = List.copyOf(missingMarkers);
        types = Map.copyOf(types);
        times = Map.copyOf(times);
        likelihoods = Map.copyOf(likelihoods);
        levels = Map.copyOf(levels);
        Check.usage(numericShare > 0 && numericShare <= 1, "data.numeric-share", "lie in (0, 1]", numericShare);
        Check.usage(commonShare > 0 && commonShare <= 1, "data.common-share", "lie in (0, 1]", commonShare);
        Check.usage(maximumCategories >= 1, "data.maximum-categories", "be at least 1", maximumCategories);
        Check.usage(
                maximumLevels >= 2 && maximumLevels <= LevelCounts.MOST,
                "data.maximum-levels",
                "lie in 2.." + LevelCounts.MOST,
                maximumLevels);
        imageChannels.ifPresent(
                value -> Check.usage(value == 1 || value == 3, "data.image.channels", "be auto, 1 or 3", value));
        if (imageHeight.isPresent() != imageWidth.isPresent()) {
            throw InputErrors.usage("data.image.height and data.image.width must be given both or neither, but only "
                    + (imageHeight.isPresent() ? "the height" : "the width") + " is");
        }
    }

    /** The rules of a configuration. */
    static InferenceSettings of(Configuration configuration) {
        Map<String, FeatureType> types = new LinkedHashMap<>();
        for (FeatureType type : EnumSet.range(FeatureType.REAL, FeatureType.CATEGORICAL)) {
            String key = "data.types." + type;
            configuration.texts(key).forEach(column -> put(types, column, type, key));
        }
        for (String column : configuration.texts(GroupColumns.KEY)) {
            put(types, column, FeatureType.CATEGORICAL, GroupColumns.KEY);
        }
        Map<String, TimeFormat> times = times(configuration, types);
        Map<String, NumberLikelihood> likelihoods = new LinkedHashMap<>();
        for (NumberLikelihood likelihood : NumberLikelihood.values()) {
            for (String column : configuration.texts(likelihood.key())) {
                put(likelihoods, column, likelihood, likelihood.key());
                put(types, column, likelihood.type(), likelihood.key());
            }
        }
        Map<String, List<String>> levels = new LinkedHashMap<>();
        for (List<String> entry : configuration.textLists("data.levels")) {
            if (entry.size() < 3) {
                throw InputErrors.usage("data.levels must list a column and at least two levels in each entry, such as"
                        + " [[size, small, large]], but one entry is " + entry);
            }
            put(levels, entry.get(0), entry.subList(1, entry.size()), "data.levels");
            put(types, entry.get(0), FeatureType.ORDINAL, "data.levels");
        }
        return new InferenceSettings(
                configuration.texts("data.missing"),
                configuration.positiveDouble("data.numeric-share"),
                configuration.positiveInt("data.maximum-categories"),
                configuration.positiveInt("data.maximum-levels"),
                configuration.notNegativeInt("data.largest-count"),
                configuration.positiveDouble("data.common-share"),
                configuration.choice("data.common-values", CommonValueSearch.Rule.class),
                configuration.choice("data.unusable", Unusable.class),
                types,
                times,
                likelihoods,
                levels,
                configuration.positiveIntOrAuto("data.image.height"),
                configuration.positiveIntOrAuto("data.image.width"),
                configuration.positiveIntOrAuto("data.image.channels"),
                greyLikelihood(configuration));
    }

    private static GreyLikelihood greyLikelihood(Configuration configuration) {
        boolean grey = configuration.choice(BINARISE, InputTransform.class) == InputTransform.NONE;
        Optional<PixelLikelihood> given = configuration.choiceOrAuto(PIXELS, PixelLikelihood.class);
        if (given.isPresent() && given.get().grey.isPresent() != grey) {
            throw InputErrors.usage(BINARISE + " must be " + (grey ? "sample or threshold" : "none") + " for " + PIXELS
                    + " = " + configuration.text(PIXELS) + ", but is " + configuration.text(BINARISE));
        }
        return given.flatMap(pixels -> pixels.grey).orElse(GreyLikelihood.GAUSSIAN);
    }

    /** The texts, and numbers, that stand for no value. */
    Markers markers() {
        return new Markers(missingMarkers);
    }

    /** The type that the user has given to a column. */
    Optional<FeatureType> type(String column) {
        return Optional.ofNullable(types.get(column));
    }

    /** The columns whose texts say what they are. */
    Set<String> texts() {
        Set<String> texts = new HashSet<>(levels.keySet());
        texts.addAll(times.keySet());
        types.forEach((column, type) -> {
            if (type == FeatureType.CATEGORICAL) {
                texts.add(column);
            }
        });
        return texts;
    }

    /** The likelihood that the user has given to a column. */
    Optional<NumberLikelihood> likelihood(String column) {
        return Optional.ofNullable(likelihoods.get(column));
    }

    /** Requires that everything given is about a column that is there. */
    void requireColumns(Collection<String> columns) {
        List<String> unknown = new ArrayList<>(types.keySet());
        unknown.removeAll(Set.copyOf(columns));
        if (!unknown.isEmpty()) {
            throw InputErrors.usage("data.types, data.likelihoods and data.levels must name columns of the input, but "
                    + InputErrors.quote(unknown.get(0)) + " is none of them: "
                    + Columns.listed(List.copyOf(columns)));
        }
    }

    // Columns, or pairs of a column and the pattern of its times.
    private static Map<String, TimeFormat> times(Configuration configuration, Map<String, FeatureType> types) {
        Map<String, TimeFormat> times = new LinkedHashMap<>();
        for (List<String> entry : configuration.textsOrLists(TIME_KEY)) {
            if (entry.isEmpty() || entry.size() > 2) {
                throw InputErrors.usage(
                        TIME_KEY + " must list columns, or a column and a pattern in each entry, such as"
                                + " [[day, dd.MM.yyyy]], but one entry is " + entry);
            }
            put(types, entry.get(0), FeatureType.TIME, TIME_KEY);
            if (entry.size() == 2) {
                times.put(entry.get(0), pattern(entry.get(1)));
            }
        }
        return times;
    }

    private static TimeFormat pattern(String pattern) {
        try {
            return TimeFormat.of(pattern);
        } catch (IllegalArgumentException e) {
            throw InputErrors.usage(TIME_KEY + " must have patterns such as dd.MM.yyyy HH:mm, but one is "
                    + InputErrors.quote(pattern) + ": " + Message.firstLine(e));
        }
    }

    private static <T> void put(Map<String, T> map, String column, T value, String key) {
        T former = map.putIfAbsent(column, value);
        if (former != null && !former.equals(value)) {
            throw new ElbowException(
                    ErrorCategory.USAGE,
                    key + " must not name " + InputErrors.quote(column) + ", which is given as "
                            + former.toString().toLowerCase(Locale.ROOT).replace('_', '-') + " already");
        }
    }
}
