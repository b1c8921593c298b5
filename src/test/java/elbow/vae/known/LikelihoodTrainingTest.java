package elbow.vae.known;

import static elbow.vae.likelihood.LikelihoodProbe.outputs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import elbow.math.FloatMemory;
import elbow.math.optimizer.Adam;
import elbow.math.optimizer.FloatTiles;
import elbow.vae.Initialisation;
import elbow.vae.LocalTrainer;
import elbow.vae.RowScores;
import elbow.vae.VaeEngine;
import elbow.vae.VaeScorer;
import elbow.vae.VaeSpec;
import elbow.vae.input.RowBatch;
import elbow.vae.likelihood.Bernoulli;
import elbow.vae.likelihood.Categorical;
import elbow.vae.likelihood.ContinuousBernoulli;
import elbow.vae.likelihood.DiscretizedLogistic;
import elbow.vae.likelihood.Gaussian;
import elbow.vae.likelihood.Laplace;
import elbow.vae.likelihood.Likelihood;
import elbow.vae.likelihood.LikelihoodProbe;
import elbow.vae.likelihood.LogNormal;
import elbow.vae.likelihood.NegativeBinomial;
import elbow.vae.likelihood.Ordinal;
import elbow.vae.likelihood.PointMasses;
import elbow.vae.likelihood.Poisson;
import elbow.vae.likelihood.StudentT;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A model of one variable, trained on draws of a known distribution, comes to describe them as well as that one. */
final class LikelihoodTrainingTest {
    private static final int ROWS = 500;
    private static final int STEPS = 3000;

    static Stream<Arguments> distributions() {
        return Stream.of(
                arguments(new Bernoulli(), outputs(1.2f), outputs()),
                arguments(new ContinuousBernoulli(), outputs(-3), outputs()),
                arguments(Gaussian.learned(Gaussian.Variance.PER_COLUMN, 1e-4), outputs(0.5f), outputs(-3)),
                arguments(new StudentT(1e-4, 2), outputs(-1), outputs(-2, 0.5f)),
                arguments(new LogNormal(Gaussian.learned(Gaussian.Variance.SHARED, 1e-4)), outputs(2), outputs(-1)),
                arguments(
                        new PointMasses(
                                List.of(0.0, 5.0),
                                List.of(0.4, 0.4),
                                Gaussian.learned(Gaussian.Variance.PER_COLUMN, 1e-4)),
                        outputs(2, 1, -0.5f),
                        outputs(-2)),
                arguments(new Poisson(), outputs(2), outputs()),
                arguments(new NegativeBinomial(), outputs(3), outputs(-0.5f)),
                arguments(new Categorical(4), outputs(0, 1, -2, 0.5f), outputs()),
                arguments(new Ordinal(4), outputs(0), outputs(-1, 0.3f, 0)),
                arguments(new DiscretizedLogistic(256, 1e-4), outputs(0.8f), outputs(-1)),
                arguments(new Laplace(), outputs(1.5f), outputs()));
    }

    @ParameterizedTest
    @MethodSource("distributions")
    void trainingFindsTheDistribution(Likelihood likelihood, float[] outputs, float[] parameters) {
        LikelihoodProbe truth = new LikelihoodProbe(likelihood, outputs, parameters);
        float[] rows = truth.samples(ROWS);
        int columns = likelihood.columnsPerVariable();
        float[][] values = new float[ROWS][];
        Arrays.setAll(values, row -> Arrays.copyOfRange(rows, row * columns, (row + 1) * columns));
        double best = Arrays.stream(truth.logDensities(values)).average().orElseThrow();

        double trained = trained(likelihood, rows);

        // What is left of the optimisation below; above, what the few parameters gain by fitting these rows and no
        // others: half a nat each over all rows, here at most 5 / 500 nats, and what the latent adds to it.
        assertThat(trained - best).isBetween(-0.02, 0.04);
    }

    private static double trained(Likelihood likelihood, float[] rows) {
        int columns = likelihood.columnsPerVariable();
        VaeSpec spec = VaeSpec.builder(columns, 1).likelihood(likelihood).build();
        int length = spec.layout().length();
        long[] keys = new long[ROWS];
        Arrays.setAll(keys, i -> i);
        RowBatch batch = RowBatch.of(columns, rows).withKeys(keys);
        try (VaeEngine engine = new VaeEngine(spec, ROWS);
                VaeScorer scorer = new VaeScorer(spec);
                FloatMemory parameters = FloatMemory.allocate(length);
                FloatMemory gradients = FloatMemory.allocate(length)) {
            Initialisation.initialise(spec, 1, parameters);
            Initialisation.setOutputMeans(spec, means(likelihood, rows), parameters);
            LocalTrainer trainer = new LocalTrainer(
                    engine,
                    new Adam(Adam.Settings.STANDARD, new FloatTiles(length), new FloatTiles(length)),
                    parameters,
                    gradients);
            for (int step = 0; step < STEPS; step++) {
                trainer.step(batch, 2, step, 0.01 * (1 - step / (double) STEPS), null);
            }
            scorer.bind(parameters);
            RowScores scores = new RowScores(ROWS);
            scorer.score(batch, 3, 20, scores);
            double sum = 0;
            for (int row = 0; row < ROWS; row++) {
                sum += scores.elbo(row);
            }
            return sum / ROWS;
        }
    }

    private static float[] means(Likelihood likelihood, float[] rows) {
        int columns = likelihood.columnsPerVariable();
        float[] means = new float[columns];
        for (int i = 0; i < rows.length; i++) {
            double value = likelihood instanceof LogNormal ? Math.log(rows[i]) : rows[i];
            means[i % columns] += (float) (value / ROWS);
        }
        return means;
    }
}
