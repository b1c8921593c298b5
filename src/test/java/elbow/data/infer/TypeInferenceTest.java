package elbow.data.infer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import elbow.base.Configuration;
import elbow.base.ElbowException;
import elbow.data.encoding.NumberScale;
import elbow.data.feature.CategoricalFeature;
import elbow.data.feature.CountFeature;
import elbow.data.feature.FeatureType;
import elbow.data.feature.NumberLikelihood;
import elbow.data.feature.PositiveFeature;
import elbow.data.feature.RealFeature;
import elbow.data.table.ExternalFields;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The rules by which the kinds of columns are told from their values. */
class TypeInferenceTest {
    private static final InferenceSettings RULES = InferenceSettings.of(Configuration.defaults());

    private final Random random = new Random(5);

    @Test
    void wholeNumbersAreBinaryOrdinalCountOrIdentifiersByTheirValues() {
        assertThat(type(1000, true, i -> i % 2)).isEqualTo(FeatureType.BINARY);
        assertThat(type(1000, true, i -> 1 + i % 16)).isEqualTo(FeatureType.ORDINAL);
        assertThat(type(1000, true, i -> 17 + i % 70)).isEqualTo(FeatureType.COUNT);
        assertThat(type(1000, true, i -> i % 70 - 35)).isEqualTo(FeatureType.REAL);
        assertThat(judge(numbers(1000, i -> 7 * i), true, RULES))
                .isEqualTo(Verdict.leave("an identifier: as many different whole numbers as rows"));
        assertThat(type(1000, false, i -> 7 * i)).isEqualTo(FeatureType.REAL);
        assertThat(type(1000, false, i -> i % 2)).isEqualTo(FeatureType.REAL);
    }

    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void wholeNumbersThatDoublesDoNotTellApartAreNoLevels() {
        NumberSummary sites = new NumberSummary();
        for (long site = 0; site < 3; site++) {
            sites.add(1e16 + site, 100, site);
        }
        sites.seal();

        assertThat(judge(sites, true, RULES).feature().orElseThrow().type()).isEqualTo(FeatureType.REAL);
        assertThatThrownBy(() -> judge(sites, true, rules("data.types.ordinal=[x]")))
                .isInstanceOf(ElbowException.class)
                .hasMessageContaining("must have at most 256 consecutive whole numbers below 2^53");
    }

    @Test
    void numbersNearTheirBoundAtZeroArePositiveAndOthersReal() {
        assertThat(type(5000, false, i -> Math.exp(random.nextGaussian()))).isEqualTo(FeatureType.POSITIVE);
        assertThat(type(5000, false, i -> 100 + random.nextGaussian())).isEqualTo(FeatureType.REAL);
        assertThat(type(5000, false, i -> Math.exp(random.nextGaussian()) - 0.5))
                .isEqualTo(FeatureType.REAL);
    }

    @Test
    void aTimeThatIsTheSameInEveryRowIsConstant() {
        TimeSummary times = new TimeSummary();
        times.add(1_700_000_000, 500);
        times.seal();

        assertThat(new TimeInference("t", times, Optional.empty()).judge())
                .isEqualTo(Verdict.leave("constant: every value is 2023-11-14T22:13:20Z"));
    }

    @Test
    void onlyLongTailsAreTransformedByAsinh() {
        assertThat(scale(i -> random.nextGaussian()).stretched()).isFalse();
        assertThat(scale(i -> random.nextDouble() - 0.5).stretched()).isFalse();
        NumberScale cauchy = scale(i -> 3 + 2 * Math.tan(Math.PI * (random.nextDouble() - 0.5)));
        assertThat(cauchy.stretched()).isTrue();
        assertThat(cauchy.centre()).isCloseTo(3, within(0.3));
        NumberScale mostlyZero = scale(i -> i % 20 == 0 ? 1000 + i : 0);
        assertThat(mostlyZero.stretched()).isTrue();
        assertThat(mostlyZero.centre()).isZero();
    }

    @Test
    void numbersThatStandOutHaveProbabilitiesAndTheOthersTheScale() {
        NumberSummary hours = numbers(20_000, i -> i % 2 == 0 ? 40 : i % 20 == 1 ? 20 : 1 + random.nextInt(60));
        InferenceSettings common = rules("data.common-share=0.1");
        Verdict verdict = judge(hours, true, common);
        RealFeature feature = (RealFeature) verdict.feature().orElseThrow();

        assertThat(verdict.why()).isEqualTo("51 % are 40, 6 % are 20");
        assertThat(feature.numberLikelihood()).isEqualTo(NumberLikelihood.POINT_MASSES);
        assertThat(feature.common().values()).containsExactly(40.0, 20.0);
        // Whole numbers from 1 to 60 have mean 30.5 and variance (60^2 - 1) / 12.
        assertThat(feature.mean()).isCloseTo(30.5, within(0.5));
        assertThat(feature.standardDeviation()).isCloseTo(Math.sqrt(3599 / 12.0), within(0.5));

        NumberSummary mostlyZero = numbers(20_000, i -> i % 10 == 0 ? 50_000 + i : 0);
        assertThat(((RealFeature) judge(mostlyZero, false, common).feature().orElseThrow())
                        .scale()
                        .stretched())
                .isFalse();
        NumberSummary amounts = numbers(20_000, i -> i % 10 == 0 ? Math.exp(random.nextGaussian()) : 0);
        NumberScale skewed =
                ((RealFeature) judge(amounts, false, common).feature().orElseThrow()).scale();
        assertThat(skewed.stretched()).isTrue();
        assertThat(skewed.centre()).isZero();
        // The logarithm of a twentieth's quantile lies 1.645 deviations below 0.
        assertThat(Math.log(skewed.unit())).isCloseTo(-1.645, within(0.15));
        assertThat(((RealFeature) judge(mostlyZero, false, RULES).feature().orElseThrow()).numberLikelihood())
                .isEqualTo(NumberLikelihood.GAUSSIAN);
    }

    @Test
    void ofFewNumbersAllHaveProbabilitiesIfThatIsAskedFor() {
        InferenceSettings all = rules("data.common-values=all");
        NumberSummary ages = numbers(20_000, i -> i == 0 ? 99 : 17 + random.nextInt(60));

        RealFeature feature = (RealFeature) judge(ages, true, all).feature().orElseThrow();

        assertThat(feature.numberLikelihood()).isEqualTo(NumberLikelihood.POINT_MASSES);
        assertThat(feature.common().values()).hasSize(60).contains(17.0, 76.0).doesNotContain(99.0);
        // One other number has no scale: it is that of all, from 17 to 76.
        assertThat(feature.mean()).isCloseTo(46.5, within(0.5));
        assertThat(feature.standardDeviation()).isCloseTo(Math.sqrt(3599 / 12.0), within(0.5));
        assertThat(judge(ages, true, RULES).feature().orElseThrow()).isInstanceOf(CountFeature.class);
        assertThat(((RealFeature) judge(numbers(20_000, i -> random.nextGaussian()), false, all)
                                .feature()
                                .orElseThrow())
                        .numberLikelihood())
                .isEqualTo(NumberLikelihood.GAUSSIAN);
    }

    @Test
    void theScaleBesideFarPointsIsThatOfTheOthers() {
        // A sensor in kelvin that is off half of the time; the same in millikelvin; and a far number for no value.
        for (double unit : new double[] {1, 1000}) {
            NumberSummary sensor = numbers(20_000, i -> i % 2 == 0 ? 0 : unit * (300 + 0.5 * random.nextGaussian()));
            RealFeature feature = (RealFeature) judge(sensor, false, rules("data.common-share=0.1"))
                    .feature()
                    .orElseThrow();
            assertThat(feature.mean() / unit).isCloseTo(300, within(0.02));
            assertThat(feature.standardDeviation() / unit).isCloseTo(0.5, within(0.02));
        }
        NumberSummary far = numbers(20_000, i -> i % 7 == 0 ? -1e10 : random.nextDouble());
        RealFeature feature = (RealFeature)
                judge(far, false, rules("data.common-share=0.1")).feature().orElseThrow();
        assertThat(feature.mean()).isCloseTo(0.5, within(0.02));
        assertThat(feature.standardDeviation()).isCloseTo(Math.sqrt(1 / 12.0), within(0.01));
    }

    @Test
    void valuesThatFloatsDoNotTellApartAreNoPoints() {
        NumberSummary phones = numbers(
                20_000,
                i -> i % 8 == 0 ? 9_999_999_997.0 : i % 8 == 1 ? 9_999_999_999.0 : 100_000 + random.nextInt(90));

        assertThat(judge(phones, false, rules("data.common-share=0.1"))
                        .feature()
                        .orElseThrow())
                .isInstanceOf(PositiveFeature.class);
    }

    @Test
    void pointMassesThatAreAskedForMustBeThere() {
        InferenceSettings asked = rules("data.likelihoods.point-masses=[x]");
        NumberSummary rare = numbers(20_000, i -> i % 20 == 0 ? 500 : 1 + i % 90);

        assertThat(judge(rare, true, RULES).feature().orElseThrow()).isInstanceOf(CountFeature.class);
        assertThat(((RealFeature) judge(rare, true, asked).feature().orElseThrow())
                        .common()
                        .values())
                .containsExactly(500.0);
        assertThatThrownBy(() -> judge(numbers(1000, i -> random.nextGaussian()), false, asked))
                .isInstanceOf(ElbowException.class)
                .hasMessageStartingWith("column x, configured as data.likelihoods.point-masses, must have values that"
                        + " far more rows have than the values beside them, but has numbers from -");
    }

    @Test
    void constantAndEmptyColumnsAreLeftOutWithTheReason() {
        assertThat(judge(numbers(9, i -> 4), true, RULES)).isEqualTo(Verdict.leave("constant: every value is 4"));
        assertThat(judge(numbers(9, i -> Double.NaN), false, RULES)).isEqualTo(Verdict.leave("missing in every row"));
    }

    @Test
    void aCountIsPoissonUnlessItsVarianceIsAboveItsMean() {
        CountFeature even = (CountFeature) judge(numbers(1000, i -> 100 + i % 25), true, RULES)
                .feature()
                .orElseThrow();
        assertThat(even.numberLikelihood()).isEqualTo(NumberLikelihood.POISSON);
        CountFeature spread = (CountFeature)
                judge(numbers(1000, i -> i % 90), true, RULES).feature().orElseThrow();
        assertThat(spread.numberLikelihood()).isEqualTo(NumberLikelihood.NEGATIVE_BINOMIAL);
        assertThat(spread.mean()).isCloseTo(44.0, within(1.0));
    }

    @Test
    void configurationDecidesTheTypeAndIsHeldToIt() {
        InferenceSettings given = rules("data.types.real=[x]");
        assertThat(judge(numbers(100, i -> i % 3), true, given).feature().orElseThrow())
                .isInstanceOf(RealFeature.class);
        InferenceSettings heavy = rules("data.likelihoods.student-t=x");
        assertThat(((RealFeature) judge(numbers(100, i -> i % 3), true, heavy)
                                .feature()
                                .orElseThrow())
                        .numberLikelihood())
                .isEqualTo(NumberLikelihood.STUDENT_T);
        InferenceSettings positive = rules("data.types.positive=[x]");
        assertThatThrownBy(() -> judge(numbers(100, i -> i % 3), true, positive))
                .isInstanceOf(ElbowException.class)
                .hasMessage(
                        "column x, configured as positive, must have numbers above 0, but has whole numbers from 0 to"
                                + " 2");
        assertThatThrownBy(() -> rules("data.types.real=[x]", "data.types.count=[x]"))
                .isInstanceOf(ElbowException.class)
                .hasMessage("data.types.count must not name \"x\", which is given as real already");
    }

    @Test
    void textIsNumericIfTheConfiguredShareIsNumbers() {
        TextSummary mostly = texts(1000, i -> i < 995 ? Integer.toString(i % 40) : "unknown");
        assertThat(new TextInference("x", mostly, RULES).isNumbers()).isTrue();
        assertThat(mostly.numbers().count).isEqualTo(995);
        assertThat(mostly.firstWord()).isEqualTo("unknown");
        TextSummary less = texts(1000, i -> i < 980 ? Integer.toString(i % 40) : "unknown");
        assertThat(new TextInference("x", less, RULES).isNumbers()).isFalse();
    }

    @Test
    void markersCountAsMissing() {
        TextSummary texts = texts(100, i -> i % 4 == 0 ? " ? " : i % 4 == 1 ? null : "a" + i % 3);
        assertThat(texts.missing).isEqualTo(50);
        assertThat(texts.counts().keySet()).containsExactly("a0", "a1", "a2");
        Verdict verdict = new TextInference("x", texts, RULES).judge(texts.counts());
        assertThat(verdict.feature().orElseThrow().hasGaps()).isTrue();
    }

    @Test
    void categoriesBeyondTheLimitShareOneColumn() {
        TextSummary texts = texts(1000, i -> i % 10 == 0 ? "rare" + i % 300 : "often" + i % 2);
        InferenceSettings two = rules("data.maximum-categories=2");
        CategoricalFeature feature = (CategoricalFeature) new TextInference("x", texts, two)
                .judge(texts.counts())
                .feature()
                .orElseThrow();
        assertThat(feature.categories()).containsExactlyInAnyOrder("often0", "often1");
        assertThat(feature.others()).hasSize(30);
        assertThat(feature.width()).isEqualTo(4);
        assertThat(feature.frequencies().stream()
                        .mapToDouble(Double::doubleValue)
                        .sum())
                .isCloseTo(1, within(1e-12));
    }

    @Test
    void identifiersAndFreeTextAreLeftOut() {
        TextSummary names = texts(1000, i -> "user-" + i);
        assertThat(new TextInference("x", names, RULES).judge(names.counts()).why())
                .isEqualTo("an identifier or free text: as many different texts as rows");
        TextSummary prose = texts(1000, i -> "a sentence of many words, number " + i % 600);
        assertThat(new TextInference("x", prose, RULES).judge(prose.counts()).why())
                .isEqualTo("free text: about 600 different texts of 36 characters in 1,000 rows");
    }

    @Test
    void summariesOfPartsMergeToThatOfAll() {
        NumberSummary all = numbers(3000, i -> Math.sin(i) * i);
        NumberSummary merged = new NumberSummary();
        for (int part = 0; part < 3; part++) {
            int first = 1000 * part;
            merged.merge(numbers(1000, i -> Math.sin(first + i) * (first + i)));
        }
        assertThat(merged.count).isEqualTo(all.count);
        assertThat(merged.mean()).isCloseTo(all.mean(), within(1e-9));
        assertThat(merged.standardDeviation()).isCloseTo(all.standardDeviation(), within(1e-6));
        assertThat(merged.histogram.quantile(0.3)).isEqualTo(all.histogram.quantile(0.3));
        assertThat(merged.distinct()).isNaN();
    }

    @Test
    void quantilesAreRightToTheWidthOfABucket() {
        NumberSummary summary = numbers(10_001, i -> i - 5000.0);
        assertThat(summary.histogram.quantile(0.5)).isZero();
        assertThat(summary.histogram.quantile(0.9)).isCloseTo(4000, within(4000 / 32.0));
        assertThat(summary.histogram.quantile(0.1)).isCloseTo(-4000, within(4000 / 32.0));
    }

    private NumberScale scale(IntToDoubleFunction values) {
        return ((RealFeature) judge(numbers(20_000, values), false, rules("data.types.real=[x]"))
                        .feature()
                        .orElseThrow())
                .scale();
    }

    private FeatureType type(int count, boolean whole, IntToDoubleFunction values) {
        return judge(numbers(count, values), whole, RULES)
                .feature()
                .orElseThrow()
                .type();
    }

    private static Verdict judge(NumberSummary summary, boolean whole, InferenceSettings rules) {
        return new NumberInference("x", summary, whole, rules).judge();
    }

    private static InferenceSettings rules(String... overrides) {
        return InferenceSettings.of(Configuration.defaults().withOverrides(List.of(overrides)));
    }

    private static NumberSummary numbers(int count, IntToDoubleFunction values) {
        NumberSummary summary = new NumberSummary();
        IntStream.range(0, count).forEach(i -> {
            ExternalFields row = new ExternalFields().of(RowFactory.create(values.applyAsDouble(i)));
            summary.add(row, 0);
        });
        summary.seal();
        return summary;
    }

    private interface Text {
        @Nullable
        String of(int i);
    }

    private static TextSummary texts(int count, Text text) {
        TextSummary summary = new TextSummary(RULES.markers());
        for (int i = 0; i < count; i++) {
            summary.add(new ExternalFields().of(RowFactory.create(text.of(i))), 0);
        }
        summary.seal();
        return summary;
    }
}
