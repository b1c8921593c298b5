package elbow.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import elbow.ParityRows;
import elbow.math.Activation;
import elbow.math.Adam;
import elbow.math.FloatMemory;
import elbow.math.FloatTiles;
import elbow.vae.RowScores.Detail;
import elbow.vae.input.RowBatch;
import elbow.vae.objective.Bound;
import elbow.vae.objective.KlSchedule;
import elbow.vae.objective.Objective;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The KL term vanishes under plain training where no column by itself tells anything of another: a latent pays only
 * together with others, which are not there yet. Whatever lets the first ones be, cures it.
 */
@Tag("kernels")
final class PosteriorCollapseTest {
    private static final int BLOCKS = 3;
    private static final int COLUMNS = BLOCKS * ParityRows.BLOCK;
    private static final int LATENTS = BLOCKS * ParityRows.COINS;
    private static final int ROWS = 2048;
    private static final int BATCH = 128;
    private static final int STEPS = 6000;

    @Test
    void plainTrainingEndsWithUnderAFifthOfActiveLatents() {
        Outcome plain = trained(objective(0, new KlSchedule.Constant()));
        assertThat(plain.active()).isLessThan(0.2);
        assertThat(plain.elbo()).isCloseTo(-COLUMNS * Math.log(2), within(0.5));
    }

    @Test
    void warmUpEndsWithOverFourFifths() {
        Outcome warm = trained(objective(0, new KlSchedule.LinearWarmup(STEPS / 2)));
        assertThat(warm.active()).isGreaterThan(0.8);
        assertThat(warm.elbo()).isGreaterThan(-COLUMNS * Math.log(2) + 1);
    }

    @Test
    void freeBitsEndWithOverFourFifths() {
        Outcome row = trained(objective(1, new KlSchedule.Constant()));
        Outcome minibatch = trained(objective(1, new KlSchedule.Constant()).withFreeBitsOfMinibatch());
        assertThat(row.active()).isGreaterThan(0.8);
        assertThat(minibatch.active()).isGreaterThan(0.8);
        assertThat(minibatch.elbo()).isGreaterThan(-COLUMNS * Math.log(2) + 1);
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
        VaeSpec spec = VaeSpec.builder(COLUMNS, LATENTS)
                .encoder(64)
                .decoder(64)
                .activation(Activation.RELU)
                .objective(objective)
                .build();
        float[] rows = ParityRows.of(ROWS, BLOCKS, 3);
        float[] means = new float[COLUMNS];
        Arrays.fill(means, 0.5f);
        int length = spec.layout().length();
        try (VaeEngine engine = new VaeEngine(spec, BATCH);
                VaeScorer scorer = new VaeScorer(spec);
                FloatMemory parameters = FloatMemory.allocate(length);
                FloatMemory gradients = FloatMemory.allocate(length)) {
            Initialisation.initialise(spec, 1, parameters);
            Initialisation.setOutputMeans(spec, means, parameters);
            Adam adam = new Adam(Adam.Settings.STANDARD, new FloatTiles(length), new FloatTiles(length));
            LocalTrainer trainer = new LocalTrainer(engine, adam, parameters, gradients);
            RowBatch batch = new RowBatch(COLUMNS, BATCH);
            for (int step = 0; step < STEPS; step++) {
                int first = step * BATCH % ROWS;
                System.arraycopy(rows, first * COLUMNS, batch.values(), 0, BATCH * COLUMNS);
                batch.holdComplete(BATCH);
                for (int row = 0; row < BATCH; row++) {
                    batch.keys()[row] = first + row;
                }
                trainer.step(batch, 2, step, 2e-3, null);
            }
            scorer.bind(parameters);
            RowScores scores = new RowScores(spec, ROWS, Set.of(Detail.LATENTS));
            long[] keys = new long[ROWS];
            Arrays.setAll(keys, i -> i);
            scorer.score(RowBatch.of(COLUMNS, rows).withKeys(keys), 3, 4, scores);
            double elbo = 0;
            for (int row = 0; row < ROWS; row++) {
                elbo += scores.elbo(row) / ROWS;
            }
            return new Outcome(active(scores.means()), elbo);
        }
    }

    private static double active(float[] means) {
        int active = 0;
        for (int latent = 0; latent < LATENTS; latent++) {
            double sum = 0;
            double squares = 0;
            for (int i = latent; i < means.length; i += LATENTS) {
                sum += means[i];
                squares += (double) means[i] * means[i];
            }
            double mean = sum / ROWS;
            active += squares / ROWS - mean * mean > 0.01 ? 1 : 0;
        }
        return (double) active / LATENTS;
    }
}
