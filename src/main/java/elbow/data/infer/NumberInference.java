package elbow.data.infer;

import elbow.data.encoding.CommonValues;
import elbow.data.encoding.NumberDomain;
import elbow.data.encoding.NumberScale;
import elbow.data.feature.BinaryFeature;
import elbow.data.feature.Categories;
import elbow.data.feature.CountFeature;
import elbow.data.feature.FeatureType;
import elbow.data.feature.NumberLikelihood;
import elbow.data.feature.OrdinalFeature;
import elbow.data.feature.PositiveFeature;
import elbow.data.feature.RealFeature;
import elbow.data.table.InputErrors;
import elbow.data.table.NumberText;
import elbow.math.ExactMoments;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Infers what kind of number a column holds. In this order: one value only: constant; of whole numbers (by storage, or
 * written so): 0 and 1: binary; as many different ones as rows: an identifier; few, close together: ordinal; then, with
 * common values ({@link CommonValueSearch}): real, with probabilities of these; of whole numbers, from 0 to a largest
 * count: count; then, above 0 with a mean less than two standard deviations from 0: positive; else real, with long
 * tails drawn in if the furthest thousandth of either side lies further out than {@value #LONG_TAIL} robust standard
 * deviations (in a normal distribution: 3.1).
 */
final class NumberInference {
    private static final double LONG_TAIL = 30;

    private static final double TAIL_SHARE = 0.001;

    /** Amounts that fall off exponentially have a mean of one standard deviation. */
    private static final double SKEWED = 1.25;

    /** Of skewed numbers beside common ones that lie where asinh is linear; the others are on a logarithmic scale. */
    private static final double LOW_SHARE = 0.05;

    /** Interquartile range of the standard normal distribution. */
    private static final double NORMAL_QUARTILES = 1.3489795;

    /** Distance of its 5 % and 95 % quantiles. */
    private static final double NORMAL_NINETY = 3.2897073;

    /** With fewer rows identifiers cannot be told from numbers. */
    static final long LEAST_ROWS_OF_IDENTIFIERS = 100;

    /** An identifier has as many distinct values as rows, to within twice the error of the estimate. */
    static final double IDENTIFIER_SHARE = 0.97;

    /** Levels may leave out one in four of their range. */
    private static final double CLOSE_TOGETHER = 1.25;

    private static final String COMMON = "values that far more rows have than the values beside them";

    /** Common values whose shares are said. */
    private static final int NAMED = 2;

    private static final String IDENTIFIER = "an identifier: as many different whole numbers as rows";

    private final String column;
    private final NumberSummary numbers;
    private final boolean wholeType;
    private final InferenceSettings rules;

    /** @param wholeType whether the column's type, or how its text is written, holds whole numbers only */
    NumberInference(String column, NumberSummary numbers, boolean wholeType, InferenceSettings rules) {
        this.column = column;
        this.numbers = numbers;
        this.wholeType = wholeType;
        this.rules = rules;
    }

    Verdict judge() {
        double deviation = numbers.standardDeviation();
        if (numbers.count == 0) {
            return Verdict.leave(
                    numbers.infinite > 0 ? "infinite in every row that has a value" : "missing in every row");
        }
        if (numbers.minimum == numbers.maximum) {
            return numbers.isBeyondDoubles() && numbers.distinct() > 1
                    ? alike()
                    : Verdict.leave("constant: every value is " + NumberText.exactly(numbers.minimum));
        }
        if (!(deviation > 0 && Double.isFinite(deviation) && Double.isFinite(numbers.mean()))) {
            return Verdict.leave(
                    "beyond what doubles can standardise: from " + numbers.minimum + " to " + numbers.maximum);
        }
        Optional<FeatureType> given = rules.type(column);
        return given.isPresent() ? given(given.get()) : inferred().with(NumberHints.words(numbers, wholeType));
    }

    private Verdict inferred() {
        if (wholeType && numbers.minimum >= 0 && numbers.maximum <= 1) {
            return Verdict.use(binary(), "0 and 1");
        }
        double distinct = numbers.distinct();
        if (wholeType && isIdentifier(distinct)) {
            return Verdict.leave(IDENTIFIER);
        }
        if (wholeType && canBeLevels(rules.maximumLevels()) && range() <= CLOSE_TOGETHER * distinct) {
            return Verdict.use(ordinal(), (int) distinct + " whole numbers close together");
        }
        Optional<RealFeature> withCommon = common().flatMap(this::pointMasses);
        if (withCommon.isPresent()) {
            return Verdict.use(withCommon.get(), withCommon.get().common().words(NAMED));
        }
        if (wholeType && numbers.minimum >= 0 && numbers.maximum <= rules.largestCount()) {
            NumberLikelihood likelihood = likelihoodOfCounts();
            boolean overdispersed = likelihood == NumberLikelihood.NEGATIVE_BINOMIAL;
            return Verdict.use(
                    count(likelihood), "whole numbers from 0" + (overdispersed ? ", variance above the mean" : ""));
        }
        if (numbers.minimum > 0 && numbers.mean() < 2 * numbers.standardDeviation()) {
            return Verdict.use(positive(), "above 0, and near it for its spread");
        }
        NumberScale scale = scale();
        return Verdict.use(
                real(scale, NumberLikelihood.GAUSSIAN),
                scale.stretched() ? "long tails, drawn in by asinh" : "numbers");
    }

    private Optional<CommonValues> common() {
        return (rules.commonValues() == CommonValueSearch.Rule.ALL
                        ? CommonValueSearch.all(numbers)
                        : Optional.<CommonValues>empty())
                .or(() -> CommonValueSearch.of(numbers, rules.commonShare()));
    }

    private boolean isIdentifier(double distinct) {
        return numbers.isEstimated()
                && distinct > LevelCounts.MOST
                && numbers.count >= LEAST_ROWS_OF_IDENTIFIERS
                && distinct >= IDENTIFIER_SHARE * numbers.count;
    }

    // Numbers that are one as doubles.
    private Verdict alike() {
        return Verdict.leave(
                isIdentifier(numbers.distinct())
                        ? IDENTIFIER
                        : "whole numbers near " + numbers.minimum + ", which doubles do not tell apart");
    }

    private Verdict given(FeatureType type) {
        String why = "as configured";
        Optional<NumberLikelihood> likelihood = rules.likelihood(column);
        return switch (type) {
            case REAL -> {
                boolean plain = likelihood.isPresent();
                if (likelihood.equals(Optional.of(NumberLikelihood.POINT_MASSES))) {
                    Optional<RealFeature> withCommon =
                            CommonValueSearch.of(numbers, 0).flatMap(this::pointMasses);
                    require(NumberLikelihood.POINT_MASSES.key(), withCommon.isPresent(), COMMON);
                    yield Verdict.use(withCommon.orElseThrow(), why);
                }
                NumberScale scale = plain ? NumberScale.standard(numbers.mean(), numbers.standardDeviation()) : scale();
                yield Verdict.use(real(scale, likelihood.orElse(NumberLikelihood.GAUSSIAN)), why);
            }
            case POSITIVE -> {
                require(type, numbers.minimum > 0, "numbers above 0");
                yield Verdict.use(positive(), why);
            }
            case COUNT -> {
                require(
                        type,
                        numbers.whole && numbers.minimum >= 0 && numbers.maximum <= NumberDomain.LARGEST_COUNT,
                        "whole numbers from 0 to " + (long) NumberDomain.LARGEST_COUNT);
                yield Verdict.use(count(likelihood.orElseGet(this::likelihoodOfCounts)), why);
            }
            case BINARY -> {
                require(type, numbers.whole && numbers.minimum >= 0 && numbers.maximum <= 1, "0 and 1");
                yield Verdict.use(binary(), why);
            }
            case ORDINAL -> {
                require(
                        type,
                        numbers.whole && canBeLevels(LevelCounts.MOST),
                        "at most " + LevelCounts.MOST
                                + " consecutive whole numbers below 2^53, unless data.levels lists its values");
                yield Verdict.use(ordinal(), why);
            }
            case CATEGORICAL, TIME, IMAGE ->
                throw new IllegalArgumentException("type must be one of numbers, but is " + type);
        };
    }

    private void require(Object type, boolean holds, String rule) {
        if (!holds) {
            throw InputErrors.input("column " + column + ", configured as " + type + ", must have " + rule
                    + ", but has " + (numbers.whole ? "whole numbers" : "numbers") + " from "
                    + NumberText.exactly(numbers.minimum) + " to " + NumberText.exactly(numbers.maximum));
        }
    }

    private double range() {
        return numbers.maximum - numbers.minimum + 1;
    }

    // From 2^53 on a double and the next whole number may be one: no level has a next one there.
    private boolean canBeLevels(int most) {
        return range() <= most
                && Math.abs(numbers.minimum) < NumberSummary.EXACT_WHOLE
                && Math.abs(numbers.maximum) < NumberSummary.EXACT_WHOLE;
    }

    private boolean hasGaps() {
        return numbers.missing > 0;
    }

    private NumberLikelihood likelihoodOfCounts() {
        double deviation = numbers.standardDeviation();
        return deviation * deviation > numbers.mean() ? NumberLikelihood.NEGATIVE_BINOMIAL : NumberLikelihood.POISSON;
    }

    private BinaryFeature binary() {
        return new BinaryFeature(column, numbers.mean(), hasGaps());
    }

    // The scale is that of the other values, or of all if the others are rarities. Empty if it cannot tell the common
    // ones from them.
    private Optional<RealFeature> pointMasses(CommonValues common) {
        long left = numbers.count;
        for (int i = 0; i < common.values().size(); i++) {
            left -= numbers.rows(common, i);
        }
        CommonValues apart = CommonValueSearch.areNumbers(left, numbers.count) ? common : CommonValues.NONE;
        ValueHistogram others = new ValueHistogram();
        others.merge(numbers.histogram);
        for (int i = 0; i < apart.values().size(); i++) {
            others.add(apart.values().get(i), -numbers.rows(apart, i));
        }
        ExactMoments moments = numbers.momentsWithout(apart);
        double deviation = moments.standardDeviation();
        if (!(deviation > 0 && Double.isFinite(deviation))) {
            return Optional.empty();
        }
        double low = others.quantile(LOW_SHARE);
        // As positive numbers are: amounts beside many zeros.
        boolean skewed = low > 0 && numbers.minimum >= 0 && moments.mean() < SKEWED * deviation;
        NumberScale scale =
                skewed ? asinh(others, 0, low) : scale(others, NumberScale.standard(moments.mean(), deviation));
        return isToldApart(common, scale)
                ? Optional.of(new RealFeature(
                        column,
                        scale,
                        common,
                        numbers.minimum,
                        numbers.maximum,
                        NumberLikelihood.POINT_MASSES,
                        hasGaps()))
                : Optional.empty();
    }

    // As floats, which have fewer digits.
    private boolean isToldApart(CommonValues common, NumberScale scale) {
        Set<Float> encoded = new HashSet<>();
        for (float point : common.encoded(scale)) {
            if (!Float.isFinite(point) || !encoded.add(point)) {
                return false;
            }
        }
        for (double value : numbers.levels.sorted()) {
            boolean isCommon = common.values().contains(value + 0.0);
            if (!isCommon && encoded.contains((float) scale.encode(value) + 0f)) {
                return false;
            }
        }
        return true;
    }

    private RealFeature real(NumberScale scale, NumberLikelihood likelihood) {
        return new RealFeature(column, scale, numbers.minimum, numbers.maximum, likelihood, hasGaps());
    }

    private PositiveFeature positive() {
        Moments logs = Moments.of(numbers.histogram, Math::log);
        return new PositiveFeature(column, logs.mean(), logs.deviation(), numbers.minimum, numbers.maximum, hasGaps());
    }

    private CountFeature count(NumberLikelihood likelihood) {
        Moments logs = Moments.of(numbers.histogram, Math::log1p);
        return new CountFeature(
                column, numbers.mean(), logs.mean(), logs.deviation(), numbers.maximum, likelihood, hasGaps());
    }

    private OrdinalFeature ordinal() {
        List<String> levels = new ArrayList<>();
        List<Long> counts = new ArrayList<>();
        counts.add(0L);
        for (double level = numbers.minimum; level <= numbers.maximum; level++) {
            levels.add(Long.toString((long) level));
            counts.add(numbers.levels.count(level));
        }
        counts.add(0L);
        return new OrdinalFeature(column, levels, true, Categories.frequencies(counts), hasGaps());
    }

    private NumberScale scale() {
        return scale(numbers.histogram, NumberScale.standard(numbers.mean(), numbers.standardDeviation()));
    }

    /** @param standard what standardises the numbers as they are */
    private static NumberScale scale(ValueHistogram histogram, NumberScale standard) {
        double median = histogram.quantile(0.5);
        double spread = (histogram.quantile(0.75) - histogram.quantile(0.25)) / NORMAL_QUARTILES;
        if (spread <= 0) {
            spread = (histogram.quantile(0.95) - histogram.quantile(0.05)) / NORMAL_NINETY;
        }
        if (spread <= 0) {
            // Nearly all rows have one value: the few others say how far apart values are.
            spread = Moments.of(histogram, value -> Math.abs(value - median)).mean();
        }
        double tail = Math.max(histogram.quantile(1 - TAIL_SHARE) - median, median - histogram.quantile(TAIL_SHARE));
        boolean usable = spread > 0 && Double.isFinite(spread) && Double.isFinite(tail);
        if (!usable || tail <= LONG_TAIL * spread) {
            return standard;
        }
        return asinh(histogram, median, spread);
    }

    private static NumberScale asinh(ValueHistogram histogram, double centre, double unit) {
        Moments drawnIn = Moments.of(histogram, value -> NumberScale.asinh((value - centre) / unit));
        return new NumberScale(true, centre, unit, drawnIn.mean(), drawnIn.deviation());
    }
}
