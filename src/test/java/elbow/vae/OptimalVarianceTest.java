package elbow.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import elbow.math.FloatMemory;
import elbow.math.noise.NoiseStream;
import elbow.vae.input.RowBatch;
import elbow.vae.layer.ParameterBlock;
import elbow.vae.likelihood.Bernoulli;
import elbow.vae.likelihood.Gaussian;
import elbow.vae.likelihood.Gaussian.Variance;
import elbow.vae.likelihood.LikelihoodGroup;
import elbow.vae.likelihood.LogNormal;
import elbow.vae.objective.Objective;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Optimal variances, against the reference with a learned variance: that of the same network, which for the likeliest
 * variance of the minibatch has the least loss.
 */
@Tag("kernels")
final class OptimalVarianceTest {
    private static final double FLOOR = 0.01;
    private static final double TOLERANCE = 1e-5;

    static Stream<Fixture> fixtures() {
        return Stream.of(
                        Fixture.base().likelihood(optimal(Variance.OPTIMAL_SHARED)),
                        Fixture.base().likelihood(optimal(Variance.OPTIMAL_PER_COLUMN)),
                        Fixture.base().likelihood(new LogNormal(optimal(Variance.OPTIMAL_PER_COLUMN))),
                        mixed().objective(Fixture.elbo(3, 0.5, 0)),
                        mixed().missingColumns(List.of(1, 2, 4)).objective(Fixture.elbo(2, 1, 0.3)),
                        mixed().missingColumns(List.of(1, 2, 4))
                                .objective(Fixture.elbo(2, 1, 0.3).withFreeBitsOfMinibatch()))
                .map(model -> new Fixture(model.build()));
    }

    private static VaeSpec.Builder mixed() {
        return Fixture.base()
                .likelihoods(List.of(
                        new LikelihoodGroup(new Bernoulli(), 1),
                        new LikelihoodGroup(optimal(Variance.OPTIMAL_SHARED), 3),
                        new LikelihoodGroup(new LogNormal(optimal(Variance.OPTIMAL_PER_COLUMN)), 2),
                        new LikelihoodGroup(Gaussian.learned(Variance.PER_COLUMN, FLOOR), 1)));
    }

    private static Gaussian optimal(Variance variance) {
        return Gaussian.learned(variance, FLOOR);
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void kernelGradientIsThatOfTheLeastLoss(Fixture fixture) {
        BatchStatistics statistics = new BatchStatistics();
        float[] kernel = fixture.kernelGradient(statistics);
        Learned learned = new Learned(fixture);
        double[] parameters = learned.withOptimum(fixture.wideParameters());
        ReferenceVae.Result expected = learned.evaluate(parameters);
        assertThat(statistics.loss()).isCloseTo(expected.loss(), within(TOLERANCE * Math.abs(expected.loss())));
        assertThat(statistics.reconstruction())
                .isCloseTo(expected.reconstruction(), within(TOLERANCE * Math.abs(expected.reconstruction())));
        for (ParameterBlock block : fixture.spec.layout().blocks()) {
            double largest = IntStream.range(block.offset(), block.offset() + block.length())
                    .mapToDouble(i -> Math.abs(expected.gradient().get(i)))
                    .max()
                    .orElseThrow();
            for (int i = block.offset(); i < block.offset() + block.length(); i++) {
                double wanted =
                        learned.variances.contains(i) ? 0 : expected.gradient().get(i);
                assertThat((double) kernel[i])
                        .as("%s[%d]", block.name(), i - block.offset())
                        .isCloseTo(wanted, within(TOLERANCE * largest));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void referenceGradientIsTheCentralDifferenceOfTheLeastLoss(Fixture fixture) {
        Learned learned = new Learned(fixture);
        double[] parameters = fixture.wideParameters();
        List<Double> gradient =
                learned.evaluate(learned.withOptimum(parameters)).gradient();
        double epsilon = 1e-6;
        for (int i = 0; i < parameters.length; i++) {
            if (learned.variances.contains(i)) {
                continue;
            }
            double value = parameters[i];
            parameters[i] = value + epsilon;
            double above = learned.evaluate(learned.withOptimum(parameters)).loss();
            parameters[i] = value - epsilon;
            double below = learned.evaluate(learned.withOptimum(parameters)).loss();
            parameters[i] = value;
            assertThat(gradient.get(i))
                    .as("parameter %d", i)
                    .isCloseTo((above - below) / (2 * epsilon), within(2e-6 * Math.max(1, Math.abs(gradient.get(i)))));
        }
    }

    @Test
    void theFloorHoldsWhereErrorsAreSmall() {
        VaeSpec spec = Fixture.base()
                .likelihood(Gaussian.learned(Variance.OPTIMAL_PER_COLUMN, 1000))
                .build();
        VaeSpec fixed = Fixture.base().likelihood(Gaussian.fixed(1000)).build();
        Fixture floored = new Fixture(spec);
        Fixture given = new Fixture(fixed);
        System.arraycopy(floored.parameters, 0, given.parameters, 0, given.parameters.length);
        System.arraycopy(floored.rows, 0, given.rows, 0, given.rows.length);
        System.arraycopy(floored.rowKeys, 0, given.rowKeys, 0, given.rowKeys.length);
        float[] gradient = floored.kernelGradient(new BatchStatistics());
        float[] expected = given.kernelGradient(new BatchStatistics());
        for (int i = 0; i < expected.length; i++) {
            assertThat(gradient[i]).isCloseTo(expected[i], within(1e-6f));
        }
        assertThat(Arrays.copyOfRange(gradient, expected.length, gradient.length))
                .containsOnly(0f);
    }

    @Test
    void measuredVariancesAreMeanSquaredErrorsAtOneDrawAndMergeAcrossParts() {
        Fixture fixture = new Fixture(Fixture.base()
                .likelihood(optimal(Variance.OPTIMAL_PER_COLUMN))
                .missingColumns(List.of(0, 1, 2, 3, 4, 5, 6))
                .build());
        try (VaeScorer scorer = new VaeScorer(fixture.spec);
                FloatMemory parameters = fixture.parameterMemory()) {
            scorer.bind(parameters);
            OptimalVariances whole = new OptimalVariances(fixture.spec);
            scorer.addSquaredErrors(fixture.batch(), 9, whole);
            OptimalVariances parts = new OptimalVariances(fixture.spec);
            for (int row = 0; row < Fixture.ROWS; row++) {
                OptimalVariances part = new OptimalVariances(fixture.spec);
                scorer.addSquaredErrors(row(fixture, row), 9, part);
                parts.add(part.toArray());
            }
            assertThat(parts.toArray()).isEqualTo(whole.toArray());
            whole.store(parameters);
            Learned learned = new Learned(fixture, NoiseStream.SCORING_LATENT.key(9, 0));
            double[] expected = learned.withOptimum(fixture.wideParameters());
            float[] stored = parameters.toArray();
            for (int i = 0; i < stored.length; i++) {
                assertThat((double) stored[i]).isCloseTo(expected[i], within(1e-4));
            }
            // Bound anew, the scorer takes them: where the variance is the likeliest, half a nat for each value
            // is left.
            scorer.bind(parameters);
            RowScores scores = new RowScores(Fixture.ROWS);
            scorer.score(fixture.batch(), 9, 1, scores);
            double reconstruction = 0;
            for (int row = 0; row < Fixture.ROWS; row++) {
                reconstruction += scores.reconstruction(row);
            }
            assertThat(reconstruction).isCloseTo(learned.evaluate(expected).reconstruction(), within(1e-3));
        }
        assertThatThrownBy(() -> new OptimalVariances(fixture.spec).add(new double[3]))
                .hasMessage("sums' length must be 14, but is 3");
    }

    @Test
    void unobservedVariancesStay() {
        Fixture fixture = new Fixture(
                Fixture.base().likelihood(optimal(Variance.OPTIMAL_SHARED)).build());
        try (FloatMemory parameters = fixture.parameterMemory()) {
            new OptimalVariances(fixture.spec).store(parameters);
            assertThat(parameters.toArray()).isEqualTo(fixture.parameters);
        }
        assertThat(OptimalVariances.areIn(fixture.spec)).isTrue();
        assertThat(OptimalVariances.areIn(Fixture.base().build())).isFalse();
    }

    private static RowBatch row(Fixture fixture, int row) {
        int columns = fixture.spec.inputSize();
        byte[] mask = Objects.requireNonNull(fixture.observed);
        return fixture.batch(
                Arrays.copyOfRange(fixture.rows, row * columns, (row + 1) * columns),
                Arrays.copyOfRange(mask, row * columns, (row + 1) * columns),
                new long[] {fixture.rowKeys[row]});
    }

    /**
     * The reference of the same network with learned variances without a floor, whose parameters are the logarithms of
     * the variances.
     */
    private static final class Learned {
        final List<Integer> variances = new ArrayList<>();
        private final List<Integer> counts = new ArrayList<>();
        private final Fixture fixture;
        private final ReferenceVae reference;
        private final double[][] rows;
        private final double[][][] noise;

        Learned(Fixture fixture) {
            this(fixture, NoiseStream.TRAINING_LATENT.key(Fixture.SEED, Fixture.STEP));
        }

        Learned(Fixture fixture, long noiseKey) {
            this.fixture = fixture;
            rows = fixture.wideRows();
            noise = fixture.noise(noiseKey, fixture.spec.objective().samples());
            List<LikelihoodGroup> groups = new ArrayList<>();
            int column = 0;
            for (int number = 0; number < fixture.spec.likelihoods().size(); number++) {
                LikelihoodGroup group = fixture.spec.likelihoods().get(number);
                if (group.likelihood().hasOptimalVariance()) {
                    ParameterBlock block = fixture.spec.layout().block("likelihood." + number + ".0");
                    boolean shared = block.columns() == 1;
                    for (int i = 0; i < block.columns(); i++) {
                        variances.add(block.offset() + i);
                        counts.add(observed(column + i, column + (shared ? group.columns() : i + 1)));
                    }
                }
                groups.add(learned(group));
                column += group.columns();
            }
            Objective objective = fixture.spec.objective();
            reference = new ReferenceVae(Fixture.base()
                    .likelihoods(groups)
                    .objective(objective)
                    .missingColumns(fixture.spec.row().missingColumns())
                    .build());
        }

        private int observed(int from, int to) {
            return (int) Arrays.stream(rows)
                    .flatMapToDouble(row -> Arrays.stream(row, from, to))
                    .filter(value -> !Double.isNaN(value))
                    .count();
        }

        private static LikelihoodGroup learned(LikelihoodGroup group) {
            if (!group.likelihood().hasOptimalVariance()) {
                return group;
            }
            boolean logarithm = group.likelihood() instanceof LogNormal;
            Gaussian gaussian =
                    logarithm ? ((LogNormal) group.likelihood()).logarithm() : (Gaussian) group.likelihood();
            Variance variance = gaussian.variance() == Variance.OPTIMAL_SHARED ? Variance.SHARED : Variance.PER_COLUMN;
            Gaussian learned = Gaussian.learned(variance, 0);
            return new LikelihoodGroup(logarithm ? new LogNormal(learned) : learned, group.columns());
        }

        ReferenceVae.Result evaluate(double[] parameters) {
            return reference.evaluate(parameters, rows, noise, fixture.klWeight());
        }

        /**
         * The parameters with the likeliest variances: at a variance of 1 the loss has, in its logarithm, the
         * derivative n (1 - mean squared error) / 2.
         */
        double[] withOptimum(double[] parameters) {
            double[] optimal = parameters.clone();
            variances.forEach(variance -> optimal[variance] = 0);
            List<Double> gradient = evaluate(optimal).gradient();
            for (int i = 0; i < variances.size(); i++) {
                double slope = gradient.get(variances.get(i));
                double meanSquaredError = 1 - 2 * slope / counts.get(i);
                optimal[variances.get(i)] = Math.log(Math.max(FLOOR, meanSquaredError));
            }
            return optimal;
        }
    }
}
