package elbow.data.feature;

import elbow.vae.likelihood.ContinuousBernoulli;
import elbow.vae.likelihood.DiscretizedLogistic;
import elbow.vae.likelihood.Gaussian;
import elbow.vae.likelihood.Likelihood;

/** Distributions of pixels that stay grey, as numbers in [0, 1]; binarised ones are Bernoulli. */
public enum GreyLikelihood {
    /** A density on all numbers, with a learned variance; the configuration may choose how it is shared. */
    GAUSSIAN,
    /** A density on [0, 1]. */
    CONTINUOUS_BERNOULLI,
    /** A probability for each of the 256 levels. */
    DISCRETIZED_LOGISTIC;

    private static final int LEVELS = 256;

    /** An eighth of a level: 96 % of the mass is on one level then, and less would only make gradients steeper. */
    private static final double SCALE_FLOOR = 1.0 / (8 * (LEVELS - 1));

    Likelihood likelihood() {
        return switch (this) {
            case GAUSSIAN -> Gaussian.learned(Gaussian.Variance.PER_COLUMN, 0);
            case CONTINUOUS_BERNOULLI -> new ContinuousBernoulli();
            case DISCRETIZED_LOGISTIC -> new DiscretizedLogistic(LEVELS, SCALE_FLOOR);
        };
    }
}
