package elbow.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import elbow.math.Activation;
import elbow.math.FloatMemory;
import elbow.math.noise.KeyedNoise;
import elbow.math.noise.NoiseStream;
import elbow.vae.input.RowBatch;
import elbow.vae.latent.InverseAutoregressiveFlows;
import elbow.vae.latent.PlanarFlows;
import elbow.vae.latent.Posterior;
import elbow.vae.layer.ParameterBlock;
import elbow.vae.likelihood.Bernoulli;
import elbow.vae.likelihood.Categorical;
import elbow.vae.likelihood.ContinuousBernoulli;
import elbow.vae.likelihood.DiscretizedLogistic;
import elbow.vae.likelihood.Gaussian;
import elbow.vae.likelihood.InputScale;
import elbow.vae.likelihood.Likelihood;
import elbow.vae.likelihood.LikelihoodGroup;
import elbow.vae.likelihood.LogNormal;
import elbow.vae.likelihood.NegativeBinomial;
import elbow.vae.likelihood.Ordinal;
import elbow.vae.likelihood.PointMasses;
import elbow.vae.likelihood.Poisson;
import elbow.vae.likelihood.StudentT;
import elbow.vae.objective.Bound;
import elbow.vae.objective.Capacity;
import elbow.vae.objective.KlSchedule;
import elbow.vae.objective.Objective;
import elbow.vae.prior.FlowPrior;
import elbow.vae.prior.GaussianMixture;
import elbow.vae.prior.Prior;
import elbow.vae.prior.StandardNormal;
import elbow.vae.prior.VampPrior;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Small networks, random parameters and rows for the comparison of kernel, reference and central differences. */
public final class Fixture {
    public static final long SEED = 5;
    public static final long STEP = 3;
    public static final int ROWS = 6;

    public final VaeSpec spec;
    public final float[] parameters;
    public final float[] rows;

    /** 1 where a value is observed; null where the spec has no missing columns. */
    public final byte @Nullable [] observed;

    public final long[] rowKeys = new long[ROWS];

    public Fixture(VaeSpec spec) {
        this.spec = spec;
        Random random = new Random(11);
        parameters = new float[spec.layout().length()];
        for (int i = 0; i < parameters.length; i++) {
            parameters[i] = (float) (0.6 * random.nextGaussian());
        }
        rows = new float[ROWS * spec.inputSize()];
        for (int r = 0; r < ROWS; r++) {
            rowKeys[r] = random.nextLong();
            int at = r * spec.inputSize();
            for (LikelihoodGroup group : spec.row().groups()) {
                for (int i = 0; i < group.variables(); i++) {
                    fill(group.likelihood(), random, rows, at);
                    at += group.likelihood().columnsPerVariable();
                }
            }
        }
        observed = spec.row().missingColumns().isEmpty() ? null : mask(random);
    }

    public static void fill(Likelihood likelihood, Random random, float[] rows, int at) {
        if (likelihood.columnsPerVariable() > 1) {
            rows[at + random.nextInt(likelihood.columnsPerVariable())] = 1;
        } else if (likelihood.takesWholeNumbers()) {
            // Few and many: sums term by term and differences of log Gamma.
            rows[at] = random.nextInt(4) == 0 ? 30 + random.nextInt(30) : random.nextInt(5);
        } else if (likelihood instanceof DiscretizedLogistic logistic) {
            int steps = logistic.levels() - 1;
            int[] levels = {0, steps, random.nextInt(steps)};
            rows[at] = levels[random.nextInt(3)] / (float) steps;
        } else if (likelihood instanceof PointMasses masses) {
            int place = random.nextInt(2 * masses.points().size());
            rows[at] = place < masses.points().size()
                    ? masses.points().get(place).floatValue()
                    : (float) random.nextGaussian();
        } else if (likelihood.minimum() == 0) {
            rows[at] = random.nextFloat();
        } else {
            double normal = random.nextGaussian();
            rows[at] = (float) (likelihood.minimum() > 0 ? Math.exp(normal) : normal);
        }
    }

    // A third of everything is missing, in columns of which the encoder is told and in others; NaN stands there.
    private byte[] mask(Random random) {
        byte[] mask = new byte[rows.length];
        int at = 0;
        while (at < rows.length) {
            for (LikelihoodGroup group : spec.row().groups()) {
                for (int i = 0; i < group.variables(); i++) {
                    int end = at + group.likelihood().columnsPerVariable();
                    boolean there = random.nextInt(3) > 0;
                    Arrays.fill(mask, at, end, (byte) (there ? 1 : 0));
                    if (!there) {
                        Arrays.fill(rows, at, end, Float.NaN);
                    }
                    at = end;
                }
            }
        }
        return mask;
    }

    public static Stream<VaeSpec> specs() {
        List<VaeSpec> specs = new ArrayList<>();
        for (Activation activation : Activation.values()) {
            specs.add(base().activation(activation).build());
        }
        for (Likelihood likelihood : likelihoods()) {
            specs.add(base().likelihood(likelihood).build());
        }
        specs.add(base().likelihoods(List.of(
                        new LikelihoodGroup(Gaussian.learned(Gaussian.Variance.HETEROSCEDASTIC, 1e-3), 2),
                        new LikelihoodGroup(new Bernoulli(), 3),
                        new LikelihoodGroup(Gaussian.learned(Gaussian.Variance.PER_COLUMN, 0), 2)))
                .build());
        specs.add(base().encoder().decoder().build());
        specs.add(base().encoder(5, 4).decoder(3, 6).build());
        specs.add(base().objective(elbo(3, 1, 0)).build());
        specs.add(base().objective(elbo(2, 4, 0)).build());
        specs.add(base().objective(elbo(1, 0, 0)).build());
        specs.add(base().objective(elbo(1, 1, 0.3)).build());
        specs.add(base().objective(new Objective(Bound.ELBO, 1, 2, 0, new KlSchedule.LinearWarmup(10)))
                .build());
        minibatchObjectives().forEach(objective -> {
            specs.add(base().objective(objective).build());
            specs.add(mixed().missingColumns(MISSING).objective(objective).build());
        });
        specs.add(base().objective(importanceWeighted(4, 1)).build());
        specs.add(base().objective(importanceWeighted(3, 0.6)).build());
        specs.add(base().objective(importanceWeighted(1, 1)).build());
        specs.add(base().objective(importanceWeighted(4, 1))
                .likelihood(Gaussian.learned(Gaussian.Variance.SHARED, 0.01))
                .build());
        specs.add(
                VaeSpec.builder(9, 3).encoder(5).likelihood(new Categorical(3)).build());
        specs.add(VaeSpec.builder(8, 3).encoder(5).likelihood(new Ordinal(4)).build());
        specs.add(VaeSpec.builder(4, 2).encoder(5).likelihood(new Ordinal(2)).build());
        specs.add(mixed().build());
        Stream<Objective> objectives =
                Stream.of(elbo(1, 1, 0), elbo(2, 1.5, 0.3), importanceWeighted(4, 1), importanceWeighted(3, 0.6));
        objectives.forEach(objective ->
                specs.add(mixed().missingColumns(MISSING).objective(objective).build()));
        specs.add(base().missingColumns(List.of(0, 1, 2, 3, 4, 5, 6)).build());
        return specs.stream();
    }

    /** Objectives that go by the minibatch's mean KL divergence. */
    public static Stream<Objective> minibatchObjectives() {
        return Stream.of(
                elbo(1, 1, 0.2).withFreeBitsOfMinibatch(),
                elbo(3, 0.7, 0.5).withFreeBitsOfMinibatch(),
                elbo(1, 0, 0.3).withFreeBitsOfMinibatch(),
                // At step 3 of 10: below the KL divergence of these networks, and above it.
                elbo(1, 2, 0).withCapacity(new Capacity(1, 10)),
                elbo(2, 2, 0).withCapacity(new Capacity(100, 10)));
    }

    /** Priors without a closed form, without and with parameters, under every kind of objective. */
    public static Stream<VaeSpec> priorSpecs() {
        List<Prior> priors = List.of(
                new TestPriors.SampledNormal(),
                new TestPriors.TwoGaussians(0.8),
                new TestPriors.LearnedMeans(),
                new GaussianMixture(2),
                new GaussianMixture(4),
                new FlowPrior(1, 3),
                new FlowPrior(5, 4),
                new VampPrior(1),
                new VampPrior(9));
        List<Objective> objectives = List.of(
                elbo(1, 1, 0),
                elbo(3, 0.7, 0),
                elbo(1, 0, 0),
                elbo(3, 2, 0).withCapacity(new Capacity(1, 10)),
                elbo(3, 2, 0).withCapacity(new Capacity(100, 10)),
                importanceWeighted(4, 1),
                importanceWeighted(3, 0.6));
        Stream<VaeSpec> dense = priors.stream()
                .flatMap(prior -> objectives.stream()
                        .map(objective ->
                                base().prior(prior).objective(objective).build()));
        // Pseudo-inputs of an encoder that sees other numbers than the likelihoods, and of a linear one.
        return Stream.concat(
                dense,
                Stream.of(
                        mixed().missingColumns(MISSING).prior(new VampPrior(4)).build(),
                        base().encoder().prior(new VampPrior(3)).build()));
    }

    /** Posteriors with flows, against priors of every kind, under every kind of objective. */
    public static Stream<VaeSpec> posteriorSpecs() {
        List<Posterior> posteriors = List.of(
                new PlanarFlows(1),
                new PlanarFlows(3),
                new InverseAutoregressiveFlows(1, 4),
                new InverseAutoregressiveFlows(3, 7));
        List<Prior> priors = List.of(new StandardNormal(), new GaussianMixture(2), new FlowPrior(2, 3));
        List<Objective> objectives = List.of(elbo(1, 1, 0), elbo(3, 0.7, 0), importanceWeighted(3, 0.6));
        return posteriors.stream()
                .flatMap(posterior -> priors.stream()
                        .flatMap(prior -> objectives.stream()
                                .map(objective -> base().posterior(posterior)
                                        .prior(prior)
                                        .objective(objective)
                                        .build())));
    }

    /** A table with every likelihood. */
    public static VaeSpec.Builder mixed() {
        return VaeSpec.builder(23, 3)
                .encoder(6)
                .decoder(5)
                .likelihoods(List.of(
                        new LikelihoodGroup(Gaussian.learned(Gaussian.Variance.PER_COLUMN, 0.01), 2),
                        new LikelihoodGroup(new Categorical(3), 6),
                        new LikelihoodGroup(new Poisson(), 2, new InputScale(List.of(1.0, 2.0), List.of(0.5, 2.0))),
                        new LikelihoodGroup(new Ordinal(3), 3),
                        new LikelihoodGroup(new NegativeBinomial(), 1),
                        new LikelihoodGroup(
                                new LogNormal(Gaussian.learned(Gaussian.Variance.HETEROSCEDASTIC, 0.01)),
                                2,
                                new InputScale(List.of(0.1, -0.3), List.of(1.5, 0.7))),
                        new LikelihoodGroup(new StudentT(0.01, 2), 2),
                        new LikelihoodGroup(new ContinuousBernoulli(), 2),
                        new LikelihoodGroup(new DiscretizedLogistic(256, 0.001), 2),
                        new LikelihoodGroup(new Bernoulli(), 1)));
    }

    /** The columns of {@link #mixed} of whose gaps the encoder is told. */
    private static final List<Integer> MISSING = List.of(0, 2, 5, 9, 10, 13, 15, 17, 20, 22);

    public static List<Likelihood> likelihoods() {
        return List.of(
                new Bernoulli(),
                Gaussian.fixed(0.5),
                Gaussian.learned(Gaussian.Variance.SHARED, 0.01),
                Gaussian.learned(Gaussian.Variance.PER_COLUMN, 0.01),
                Gaussian.learned(Gaussian.Variance.HETEROSCEDASTIC, 0.01),
                new ContinuousBernoulli(),
                new StudentT(0.01, 2),
                new LogNormal(Gaussian.learned(Gaussian.Variance.PER_COLUMN, 0.01)),
                new LogNormal(Gaussian.fixed(0.5)),
                pointMasses(Gaussian.fixed(0.5)),
                pointMasses(Gaussian.learned(Gaussian.Variance.PER_COLUMN, 0.01)),
                pointMasses(Gaussian.learned(Gaussian.Variance.HETEROSCEDASTIC, 0.01)),
                new Poisson(),
                new NegativeBinomial(),
                new DiscretizedLogistic(256, 0.001),
                new DiscretizedLogistic(3, 0));
    }

    private static PointMasses pointMasses(Gaussian rest) {
        return new PointMasses(List.of(-1.5, 0.0, 4.25), List.of(0.1, 0.5, 0.2), rest);
    }

    public static VaeSpec.Builder base() {
        return VaeSpec.builder(7, 3).encoder(5).decoder(4);
    }

    public static Objective elbo(int samples, double beta, double freeBits) {
        return new Objective(Bound.ELBO, samples, beta, freeBits, new KlSchedule.Constant());
    }

    public static Objective importanceWeighted(int samples, double beta) {
        return new Objective(Bound.IMPORTANCE_WEIGHTED, samples, beta, 0, new KlSchedule.Constant());
    }

    public double klWeight() {
        return spec.objective().klWeight(STEP);
    }

    public double[] wideParameters() {
        return wide(parameters);
    }

    public double[][] wideRows() {
        double[][] wide = new double[ROWS][spec.inputSize()];
        for (int i = 0; i < rows.length; i++) {
            wide[i / spec.inputSize()][i % spec.inputSize()] = rows[i];
        }
        return wide;
    }

    /** The training noise of each row, sample and latent, as the generator gives it. */
    public double[][][] noise() {
        return noise(
                NoiseStream.TRAINING_LATENT.key(SEED, STEP), spec.objective().samples());
    }

    public double[][][] noise(long key, int samples) {
        double[][][] noise = new double[ROWS][samples][];
        int[] bits = new int[spec.latentSize() + 3];
        float[] normal = new float[spec.latentSize()];
        for (int r = 0; r < ROWS; r++) {
            for (int k = 0; k < samples; k++) {
                KeyedNoise.bits(key, rowKeys[r], k, spec.latentSize(), bits);
                KeyedNoise.normal(bits, spec.latentSize(), normal);
                noise[r][k] = wide(normal);
            }
        }
        return noise;
    }

    public FloatMemory parameterMemory() {
        FloatMemory memory = FloatMemory.allocate(parameters.length);
        memory.put(0, parameters, parameters.length);
        return memory;
    }

    /** All rows. */
    public RowBatch batch() {
        return batch(rows, observed, rowKeys);
    }

    /** The rows of {@code values}, with NaN or anything else where they are missing. */
    public RowBatch batch(float[] values, byte @Nullable [] mask, long[] keys) {
        int columns = spec.inputSize();
        RowBatch batch = mask == null ? RowBatch.of(columns, values) : RowBatch.of(columns, values, mask);
        return batch.withKeys(keys);
    }

    /** The kernel's gradient of the summed loss. */
    public float[] kernelGradient(BatchStatistics statistics) {
        try (VaeEngine engine = new VaeEngine(spec, ROWS);
                FloatMemory values = parameterMemory();
                FloatMemory gradients = FloatMemory.allocate(parameters.length)) {
            engine.bind(values, gradients);
            engine.gradient(batch(), SEED, STEP, 1, statistics);
            return gradients.toArray();
        }
    }

    public static double[] wide(float[] values) {
        double[] wide = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            wide[i] = values[i];
        }
        return wide;
    }

    /** Holds a gradient against the expected one, within {@code tolerance} x each block's largest element. */
    static void assertGradient(VaeSpec spec, float[] gradient, List<Double> expected, double tolerance) {
        for (ParameterBlock block : spec.layout().blocks()) {
            double largest = 0;
            for (int i = block.offset(); i < block.offset() + block.length(); i++) {
                largest = Math.max(largest, Math.abs(expected.get(i)));
            }
            for (int i = block.offset(); i < block.offset() + block.length(); i++) {
                assertThat((double) gradient[i])
                        .as("%s[%d]", block.name(), i - block.offset())
                        .isCloseTo(expected.get(i), within(tolerance * largest));
            }
        }
    }
}
