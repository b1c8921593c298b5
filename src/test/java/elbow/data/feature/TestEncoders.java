package elbow.data.feature;

import elbow.data.encoding.CommonValues;
import elbow.data.encoding.NumberScale;
import elbow.data.image.ImageShape;
import elbow.data.table.Markers;
import elbow.vae.input.InputTransform;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

/** Fitted encoders for tests: columns in the order in which they are added, statistics as the test wants them. */
public final class TestEncoders {
    private TestEncoders() {}

    /** Starts an encoder without columns, markers or binarisation. */
    public static Builder encoder() {
        return new Builder();
    }

    /** Collects columns; {@link #build} validates them. */
    public static final class Builder {
        private static final double SMALLEST = 1e-3;
        private static final double LARGEST = 1e6;
        private static final double RARE = 20;

        private final Map<String, BiFunction<String, Boolean, Feature>> columns = new LinkedHashMap<>();
        private final Set<String> withGaps = new HashSet<>();
        private InputTransform inputTransform = InputTransform.NONE;
        private List<String> missingMarkers = List.of();

        private Builder() {}

        /** A standardised number with a Gaussian likelihood. */
        public Builder real(String column, double mean, double deviation) {
            return scaled(column, NumberScale.standard(mean, deviation));
        }

        /** A number whose scale is asinh: encoded = (asinh((x - centre) / unit) - mean) / deviation. */
        public Builder stretched(String column, double centre, double unit, double mean, double deviation) {
            return scaled(column, new NumberScale(true, centre, unit, mean, deviation));
        }

        private Builder scaled(String column, NumberScale scale) {
            return add(
                    column,
                    (name, gaps) -> new RealFeature(name, scale, -LARGEST, LARGEST, NumberLikelihood.GAUSSIAN, gaps));
        }

        /** A standardised number with a likelihood of Student's t. */
        public Builder heavyTailed(String column, double mean, double deviation) {
            NumberScale scale = NumberScale.standard(mean, deviation);
            return add(
                    column,
                    (name, gaps) -> new RealFeature(name, scale, -LARGEST, LARGEST, NumberLikelihood.STUDENT_T, gaps));
        }

        /** A number of which some values have a twentieth of the rows each, and probabilities of their own. */
        public Builder spiked(String column, double mean, double deviation, Double... common) {
            CommonValues values = new CommonValues(List.of(common), Collections.nCopies(common.length, 1.0 / RARE));
            return add(
                    column,
                    (name, gaps) -> new RealFeature(
                            name,
                            NumberScale.standard(mean, deviation),
                            values,
                            -LARGEST,
                            LARGEST,
                            NumberLikelihood.POINT_MASSES,
                            gaps));
        }

        /** A number above 0 with a log-normal likelihood. */
        public Builder positive(String column, double logMean, double logDeviation) {
            return add(
                    column, (name, gaps) -> new PositiveFeature(name, logMean, logDeviation, SMALLEST, LARGEST, gaps));
        }

        /** A count with a likelihood of Poisson's. */
        public Builder count(String column, double mean, double logMean, double logDeviation) {
            return add(
                    column,
                    (name, gaps) -> new CountFeature(
                            name, mean, logMean, logDeviation, LARGEST, NumberLikelihood.POISSON, gaps));
        }

        /** A count with a negative binomial likelihood. */
        public Builder overdispersed(String column, double mean, double logMean, double logDeviation) {
            return add(
                    column,
                    (name, gaps) -> new CountFeature(
                            name, mean, logMean, logDeviation, LARGEST, NumberLikelihood.NEGATIVE_BINOMIAL, gaps));
        }

        /** A truth value, or 0 and 1. */
        public Builder binary(String column, double mean) {
            return add(column, (name, gaps) -> new BinaryFeature(name, mean, gaps));
        }

        /** Texts without an order, equally frequent; one encoded column more for what is unseen. */
        public Builder categorical(String column, String... categories) {
            return add(
                    column,
                    (name, gaps) -> new CategoricalFeature(
                            name, List.of(categories), List.of(), equal(categories.length + 1), gaps));
        }

        /** Texts from the lowest to the highest, equally frequent. */
        public Builder ordinal(String column, String... levels) {
            return add(
                    column,
                    (name, gaps) -> new OrdinalFeature(name, List.of(levels), false, equal(levels.length), gaps));
        }

        /** A point in time by its places within periods. */
        public Builder time(String column, TimePart... parts) {
            List<Double> means = Collections.nCopies(2 * parts.length, 0.0);
            return add(column, (name, gaps) -> new TimeFeature(name, List.of(parts), means, gaps));
        }

        /** An image of which only the size is known; every pixel is half bright on average. */
        public Builder image(String column, ImageShape shape) {
            return image(column, shape, List.of());
        }

        /** An image whose pixels are known to depend on their neighbours: see {@link PixelContexts}. */
        public Builder image(String column, ImageShape shape, List<Double> contextBrightness) {
            List<Double> means = Collections.nCopies(shape.size(), 127.5);
            return add(
                    column,
                    (name, gaps) ->
                            new ImageFeature(name, shape, means, false, contextBrightness, GreyLikelihood.GAUSSIAN));
        }

        /** Pixels become binary by chance. */
        public Builder binarised() {
            inputTransform = InputTransform.SAMPLE;
            return this;
        }

        /** Columns that training rows lacked values of; all others are complete. */
        public Builder gaps(String... names) {
            withGaps.addAll(List.of(names));
            return this;
        }

        /** Texts that stand for no value. */
        public Builder missingMarkers(String... markers) {
            missingMarkers = List.of(markers);
            return this;
        }

        /**
         * The encoder.
         *
         * @throws IllegalArgumentException if a part breaks its rule, or a column with gaps is none of the encoder's
         */
        public FeatureEncoder build() {
            if (!columns.keySet().containsAll(withGaps)) {
                throw new IllegalArgumentException(
                        "gaps must be in columns " + columns.keySet() + ", but are in " + withGaps);
            }
            List<Feature> features = columns.entrySet().stream()
                    .map(column -> column.getValue().apply(column.getKey(), withGaps.contains(column.getKey())))
                    .toList();
            return new FeatureEncoder(features, inputTransform, new Markers(missingMarkers), Set.of(), List.of());
        }

        private Builder add(String column, BiFunction<String, Boolean, Feature> feature) {
            if (columns.putIfAbsent(column, feature) != null) {
                throw new IllegalArgumentException("column must be new, but is " + column);
            }
            return this;
        }

        private static List<Double> equal(int count) {
            return Collections.nCopies(count, 1.0 / count);
        }
    }
}
