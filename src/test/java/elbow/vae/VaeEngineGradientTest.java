package elbow.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import elbow.math.FloatMemory;
import elbow.vae.layer.ParameterBlock;
import elbow.vae.objective.Objective;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Central differences hold the reference, and the reference holds the kernel. */
@Tag("kernels")
final class VaeEngineGradientTest {
    /** Of a block's largest gradient: float rounding over the sums of these small networks, and the rational tanh. */
    private static final double GRADIENT_TOLERANCE = 1e-5;

    private static final double VALUE_TOLERANCE = 1e-5;

    static Stream<VaeSpec> specs() {
        return Stream.of(Fixture.specs(), Fixture.priorSpecs(), Fixture.posteriorSpecs())
                .flatMap(specs -> specs);
    }

    @ParameterizedTest
    @MethodSource("specs")
    void kernelGradientIsTheReferences(VaeSpec spec) {
        Fixture fixture = new Fixture(spec);
        float[] kernel = fixture.kernelGradient(new BatchStatistics());
        List<Double> expected = reference(fixture).gradient();
        for (ParameterBlock block : spec.layout().blocks()) {
            double largest = 0;
            for (int i = block.offset(); i < block.offset() + block.length(); i++) {
                largest = Math.max(largest, Math.abs(expected.get(i)));
            }
            for (int i = block.offset(); i < block.offset() + block.length(); i++) {
                assertThat((double) kernel[i])
                        .as("%s[%d]", block.name(), i - block.offset())
                        .isCloseTo(expected.get(i), within(GRADIENT_TOLERANCE * largest));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("specs")
    void kernelStatisticsAreTheReferences(VaeSpec spec) {
        Fixture fixture = new Fixture(spec);
        BatchStatistics statistics = new BatchStatistics();
        fixture.kernelGradient(statistics);
        ReferenceVae.Result expected = reference(fixture);
        assertThat(statistics.rows()).isEqualTo(Fixture.ROWS);
        assertThat(statistics.reconstruction())
                .isCloseTo(expected.reconstruction(), relative(expected.reconstruction()));
        assertThat(statistics.kl()).isCloseTo(expected.kl(), relative(expected.kl()));
        assertThat(statistics.elbo())
                .isCloseTo(expected.reconstruction() - expected.kl(), relative(expected.reconstruction()));
        assertThat(statistics.importanceWeightedBound()).isCloseTo(expected.bound(), relative(expected.bound()));
        assertThat(statistics.loss()).isCloseTo(expected.loss(), relative(expected.loss()));
    }

    @ParameterizedTest
    @MethodSource("specs")
    void referenceGradientIsTheCentralDifference(VaeSpec spec) {
        Fixture fixture = new Fixture(spec);
        ReferenceVae reference = new ReferenceVae(spec);
        double[] parameters = fixture.wideParameters();
        double[][] rows = fixture.wideRows();
        double[][][] noise = fixture.noise();
        List<Double> gradient = reference
                .evaluatePlain(parameters, rows, noise, fixture.klWeight())
                .gradient();
        double epsilon = 1e-6;
        for (int i = 0; i < parameters.length; i++) {
            double value = parameters[i];
            parameters[i] = value + epsilon;
            double above = reference
                    .evaluatePlain(parameters, rows, noise, fixture.klWeight())
                    .loss();
            parameters[i] = value - epsilon;
            double below = reference
                    .evaluatePlain(parameters, rows, noise, fixture.klWeight())
                    .loss();
            parameters[i] = value;
            assertThat(gradient.get(i))
                    .as("parameter %d", i)
                    .isCloseTo((above - below) / (2 * epsilon), within(1e-6 * Math.max(1, Math.abs(gradient.get(i)))));
        }
    }

    /** Otherwise their gradients would be compared on one side only, or at a kink. */
    @Test
    void objectivesByMinibatchAreComparedOnBothSidesOfTheirKinks() {
        double[] kls = meanKlByLatent(new Fixture(Fixture.base().build()));
        double sum = Arrays.stream(kls).sum();
        int below = 0;
        int above = 0;
        for (Objective objective : Fixture.minibatchObjectives().toList()) {
            boolean capacity = objective.capacity().isPresent();
            double kink = capacity ? objective.capacity().get().at(Fixture.STEP) : objective.freeBits();
            for (double kl : capacity ? new double[] {sum} : kls) {
                assertThat(Math.abs(kl - kink)).isGreaterThan(1e-3);
                below += kl < kink ? 1 : 0;
                above += kl > kink ? 1 : 0;
            }
        }
        assertThat(below).isGreaterThan(1);
        assertThat(above).isGreaterThan(1);
    }

    private static double[] meanKlByLatent(Fixture fixture) {
        int size = fixture.spec.latentSize();
        double[] means = new double[size];
        try (VaeScorer scorer = new VaeScorer(fixture.spec);
                FloatMemory parameters = fixture.parameterMemory()) {
            scorer.bind(parameters);
            RowScores scores = new RowScores(fixture.spec, Fixture.ROWS, Set.of(RowScores.Detail.KL_BY_LATENT));
            scorer.score(fixture.batch(), 1, 0, scores);
            for (int row = 0; row < Fixture.ROWS; row++) {
                double sum = 0;
                for (int latent = 0; latent < size; latent++) {
                    double kl = scores.klByLatent()[row * size + latent];
                    sum += kl;
                    means[latent] += kl / Fixture.ROWS;
                }
                assertThat(sum).isCloseTo(scores.kl(row), within(1e-12));
            }
        }
        return means;
    }

    /**
     * Over independent noise, the doubly reparameterised gradient and the plain derivative have the same mean.
     * False-reject rate below 1e-4: the mean difference of each of the 50 or so encoder parameters stays within 5
     * standard errors.
     */
    @ParameterizedTest
    @MethodSource("importanceWeights")
    void doublyReparameterisedGradientIsUnbiased(double beta) {
        Fixture fixture = new Fixture(VaeSpec.builder(4, 2)
                .encoder(3)
                .decoder(3)
                .objective(Fixture.importanceWeighted(3, beta))
                .build());
        ReferenceVae reference = new ReferenceVae(fixture.spec);
        Random random = new Random(3);
        int length = reference.encoderLength();
        double[] sums = new double[length];
        double[] squares = new double[length];
        int draws = 3000;
        double[][] rows = {fixture.wideRows()[0]};
        for (int draw = 0; draw < draws; draw++) {
            double[][][] noise = new double[1][3][2];
            for (double[] sample : noise[0]) {
                sample[0] = random.nextGaussian();
                sample[1] = random.nextGaussian();
            }
            List<Double> doubly = reference
                    .evaluate(fixture.wideParameters(), rows, noise, beta)
                    .gradient();
            List<Double> plain = reference
                    .evaluatePlain(fixture.wideParameters(), rows, noise, beta)
                    .gradient();
            for (int i = 0; i < length; i++) {
                double difference = doubly.get(i) - plain.get(i);
                sums[i] += difference;
                squares[i] += difference * difference;
            }
        }
        for (int i = 0; i < length; i++) {
            double mean = sums[i] / draws;
            double standardError = Math.sqrt((squares[i] / draws - mean * mean) / draws);
            assertThat(mean).as("parameter %d", i).isCloseTo(0, within(5 * standardError + 1e-12));
        }
    }

    static Stream<Double> importanceWeights() {
        return Stream.of(1.0, 0.5);
    }

    @Test
    void gradientScaleMultipliesTheGradient() {
        Fixture fixture = new Fixture(Fixture.base().build());
        float[] sum = fixture.kernelGradient(new BatchStatistics());
        try (VaeEngine engine = new VaeEngine(fixture.spec, Fixture.ROWS);
                var values = fixture.parameterMemory();
                var gradients = FloatMemory.allocate(sum.length)) {
            engine.bind(values, gradients);
            engine.gradient(fixture.batch(), Fixture.SEED, Fixture.STEP, 0.25, null);
            float[] quarter = gradients.toArray();
            for (int i = 0; i < sum.length; i++) {
                // A power of two changes no digit.
                assertThat(quarter[i]).isEqualTo(sum[i] / 4);
            }
        }
    }

    private static ReferenceVae.Result reference(Fixture fixture) {
        return new ReferenceVae(fixture.spec)
                .evaluate(fixture.wideParameters(), fixture.wideRows(), fixture.noise(), fixture.klWeight());
    }

    private static Offset<Double> relative(double value) {
        return within(VALUE_TOLERANCE * Math.max(1, Math.abs(value)));
    }
}
