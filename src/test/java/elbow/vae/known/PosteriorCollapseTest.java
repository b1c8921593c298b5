package elbow.vae.known;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import elbow.ParityRows;
import elbow.math.Activation;
import elbow.math.FloatMemory;
import elbow.math.optimizer.Adam;
import elbow.math.optimizer.FloatTiles;
import elbow.vae.Initialisation;
import elbow.vae.LocalTrainer;
import elbow.vae.RowScores;
import elbow.vae.RowScores.Detail;
import elbow.vae.VaeEngine;
import elbow.vae.VaeScorer;
import elbow.vae.VaeSpec;
import elbow.vae.input.RowBatch;
import elbow.vae.likelihood.Gaussian;
import elbow.vae.objective.Bound;
import elbow.vae.objective.KlSchedule;
import elbow.vae.objective.Objective;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The KL term vanishes under plain training where no column by itself tells anything of another, and the decoder is
 * given a variance above that of the columns: a latent pays only together with others, which are not there yet. What
 * lets the first ones be, cures it.
 */
final class PosteriorCollapseTest {
    private static final int STEPS = 2000;
    private static final double VARIANCE = 1.25;

    /** The ELBO of a model that knows no more than the columns' means. */
    private static final double IGNORANT =
            -0.5 * ParityRows.COLUMNS * (Math.log(2 * Math.PI * VARIANCE) + 1 / VARIANCE);

    @Test
    void plainTrainingEndsWithUnderAFifthOfActiveLatents() {
        Outcome plain = trained(objective(0, new KlSchedule.Constant()));
        assertThat(plain.active()).isLessThan(0.2);
        assertThat(plain.elbo()).isCloseTo(IGNORANT, within(0.05));
    }

    @Test
    void warmUpEndsWithOverFourFifthsAndABetterElbo() {
        Outcome warm = trained(objective(0, new KlSchedule.LinearWarmup(STEPS / 2)));
        assertThat(warm.active()).isGreaterThan(0.8);
        assertThat(warm.elbo()).isGreaterThan(IGNORANT + 0.5);
    }

    @Test
    void freeBitsEndWithOverFourFifths() {
        Objective ofRows = objective(1, new KlSchedule.Constant());
        assertThat(trained(ofRows).active()).isGreaterThan(0.8);
        assertThat(trained(ofRows.withFreeBitsOfMinibatch()).active()).isGreaterThan(0.8);
    }

    private static Objective objective(double freeBits, KlSchedule schedule) {
        return new Objective(Bound.ELBO, 1, 1, freeBits, schedule);
    }

    /**
     * @param active share of active latents
     * @param elbo mean over rows
     */
    private record Outcome(double active, double elbo) {}

    private static Outcome trained(Objective objective) {
        VaeSpec spec = VaeSpec.builder(ParityRows.COLUMNS, ParityRows.COINS)
                .encoder(64)
                .decoder(64)
                .activation(Activation.TANH)
                .likelihood(Gaussian.fixed(VARIANCE))
                .objective(objective)
                .build();
        float[] rows = ParityRows.all();
        int length = spec.layout().length();
        try (VaeEngine engine = new VaeEngine(spec, ParityRows.ROWS);
                VaeScorer scorer = new VaeScorer(spec);
                FloatMemory parameters = FloatMemory.allocate(length);
                FloatMemory gradients = FloatMemory.allocate(length)) {
            Initialisation.initialise(spec, 2, parameters);
            Adam adam = new Adam(Adam.Settings.STANDARD, new FloatTiles(length), new FloatTiles(length));
            LocalTrainer trainer = new LocalTrainer(engine, adam, parameters, gradients);
            RowBatch all = RowBatch.of(ParityRows.COLUMNS, rows);
            all.keyByContent();
            // All rows at once: a part of them has correlations by chance.
            for (int step = 0; step < STEPS; step++) {
                trainer.step(all, 2, step, 3e-3 * (1 - step / (double) STEPS), null);
            }
            scorer.bind(parameters);
            RowScores scores = new RowScores(spec, ParityRows.ROWS, Set.of(Detail.LATENTS));
            scorer.score(all, 3, 4, scores);
            double elbo = 0;
            for (int row = 0; row < ParityRows.ROWS; row++) {
                elbo += scores.elbo(row) / ParityRows.ROWS;
            }
            return new Outcome(activeShare(scores.means()), elbo);
        }
    }

    private static double activeShare(float[] means) {
        int active = 0;
        for (int latent = 0; latent < ParityRows.COINS; latent++) {
            double sum = 0;
            double squares = 0;
            for (int row = 0; row < ParityRows.ROWS; row++) {
                double mean = means[row * ParityRows.COINS + latent];
                sum += mean;
                squares += mean * mean;
            }
            double mean = sum / ParityRows.ROWS;
            active += squares / ParityRows.ROWS - mean * mean > 0.01 ? 1 : 0;
        }
        return (double) active / ParityRows.COINS;
    }
}
