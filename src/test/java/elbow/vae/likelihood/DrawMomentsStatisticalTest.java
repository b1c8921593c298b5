package elbow.vae.likelihood;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Draws have the moments of their distribution. Bounds are five standard errors, which a right sampler exceeds with
 * probability 6e-7; that of a variance is by the distribution's fourth central moment.
 */
class DrawMomentsStatisticalTest {
    private static final int COUNT = 40_000;
    private static final double ERRORS = 5;

    /** Likelihood, outputs, free parameters; mean, variance, fourth central moment. */
    static Stream<Arguments> distributions() {
        double p = 1 / (1 + Math.exp(-0.4));
        double rate = 3;
        double gaussian = 0.25;
        double log = 0.09;
        return Stream.of(
                of(new Bernoulli(), f(0.4f), f(), p, p * (1 - p), p * (1 - p) * (1 - 3 * p * (1 - p))),
                // Density 2 e^(2x) / (e^2 - 1): moments by numerical integration.
                of(new ContinuousBernoulli(), f(2), f(), 0.6565176427, 0.0689845848, 0.0116617202),
                of(Gaussian.fixed(gaussian), f(1.5f), f(), 1.5, gaussian, 3 * gaussian * gaussian),
                of(
                        Gaussian.learned(Gaussian.Variance.PER_COLUMN, 0.1),
                        f(-2),
                        f((float) Math.log(0.15)),
                        -2,
                        gaussian,
                        3 * gaussian * gaussian),
                of(
                        Gaussian.learned(Gaussian.Variance.HETEROSCEDASTIC, 0),
                        f(3, (float) Math.log(gaussian)),
                        f(),
                        3,
                        gaussian,
                        3 * gaussian * gaussian),
                of(
                        new LogNormal(Gaussian.fixed(log)),
                        f(0.5f),
                        f(),
                        Math.exp(0.5 + log / 2),
                        (Math.exp(log) - 1) * Math.exp(1 + log),
                        logNormalFourth(0.5, log)),
                // 3 with probability 1/2, else normal around 1 with variance 4: moments about the mean of 2.
                of(
                        new PointMasses(List.of(3.0), List.of(0.1), Gaussian.fixed(4)),
                        f(1, 0),
                        f(),
                        2,
                        0.5 * (1 + 5),
                        0.5 * (1 + (1 + 6 * 4 + 3 * 16))),
                // Nine degrees of freedom: variance s^2 n / (n - 2), kurtosis 3 + 6 / (n - 4).
                of(
                        new StudentT(0, 1),
                        f(1),
                        f((float) Math.log(2), (float) Math.log(8)),
                        1,
                        4 * 9 / 7.0,
                        (3 + 6 / 5.0) * Math.pow(4 * 9 / 7.0, 2)),
                of(new Poisson(), f((float) Math.log(rate)), f(), rate, rate, rate + 3 * rate * rate),
                // Size 4: variance m + m^2 / r, kurtosis 3 + 6 / r + 1 / variance.
                of(
                        new NegativeBinomial(),
                        f((float) Math.log(rate)),
                        f((float) Math.log(4)),
                        rate,
                        rate + rate * rate / 4,
                        (3 + 6 / 4.0 + 1 / (rate + rate * rate / 4)) * Math.pow(rate + rate * rate / 4, 2)));
    }

    @ParameterizedTest
    @MethodSource("distributions")
    void meanAndVarianceAreThoseOfTheDistribution(
            Likelihood likelihood, float[] outputs, float[] parameters, double mean, double variance, double fourth) {
        float[] draws = new LikelihoodProbe(likelihood, outputs, parameters).samples(COUNT);

        double sum = 0;
        double squares = 0;
        for (float draw : draws) {
            sum += draw - mean;
            squares += (draw - mean) * (draw - mean);
        }
        assertThat(sum / COUNT).isCloseTo(0, within(ERRORS * Math.sqrt(variance / COUNT)));
        double ofVariance = Math.sqrt((fourth - variance * variance) / COUNT);
        assertThat(squares / COUNT).isCloseTo(variance, within(ERRORS * ofVariance));
    }

    @Test
    void levelsOfALogisticHaveItsMasses() {
        LikelihoodProbe probe = new LikelihoodProbe(new DiscretizedLogistic(5, 0), f(0.4f), 0.3f);
        double[] masses = probe.logDensities(new float[][] {{0}, {0.25f}, {0.5f}, {0.75f}, {1}});
        for (int level = 0; level < masses.length; level++) {
            float value = level / 4f;
            probe.assertShare(draw -> draw == value ? 1 : 0, Math.exp(masses[level]));
        }
    }

    @Test
    void categoriesAndLevelsHaveTheirProbabilities() {
        assertShares(new LikelihoodProbe(new Categorical(3), f(0.5f, -1, 0.2f)), 3);
        assertShares(new LikelihoodProbe(new Ordinal(3), f(0.5f), -0.5f, 0.3f), 3);
    }

    private static void assertShares(LikelihoodProbe probe, int categories) {
        float[] draws = probe.samples(COUNT);
        float[] probabilities = probe.mean();
        for (int i = 0; i < categories; i++) {
            double share = 0;
            for (int draw = 0; draw < COUNT; draw++) {
                share += draws[draw * categories + i] / COUNT;
            }
            double error = Math.sqrt(probabilities[i] * (1 - probabilities[i]) / COUNT);
            assertThat(share).isCloseTo(probabilities[i], within(ERRORS * error));
        }
    }

    // The fourth central moment: e^(4m + 2v) (e^v - 1)^2 (e^(4v) + 2 e^(3v) + 3 e^(2v) - 3).
    private static double logNormalFourth(double mean, double variance) {
        double e = Math.exp(variance);
        return Math.exp(4 * mean + 2 * variance)
                * Math.pow(e - 1, 2)
                * (Math.pow(e, 4) + 2 * Math.pow(e, 3) + 3 * e * e - 3);
    }

    private static float[] f(float... values) {
        return values;
    }

    private static Arguments of(
            Likelihood likelihood, float[] outputs, float[] parameters, double mean, double variance, double fourth) {
        return Arguments.of(likelihood, outputs, parameters, mean, variance, fourth);
    }
}
