package elbow.vae.known;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import elbow.math.Activation;
import elbow.math.FloatMemory;
import elbow.math.optimizer.Adam;
import elbow.math.optimizer.FloatTiles;
import elbow.vae.Fixture;
import elbow.vae.Initialisation;
import elbow.vae.LocalTrainer;
import elbow.vae.RowScores;
import elbow.vae.VaeEngine;
import elbow.vae.VaeScorer;
import elbow.vae.VaeSpec;
import elbow.vae.input.RowBatch;
import elbow.vae.latent.DiagonalGaussian;
import elbow.vae.latent.Hierarchy;
import elbow.vae.latent.LatentSpec;
import elbow.vae.layer.DenseSpec;
import elbow.vae.layer.LayerSpec;
import elbow.vae.layer.ParameterBlock;
import elbow.vae.likelihood.Gaussian;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Two layers of latents with linear networks are factor analysis: x = W z_1 + b + noise of variance v, z_1 = A z_2 + a
 * + noise of variances D, so that x has the covariance W (A A' + D) W' + v I. At its best that is probabilistic PCA
 * with as many latents as z_1 has, whose likelihood is known; and at any parameters the log-density is.
 */
final class LinearHierarchyTest {
    private static final int COLUMNS = 6;
    private static final int LOWEST = 2;
    private static final int TOPMOST = 1;
    private static final int ROWS = 400;
    private static final double VARIANCE = 0.5;

    private static VaeSpec spec(Hierarchy kind, Gaussian likelihood) {
        List<LayerSpec> up = kind == Hierarchy.LADDER ? List.of(new DenseSpec(3, Activation.IDENTITY)) : List.of();
        VaeSpec.Builder builder = VaeSpec.builder(COLUMNS, LOWEST)
                .activation(Activation.IDENTITY)
                .likelihood(likelihood)
                .upper(kind, List.of(new LatentSpec(up, TOPMOST, new DiagonalGaussian(), List.of())))
                .objective(Fixture.elbo(1, 1, 0));
        return kind == Hierarchy.LADDER ? builder.encoder(4).build() : builder.build();
    }

    @ParameterizedTest
    @EnumSource(Hierarchy.class)
    void convergesToTheClosedFormLikelihood(Hierarchy kind) {
        float[] rows = ProbabilisticPca.rows(ROWS, COLUMNS, LOWEST);
        VaeSpec spec = spec(kind, Gaussian.learned(Gaussian.Variance.SHARED, 0));
        int length = spec.layout().length();
        long[] keys = new long[ROWS];
        Arrays.setAll(keys, i -> i);
        RowBatch batch = RowBatch.of(COLUMNS, rows).withKeys(keys);
        try (VaeEngine engine = new VaeEngine(spec, ROWS);
                VaeScorer scorer = new VaeScorer(spec);
                FloatMemory parameters = FloatMemory.allocate(length);
                FloatMemory gradients = FloatMemory.allocate(length)) {
            Initialisation.initialise(spec, 1, parameters);
            Adam adam = new Adam(Adam.Settings.STANDARD, new FloatTiles(length), new FloatTiles(length));
            LocalTrainer trainer = new LocalTrainer(engine, adam, parameters, gradients);
            int steps = 6000;
            for (int step = 0; step < steps; step++) {
                trainer.step(batch, 9, step, 0.01 * (1 - step / (double) steps), null);
            }
            scorer.bind(parameters);
            RowScores scores = new RowScores(ROWS);
            scorer.score(batch, 4, 200, scores);
            double elbo = 0;
            for (int row = 0; row < ROWS; row++) {
                elbo += scores.elbo(row) / ROWS;
            }
            double best = ProbabilisticPca.meanLogLikelihood(ProbabilisticPca.covariance(rows, COLUMNS), LOWEST);
            // 0.01 nats: what is left of the optimisation, and the noise of 200 x 400 samples.
            assertThat(elbo).isCloseTo(best, within(0.01));
        }
    }

    @ParameterizedTest
    @EnumSource(Hierarchy.class)
    void importanceWeightedBoundRisesToTheLogDensity(Hierarchy kind) {
        int count = 50;
        VaeSpec spec = spec(kind, Gaussian.fixed(VARIANCE));
        float[] rows = ProbabilisticPca.rows(count, COLUMNS, LOWEST);
        for (int i = 0; i < rows.length; i++) {
            rows[i] *= 0.5f;
        }
        float[] values = parameters(spec);
        double exact = meanLogDensity(spec, values, rows, count);
        double[] bounds = new double[4];
        try (VaeScorer scorer = new VaeScorer(spec);
                FloatMemory parameters = FloatMemory.allocate(values.length)) {
            parameters.put(0, values, values.length);
            scorer.bind(parameters);
            int[] samples = {1, 10, 100, 30_000};
            for (int i = 0; i < samples.length; i++) {
                RowScores scores = new RowScores(count);
                scorer.score(RowBatch.of(COLUMNS, rows), 4, samples[i], scores);
                for (int row = 0; row < count; row++) {
                    bounds[i] += scores.importanceWeightedBound(row) / count;
                }
            }
        }
        assertThat(bounds).isSorted();
        assertThat(bounds[0]).isLessThan(exact - 0.5);
        assertThat(bounds[3]).isCloseTo(exact, within(0.02));
    }

    // Random, but that variances depend on nothing; posteriors are the same for every row, and wide.
    private static float[] parameters(VaeSpec spec) {
        Random random = new Random(5);
        float[] values = new float[spec.layout().length()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (0.4 * random.nextGaussian());
        }
        ParameterBlock told = spec.layout().block("latents.2.decoder.output.weights");
        for (int row = 0; row < told.rows(); row++) {
            int from = told.offset() + row * told.columns();
            Arrays.fill(values, from + LOWEST, from + 2 * LOWEST, 0f);
        }
        for (ParameterBlock block : spec.layout().blocks()) {
            if (block.name().matches("(encoder|posterior|latents\\.2\\.encoder)\\..*")) {
                boolean tells = block.name().endsWith("posterior.bias");
                for (int i = 0; i < block.length(); i++) {
                    values[block.offset() + i] = tells && i >= block.length() / 2 ? 1 : 0;
                }
            }
        }
        return values;
    }

    private static double meanLogDensity(VaeSpec spec, float[] values, float[] rows, int count) {
        ParameterBlock weights = spec.layout().block("output.weights");
        ParameterBlock bias = spec.layout().block("output.bias");
        ParameterBlock upper = spec.layout().block("latents.2.decoder.output.weights");
        ParameterBlock upperBias = spec.layout().block("latents.2.decoder.output.bias");
        double[][] inner = new double[LOWEST][LOWEST];
        for (int i = 0; i < LOWEST; i++) {
            for (int j = 0; j < LOWEST; j++) {
                for (int k = 0; k < TOPMOST; k++) {
                    int from = upper.offset() + k * upper.columns();
                    inner[i][j] += values[from + i] * values[from + j];
                }
            }
            inner[i][i] += Math.exp(values[upperBias.offset() + LOWEST + i]);
        }
        double[] mean = new double[COLUMNS];
        double[][] covariance = new double[COLUMNS][COLUMNS];
        for (int p = 0; p < COLUMNS; p++) {
            mean[p] = values[bias.offset() + p];
            covariance[p][p] += VARIANCE;
            for (int i = 0; i < LOWEST; i++) {
                double own = values[weights.offset() + i * COLUMNS + p];
                mean[p] += own * values[upperBias.offset() + i];
                for (int j = 0; j < LOWEST; j++) {
                    for (int q = 0; q < COLUMNS; q++) {
                        covariance[p][q] += own * inner[i][j] * values[weights.offset() + j * COLUMNS + q];
                    }
                }
            }
        }
        return meanNormal(mean, covariance, rows, count);
    }

    // By the covariance's Cholesky factor.
    private static double meanNormal(double[] mean, double[][] covariance, float[] rows, int count) {
        double[][] factor = new double[COLUMNS][COLUMNS];
        for (int p = 0; p < COLUMNS; p++) {
            for (int q = 0; q <= p; q++) {
                double sum = covariance[p][q];
                for (int k = 0; k < q; k++) {
                    sum -= factor[p][k] * factor[q][k];
                }
                factor[p][q] = p == q ? Math.sqrt(sum) : sum / factor[q][q];
            }
        }
        double total = 0;
        for (int row = 0; row < count; row++) {
            double[] solved = new double[COLUMNS];
            double sum = COLUMNS * Math.log(2 * Math.PI);
            for (int p = 0; p < COLUMNS; p++) {
                double value = rows[row * COLUMNS + p] - mean[p];
                for (int k = 0; k < p; k++) {
                    value -= factor[p][k] * solved[k];
                }
                solved[p] = value / factor[p][p];
                sum += solved[p] * solved[p] + 2 * Math.log(factor[p][p]);
            }
            total -= 0.5 * sum;
        }
        return total / count;
    }
}
