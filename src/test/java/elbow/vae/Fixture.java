package elbow.vae;

import elbow.math.Activation;
import elbow.math.FloatMemory;
import elbow.math.KeyedNoise;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Small networks, random parameters and rows for the comparison of kernel, reference and central differences. */
final class Fixture {
    static final long SEED = 5;
    static final long STEP = 3;
    static final int ROWS = 6;

    final VaeSpec spec;
    final float[] parameters;
    final float[] rows;
    final long[] rowKeys = new long[ROWS];

    Fixture(VaeSpec spec) {
        this.spec = spec;
        Random random = new Random(11);
        parameters = new float[ParameterLayout.of(spec).length()];
        for (int i = 0; i < parameters.length; i++) {
            parameters[i] = (float) (0.6 * random.nextGaussian());
        }
        rows = new float[ROWS * spec.inputSize()];
        for (int r = 0; r < ROWS; r++) {
            rowKeys[r] = random.nextLong();
            int at = r * spec.inputSize();
            for (LikelihoodGroup group : spec.likelihoods()) {
                for (int i = 0; i < group.columns(); i++) {
                    boolean unit = group.likelihood().minimum() == 0;
                    rows[at++] = unit ? random.nextFloat() : (float) random.nextGaussian();
                }
            }
        }
    }

    static Stream<VaeSpec> specs() {
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
        specs.add(base().objective(importanceWeighted(4, 1)).build());
        specs.add(base().objective(importanceWeighted(3, 0.6)).build());
        specs.add(base().objective(importanceWeighted(1, 1)).build());
        specs.add(base().objective(importanceWeighted(4, 1))
                .likelihood(Gaussian.learned(Gaussian.Variance.SHARED, 0.01))
                .build());
        return specs.stream();
    }

    static List<Likelihood> likelihoods() {
        return List.of(
                new Bernoulli(),
                Gaussian.fixed(0.5),
                Gaussian.learned(Gaussian.Variance.SHARED, 0.01),
                Gaussian.learned(Gaussian.Variance.PER_COLUMN, 0.01),
                Gaussian.learned(Gaussian.Variance.HETEROSCEDASTIC, 0.01));
    }

    static VaeSpec.Builder base() {
        return VaeSpec.builder(7, 3).encoder(5).decoder(4);
    }

    static Objective elbo(int samples, double beta, double freeBits) {
        return new Objective(Bound.ELBO, samples, beta, freeBits, new KlSchedule.Constant());
    }

    static Objective importanceWeighted(int samples, double beta) {
        return new Objective(Bound.IMPORTANCE_WEIGHTED, samples, beta, 0, new KlSchedule.Constant());
    }

    double klWeight() {
        return spec.objective().klWeight(STEP);
    }

    double[] wideParameters() {
        return wide(parameters);
    }

    double[][] wideRows() {
        double[][] wide = new double[ROWS][spec.inputSize()];
        for (int i = 0; i < rows.length; i++) {
            wide[i / spec.inputSize()][i % spec.inputSize()] = rows[i];
        }
        return wide;
    }

    /** The training noise of each row, sample and latent, as the generator gives it. */
    double[][][] noise() {
        return noise(
                NoiseStream.TRAINING_LATENT.key(SEED, STEP), spec.objective().samples());
    }

    double[][][] noise(long key, int samples) {
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

    FloatMemory parameterMemory() {
        FloatMemory memory = FloatMemory.allocate(parameters.length);
        memory.put(0, parameters, parameters.length);
        return memory;
    }

    /** The kernel's gradient of the summed loss. */
    float[] kernelGradient(BatchStatistics statistics) {
        try (VaeEngine engine = new VaeEngine(spec, ROWS);
                FloatMemory values = parameterMemory();
                FloatMemory gradients = FloatMemory.allocate(parameters.length)) {
            engine.bind(values, gradients);
            engine.gradient(rows, ROWS, rowKeys, SEED, STEP, 1, statistics);
            return gradients.toArray();
        }
    }

    static double[] wide(float[] values) {
        double[] wide = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            wide[i] = values[i];
        }
        return wide;
    }
}
