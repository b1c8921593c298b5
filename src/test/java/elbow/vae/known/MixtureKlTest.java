package elbow.vae.known;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import elbow.math.FloatMemory;
import elbow.vae.Fixture;
import elbow.vae.Initialisation;
import elbow.vae.RowScores;
import elbow.vae.VaeGenerator;
import elbow.vae.VaeScorer;
import elbow.vae.VaeSpec;
import elbow.vae.input.RowBatch;
import elbow.vae.layer.ParameterBlock;
import elbow.vae.prior.GaussianMixture;
import elbow.vae.prior.VampPrior;
import java.util.Arrays;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** With one latent the KL divergence from a mixture is an integral over a line. */
class MixtureKlTest {
    private static final int SEEDS = 60;
    private static final int SAMPLES = 100;

    @Test
    void sampledKlFromAMixtureIsThatOfQuadrature() {
        VaeSpec spec = VaeSpec.builder(7, 1)
                .encoder(5)
                .decoder(4)
                .prior(new GaussianMixture(3))
                .build();
        Fixture fixture = new Fixture(spec);
        float[] means = block(fixture, "prior.means");
        float[] logVariances = block(fixture, "prior.logVariances");
        float[] logits = block(fixture, "prior.logits");
        double[] weights = new double[3];
        Arrays.setAll(weights, k -> Math.exp(logits[k]));
        assertSampledKl(fixture, z -> Math.log(density(z, means, logVariances, weights)));
    }

    @Test
    void sampledKlFromPosteriorsOfPseudoInputsIsThatOfQuadrature() {
        VaeSpec spec = VaeSpec.builder(7, 1)
                .encoder(5)
                .decoder(4)
                .prior(new VampPrior(Fixture.ROWS))
                .build();
        Fixture fixture = new Fixture(spec);
        float[] means = new float[Fixture.ROWS];
        float[] logVariances = new float[Fixture.ROWS];
        try (VaeGenerator generator = new VaeGenerator(spec);
                FloatMemory parameters = fixture.parameterMemory()) {
            Initialisation.setPseudoInputs(spec, fixture.batch(), parameters);
            parameters.get(0, fixture.parameters, fixture.parameters.length);
            generator.bind(parameters);
            // The pseudo-inputs are the rows: so are their posteriors.
            generator.encode(fixture.batch(), 1);
            generator.copyPosterior(means, logVariances);
        }
        double[] weights = new double[Fixture.ROWS];
        Arrays.fill(weights, 1);
        assertSampledKl(fixture, z -> Math.log(density(z, means, logVariances, weights)));
    }

    private static float[] block(Fixture fixture, String name) {
        ParameterBlock block = fixture.spec.layout().block(name);
        return Arrays.copyOfRange(fixture.parameters, block.offset(), block.offset() + block.length());
    }

    private static double density(double z, float[] means, float[] logVariances, double[] weights) {
        double sum = 0;
        double total = 0;
        for (int k = 0; k < means.length; k++) {
            sum += weights[k] * Math.exp(logNormal(z, means[k], logVariances[k]));
            total += weights[k];
        }
        return sum / total;
    }

    private static double logNormal(double z, double mean, double logVariance) {
        return -0.5 * ((z - mean) * (z - mean) * Math.exp(-logVariance) + logVariance + Math.log(2 * Math.PI));
    }

    /** Of 60 means of 100 samples, within 5 standard errors for each of six rows: false-reject rate below 1e-4. */
    private static void assertSampledKl(Fixture fixture, DoubleUnaryOperator logPrior) {
        double[] sums = new double[Fixture.ROWS];
        double[] squares = new double[Fixture.ROWS];
        RowScores scores = new RowScores(fixture.spec, Fixture.ROWS, Set.of(RowScores.Detail.LATENTS));
        RowBatch batch = fixture.batch();
        try (VaeScorer scorer = new VaeScorer(fixture.spec);
                FloatMemory parameters = fixture.parameterMemory()) {
            scorer.bind(parameters);
            for (int seed = 0; seed < SEEDS; seed++) {
                scorer.score(batch, seed, SAMPLES, scores);
                for (int row = 0; row < Fixture.ROWS; row++) {
                    sums[row] += scores.kl(row);
                    squares[row] += scores.kl(row) * scores.kl(row);
                }
            }
        }
        for (int row = 0; row < Fixture.ROWS; row++) {
            double mean = sums[row] / SEEDS;
            double standardError = Math.sqrt((squares[row] / SEEDS - mean * mean) / (SEEDS - 1));
            assertThat(standardError).isLessThan(0.05);
            assertThat(mean)
                    .as("row %d", row)
                    .isCloseTo(
                            kl(scores.means()[row], scores.logVariances()[row], logPrior),
                            within(5 * standardError + 1e-6));
        }
    }

    private static double kl(double mean, double logVariance, DoubleUnaryOperator logPrior) {
        double deviation = Math.exp(0.5 * logVariance);
        int steps = 20_000;
        double width = 24 * deviation / steps;
        double sum = 0;
        for (int i = 0; i < steps; i++) {
            double z = mean - 12 * deviation + width * (i + 0.5);
            double log = logNormal(z, mean, logVariance);
            sum += Math.exp(log) * (log - logPrior.applyAsDouble(z)) * width;
        }
        return sum;
    }
}
