package elbow.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtException;
import elbow.density.LatentMixture;
import elbow.math.FloatMemory;
import elbow.math.noise.KeyedNoise;
import elbow.math.noise.NoiseStream;
import elbow.math.noise.NormalNoise;
import elbow.vae.ConditionalSpecs;
import elbow.vae.ConvolutionSpecs;
import elbow.vae.Fixture;
import elbow.vae.RowScores;
import elbow.vae.RowScores.Detail;
import elbow.vae.VaeGenerator;
import elbow.vae.VaeScorer;
import elbow.vae.VaeSpec;
import elbow.vae.input.InputTransform;
import elbow.vae.input.RowBatch;
import elbow.vae.likelihood.Bernoulli;
import elbow.vae.likelihood.Gaussian;
import elbow.vae.likelihood.Likelihood;
import elbow.vae.likelihood.LogNormal;
import elbow.vae.prior.FlowPrior;
import elbow.vae.prior.GaussianMixture;
import elbow.vae.prior.StandardNormal;
import elbow.vae.prior.VampPrior;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Graphs of networks against the kernel: every likelihood, activation, layer, posterior and prior. */
class NetworkGraphTest {
    private static final double TOLERANCE = 1e-4;
    private static final long SEED = 17;
    private static final int KL_DRAWS = 64;

    static Stream<VaeSpec> specs() {
        Stream<VaeSpec> priors = Stream.of(
                        new GaussianMixture(1), new GaussianMixture(4), new FlowPrior(5, 4), new VampPrior(9))
                .map(prior -> Fixture.base().prior(prior).build());
        Stream<VaeSpec> optimal = Stream.of(Gaussian.Variance.OPTIMAL_SHARED, Gaussian.Variance.OPTIMAL_PER_COLUMN)
                .flatMap(variance -> {
                    Gaussian gaussian = Gaussian.learned(variance, 0.9);
                    return Stream.<Likelihood>of(gaussian, new LogNormal(gaussian));
                })
                .map(likelihood -> Fixture.base().likelihood(likelihood).build());
        return Stream.of(
                        Fixture.specs(),
                        Fixture.posteriorSpecs(),
                        Fixture.priorSpecs().filter(spec -> spec.prior() instanceof VampPrior),
                        priors,
                        optimal,
                        ConditionalSpecs.specs(),
                        ConvolutionSpecs.all(),
                        Stream.of(Fixture.base()
                                .likelihood(new Bernoulli())
                                .inputTransform(InputTransform.THRESHOLD)
                                .build()))
                .flatMap(stream -> stream);
    }

    @ParameterizedTest
    @MethodSource("specs")
    void posteriorsExpectationsAndScoresAreThoseOfTheKernel(VaeSpec spec) throws OrtException {
        Fixture fixture = new Fixture(spec);
        int rows = Fixture.ROWS;
        RowScores scores = new RowScores(spec, rows, EnumSet.of(Detail.LATENTS, Detail.EXPECTATIONS));
        try (VaeScorer scorer = new VaeScorer(spec);
                FloatMemory parameters = memory(fixture.parameters)) {
            scorer.bind(parameters);
            scorer.score(batch(fixture), SEED, 0, scores);
        }

        OnnxRun.Results found = run(fixture);

        double[] deviations = new double[scores.logVariances().length];
        for (int i = 0; i < deviations.length; i++) {
            deviations[i] = Math.exp(0.5 * scores.logVariances()[i]);
        }
        assertClose("mean", found.of("mean"), Fixture.wide(scores.means()));
        assertClose("deviation", found.of("deviation"), deviations);
        assertClose("expected", found.of("expected"), modelled(spec, scores.expected()));
        for (int row = 0; row < rows; row++) {
            assertClose("reconstruction", found.of("reconstruction")[row], scores.reconstruction(row));
            assertClose("kl", found.of("kl")[row], scores.kl(row));
        }
    }

    private static OnnxRun.Results run(Fixture fixture) throws OrtException {
        VaeSpec spec = fixture.spec;
        int columns = spec.inputSize();
        int rows = Fixture.ROWS;
        Graph graph = new Graph("network");
        NetworkGraph network = new NetworkGraph(spec, fixture.parameters, graph);
        Tensor values = graph.input(TensorShape.of("values", ElementType.FLOAT, columns));
        Tensor present = graph.input(TensorShape.of("present", ElementType.FLOAT, columns));
        InputGraph input = InputGraph.of(spec.row(), values, present, null);
        NetworkGraph.Rows encoded = network.encode(input);
        Tensor noise = spec.hasClosedKl()
                ? null
                : graph.input(TensorShape.of("noise", ElementType.FLOAT, TensorShape.ANY, spec.latentSize()));
        Tensor means = network.means(encoded);
        Tensor outputs = network.decode(means, encoded.conditions());
        graph.output(TensorShape.of("mean", ElementType.FLOAT, spec.latentSize()), means);
        graph.output(TensorShape.of("deviation", ElementType.DOUBLE, spec.latentSize()), network.deviations(encoded));
        graph.output(
                TensorShape.of("expected", ElementType.FLOAT, spec.row().modelledColumns()), network.expected(outputs));
        graph.output(TensorShape.of("reconstruction", ElementType.DOUBLE), network.reconstruction(input, outputs));
        graph.output(TensorShape.of("kl", ElementType.DOUBLE), network.kl(encoded, noise));
        float[] mask = new float[rows * columns];
        for (int i = 0; i < mask.length; i++) {
            mask[i] = fixture.observed == null ? 1 : fixture.observed[i];
        }
        try (OnnxRun run = new OnnxRun(graph.toBytes("1", Map.of()))) {
            run.with("values", fixture.rows, rows, columns).with("present", mask, rows, columns);
            if (noise != null) {
                run.with("noise", noise(fixture), rows, KL_DRAWS, spec.latentSize());
            }
            return run.run();
        }
    }

    // As the kernel draws it.
    private static float[] noise(Fixture fixture) {
        int size = fixture.spec.latentSize();
        NormalNoise normal = new NormalNoise(size);
        float[] drawn = new float[Fixture.ROWS * size];
        float[] noise = new float[drawn.length * KL_DRAWS];
        for (int draw = 0; draw < KL_DRAWS; draw++) {
            long key = NoiseStream.SCORING_LATENT.key(SEED, 0);
            normal.draw(key, fixture.rowKeys, 0, Fixture.ROWS, draw, drawn, 0);
            for (int row = 0; row < Fixture.ROWS; row++) {
                System.arraycopy(drawn, row * size, noise, (row * KL_DRAWS + draw) * size, size);
            }
        }
        return noise;
    }

    static Stream<VaeSpec> unconditional() {
        return Stream.of(new StandardNormal(), new GaussianMixture(4), new FlowPrior(5, 4), new VampPrior(9))
                .map(prior -> Fixture.base().prior(prior).build());
    }

    @ParameterizedTest
    @MethodSource("unconditional")
    void whatIsMadeFromNoiseIsWhatTheKernelMakesFromTheSame(VaeSpec spec) throws OrtException {
        assertMade(spec, Optional.empty());
    }

    @Test
    void soIsWhatIsMadeFromADensityInThePriorsPlace() throws OrtException {
        VaeSpec spec = Fixture.base().prior(new FlowPrior(5, 4)).build();
        int size = spec.latentSize();
        double[][] means = new double[3][size];
        double[][] factors = new double[3][size * (size + 1) / 2];
        for (int k = 0; k < 3; k++) {
            for (int i = 0, at = 0; i < size; i++) {
                means[k][i] = k - 0.3 * i;
                for (int j = 0; j <= i; j++) {
                    factors[k][at++] = j == i ? 0.5 + 0.1 * k : 0.2 * (i - j - k);
                }
            }
        }
        assertMade(spec, Optional.of(new LatentMixture(new double[] {0.2, 0.5, 0.3}, means, factors)));
    }

    private static void assertMade(VaeSpec spec, Optional<LatentMixture> fitted) throws OrtException {
        Fixture fixture = new Fixture(spec);
        int rows = 50;
        float[] expected = new float[rows * spec.inputSize()];
        try (VaeGenerator generator = new VaeGenerator(spec);
                FloatMemory parameters = memory(fixture.parameters)) {
            generator.bind(parameters);
            if (fitted.isEmpty()) {
                generator.drawPrior(SEED, LongStream.range(0, rows).toArray(), rows);
            } else {
                float[] latents = new float[rows * spec.latentSize()];
                LatentMixture.Draws draws = fitted.get().draws(SEED);
                for (int row = 0; row < rows; row++) {
                    draws.draw(row, latents, row * spec.latentSize());
                }
                generator.put(latents, rows);
            }
            generator.expected(expected);
        }
        Graph graph = new Graph("generator");
        NetworkGraph network = new NetworkGraph(spec, fixture.parameters, graph);
        fitted.ifPresent(network.prior()::drawFrom);
        Tensor noise = graph.input(TensorShape.of("noise", ElementType.FLOAT, spec.latentSize()));
        Tensor component =
                network.prior().isMixture() ? graph.input(TensorShape.of("component", ElementType.DOUBLE)) : null;
        Tensor latents = network.prior().draw(noise, component, null);
        graph.output(
                TensorShape.of("expected", ElementType.FLOAT, spec.inputSize()),
                network.expected(network.decode(latents, null)));
        int size = spec.latentSize();
        long key = NoiseStream.PRIOR.key(SEED, 0);
        int[] bits = new int[size + KeyedNoise.WORDS - 1];
        float[] drawn = new float[rows * size];
        float[] normal = new float[size];
        double[] uniform = new double[rows];
        for (int row = 0; row < rows; row++) {
            KeyedNoise.bits(key, row, 1, 1, bits);
            uniform[row] = KeyedNoise.uniform(bits[0]);
            KeyedNoise.bits(key, row, 0, size, bits);
            KeyedNoise.normal(bits, size, normal);
            System.arraycopy(normal, 0, drawn, row * size, size);
        }

        try (OnnxRun run = new OnnxRun(graph.toBytes("1", Map.of()))) {
            run.with("noise", drawn, rows, size);
            if (component != null) {
                run.with("component", uniform, rows);
            }
            assertClose("expected", run.run().of("expected"), Fixture.wide(expected));
        }
    }

    @Test
    void aPriorWithoutOperatorsIsRefusedByName() {
        VaeSpec spec = Fixture.priorSpecs().findFirst().orElseThrow();
        Graph graph = new Graph("score");
        NetworkGraph network = new NetworkGraph(spec, new Fixture(spec).parameters, graph);
        Tensor latents = graph.input(TensorShape.of("latent", ElementType.DOUBLE, spec.latentSize()));

        assertRefused(spec, () -> network.prior().logDensities(latents, null));
        assertRefused(spec, () -> network.prior().kl(latents, latents, null));
        assertRefused(spec, () -> network.prior().draw(latents, null, null));
    }

    private static void assertRefused(VaeSpec spec, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("prior must be one that can be exported, but is "
                        + spec.prior().type());
    }

    private static double[] modelled(VaeSpec spec, float[] expected) {
        int columns = spec.row().modelledColumns();
        float[] found = new float[Fixture.ROWS * columns];
        for (int row = 0; row < Fixture.ROWS; row++) {
            System.arraycopy(expected, row * spec.inputSize(), found, row * columns, columns);
        }
        return Fixture.wide(found);
    }

    private static RowBatch batch(Fixture fixture) {
        byte @Nullable [] observed = fixture.observed;
        float[] rows = fixture.rows.clone();
        for (int i = 0; observed != null && i < rows.length; i++) {
            rows[i] = observed[i] == 0 ? 0 : rows[i];
        }
        RowBatch batch = observed == null
                ? RowBatch.of(fixture.spec.inputSize(), rows)
                : RowBatch.of(fixture.spec.inputSize(), rows, observed);
        return batch.withKeys(Arrays.copyOf(fixture.rowKeys, Fixture.ROWS));
    }

    private static FloatMemory memory(float[] values) {
        FloatMemory memory = FloatMemory.allocate(values.length);
        memory.put(0, values, values.length);
        return memory;
    }

    private static void assertClose(String what, double[] found, double[] expected) {
        assertThat(found).as(what).hasSameSizeAs(expected);
        for (int i = 0; i < found.length; i++) {
            assertClose(what + " " + i, found[i], expected[i]);
        }
    }

    private static void assertClose(String what, double found, double expected) {
        assertThat(found).as(what).isCloseTo(expected, within(TOLERANCE));
    }
}
