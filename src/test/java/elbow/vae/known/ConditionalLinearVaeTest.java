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
import elbow.vae.VaeGenerator;
import elbow.vae.VaeScorer;
import elbow.vae.VaeSpec;
import elbow.vae.input.RowBatch;
import elbow.vae.likelihood.Gaussian;
import elbow.vae.likelihood.InputScale;
import elbow.vae.likelihood.LikelihoodGroup;
import elbow.vae.likelihood.LikelihoodGroup.Role;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A linear VAE with conditions, x = W z + A c + b + noise of one shared variance, is a regression of all columns on the
 * conditions whose residuals have the covariance W W' + v I. Every column has the same regressors, so that the best A
 * and b are those of least squares whatever the covariance, and the residuals' likelihood is that of probabilistic PCA.
 */
@Tag("kernels")
final class ConditionalLinearVaeTest {
    private static final int MODELLED = 5;
    private static final int CONDITIONS = 2;
    private static final int COLUMNS = MODELLED + CONDITIONS;
    private static final int LATENTS = 1;
    private static final int ROWS = 400;

    private static final VaeSpec SPEC = VaeSpec.builder(COLUMNS, LATENTS)
            .activation(Activation.IDENTITY)
            .likelihoods(List.of(new LikelihoodGroup(Gaussian.learned(Gaussian.Variance.SHARED, 0), MODELLED)))
            .conditions(List.of(new LikelihoodGroup(Gaussian.fixed(1), CONDITIONS, InputScale.NONE, Role.CONDITION)))
            .objective(Fixture.elbo(1, 1, 0))
            .build();

    @Test
    void convergesToRegressionOnTheConditions() {
        float[] rows = rows();
        double[][] coefficients = leastSquares(rows);
        int length = SPEC.layout().length();
        long[] keys = new long[ROWS];
        Arrays.setAll(keys, i -> i);
        RowBatch batch = RowBatch.of(COLUMNS, rows).withKeys(keys);
        try (VaeEngine engine = new VaeEngine(SPEC, ROWS);
                VaeScorer scorer = new VaeScorer(SPEC);
                VaeGenerator generator = new VaeGenerator(SPEC);
                FloatMemory parameters = FloatMemory.allocate(length);
                FloatMemory gradients = FloatMemory.allocate(length)) {
            Initialisation.initialise(SPEC, 1, parameters);
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
            double best = ProbabilisticPca.meanLogLikelihood(
                    ProbabilisticPca.covariance(residuals(rows, coefficients), MODELLED), LATENTS);
            // 0.01 nats: what is left of the optimisation, and the noise of 200 x 400 samples.
            assertThat(elbo).isCloseTo(best, within(0.01));
            generator.bind(parameters);
            assertCoefficients(generator, coefficients);
        }
    }

    /** What the decoder expects at z = 0, the mean of the prior, is the regression. */
    private static void assertCoefficients(VaeGenerator generator, double[][] coefficients) {
        float[] given = new float[3 * COLUMNS];
        given[COLUMNS + MODELLED] = 1;
        given[2 * COLUMNS + MODELLED + 1] = 1;
        float[] expected = new float[given.length];
        generator.put(new float[3 * LATENTS], RowBatch.of(COLUMNS, given));
        generator.expected(expected);
        for (int column = 0; column < MODELLED; column++) {
            double intercept = expected[column];
            // The posteriors' mean over the rows is 0 only on average: a few hundredths of the columns' deviations.
            assertThat(intercept).isCloseTo(coefficients[0][column], within(0.05));
            for (int condition = 1; condition <= CONDITIONS; condition++) {
                assertThat(expected[condition * COLUMNS + column] - intercept)
                        .isCloseTo(coefficients[condition][column], within(0.05));
            }
        }
        assertThat(expected[COLUMNS + MODELLED]).isEqualTo(1f);
    }

    private static float[] rows() {
        Random random = new Random(8);
        float[] rows = new float[ROWS * COLUMNS];
        for (int row = 0; row < ROWS; row++) {
            double latent = random.nextGaussian();
            double first = random.nextGaussian();
            double second = 0.5 * first + random.nextGaussian();
            int at = row * COLUMNS;
            for (int i = 0; i < MODELLED; i++) {
                rows[at + i] = (float) (0.3 * i
                        + 0.8 * latent * (i - 1)
                        + first * (2 - i)
                        + 0.7 * second * (i % 3)
                        + 0.4 * random.nextGaussian());
            }
            rows[at + MODELLED] = (float) first;
            rows[at + MODELLED + 1] = (float) second;
        }
        return rows;
    }

    /** Intercepts, then the coefficients of each condition: the normal equations by Gauss-Jordan elimination. */
    private static double[][] leastSquares(float[] rows) {
        int regressors = CONDITIONS + 1;
        double[][] equations = new double[regressors][regressors + MODELLED];
        for (int at = 0; at < rows.length; at += COLUMNS) {
            double[] regressor = {1, rows[at + MODELLED], rows[at + MODELLED + 1]};
            for (int i = 0; i < regressors; i++) {
                for (int j = 0; j < regressors; j++) {
                    equations[i][j] += regressor[i] * regressor[j];
                }
                for (int column = 0; column < MODELLED; column++) {
                    equations[i][regressors + column] += regressor[i] * rows[at + column];
                }
            }
        }
        for (int pivot = 0; pivot < regressors; pivot++) {
            double scale = equations[pivot][pivot];
            int own = pivot;
            Arrays.setAll(equations[pivot], j -> equations[own][j] / scale);
            for (int i = 0; i < regressors; i++) {
                double factor = equations[i][pivot];
                for (int j = 0; i != pivot && j < equations[i].length; j++) {
                    equations[i][j] -= factor * equations[pivot][j];
                }
            }
        }
        return Arrays.stream(equations)
                .map(line -> Arrays.copyOfRange(line, regressors, line.length))
                .toArray(double[][]::new);
    }

    private static float[] residuals(float[] rows, double[][] coefficients) {
        float[] residuals = new float[ROWS * MODELLED];
        for (int row = 0; row < ROWS; row++) {
            for (int column = 0; column < MODELLED; column++) {
                double expected = coefficients[0][column];
                for (int condition = 0; condition < CONDITIONS; condition++) {
                    expected += coefficients[condition + 1][column] * rows[row * COLUMNS + MODELLED + condition];
                }
                residuals[row * MODELLED + column] = (float) (rows[row * COLUMNS + column] - expected);
            }
        }
        return residuals;
    }
}
