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
import elbow.vae.likelihood.Gaussian;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A linear VAE with one shared variance attains the maximum likelihood of probabilistic PCA, known in closed form
 * (Tipping and Bishop 1999): with the covariance's eigenvalues l_1 >= ... >= l_d and q latents, v = mean of l_{q+1..d}
 * and log p(x) = -(d log(2 pi) + sum over i <= q of log l_i + (d - q) log v + d) / 2 on average. Its posterior is
 * Gaussian with a covariance that can be made diagonal by a rotation of the latents, so the bound is tight (Lucas et
 * al. 2019).
 */
@Tag("kernels")
final class LinearVaeTest {
    private static final int COLUMNS = 6;
    private static final int LATENTS = 2;
    private static final int ROWS = 400;

    @Test
    void convergesToTheClosedFormLikelihood() {
        float[] rows = ProbabilisticPca.rows(ROWS, COLUMNS, LATENTS);
        VaeSpec spec = VaeSpec.builder(COLUMNS, LATENTS)
                .activation(Activation.IDENTITY)
                .likelihood(Gaussian.learned(Gaussian.Variance.SHARED, 0))
                .objective(Fixture.elbo(1, 1, 0))
                .build();
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
                double rate = 0.01 * (1 - step / (double) steps);
                trainer.step(batch, 9, step, rate, null);
            }
            scorer.bind(parameters);
            RowScores scores = new RowScores(ROWS);
            scorer.score(batch, 4, 200, scores);
            double elbo = 0;
            for (int row = 0; row < ROWS; row++) {
                elbo += scores.elbo(row) / ROWS;
            }
            double best = ProbabilisticPca.meanLogLikelihood(ProbabilisticPca.covariance(rows, COLUMNS), LATENTS);
            // 0.01 nats: what is left of the optimisation, and the noise of 200 x 400 samples.
            assertThat(elbo).isCloseTo(best, within(0.01));
        }
    }
}
