package elbow.vae.latent;

import elbow.base.Check;
import elbow.math.LogDensities;
import elbow.vae.prior.PriorDensity;

/**
 * log p(z) - log q(z|x) of the draws of a minibatch, and the KL divergence as the mean over them. Computed when it is
 * first asked for: a plain step needs gradients alone.
 */
final class SampledRatios {
    /** The latents of draws. */
    interface Latents {
        /** Writes those of one sample of all rows. */
        void copy(int sample, double[] to);
    }

    private final PriorDensity prior;
    private final GaussianDraws base;
    private final Latents latents;
    private final double[] logDeterminants;
    private final double[] ofOneSample;
    private final double[] ofOneSampleByRow;
    private final double[] logDensities;
    private boolean known;

    /**
     * @param base what the draws are made of
     * @param latents what has become of them
     * @param logDeterminants by sample and row, in nats: of that map; zeros where there is none
     */
    SampledRatios(PriorDensity prior, GaussianDraws base, Latents latents, double[] logDeterminants) {
        this.prior = prior;
        this.base = base;
        this.latents = latents;
        this.logDeterminants = logDeterminants;
        ofOneSample = new double[base.means.length];
        ofOneSampleByRow = new double[logDeterminants.length / base.samples];
        logDensities = new double[logDeterminants.length];
    }

    /** To be called when rows were read, and when latents were drawn. */
    void changed() {
        known = false;
    }

    /** As {@link LatentLayer#kl}. */
    double kl(int row, double freeBits) {
        requireNoFreeBits(freeBits);
        double sum = 0;
        for (int sample = 0; sample < base.samples; sample++) {
            sum -= logRatio(sample * base.rows() + row, row);
        }
        return sum / base.samples;
    }

    /** Requires that there are no free bits, which go by latent. */
    static void requireNoFreeBits(double freeBits) {
        if (freeBits != 0) {
            Check.argument(false, "freeBits", "be 0 where the KL divergence has no closed form", freeBits);
        }
    }

    /** As {@link LatentLayer#logRatio}. */
    double logRatio(int at, int row) {
        evaluatePrior();
        int size = base.size;
        double sum = 0;
        for (int i = 0; i < size; i++) {
            double eps = base.noise[at * size + i];
            sum += eps * eps + base.logVariance(row * size + i) + LogDensities.LOG_2_PI;
        }
        return logDensities[at] + logDeterminants[at] + 0.5 * sum;
    }

    private void evaluatePrior() {
        if (known) {
            return;
        }
        int rows = base.rows();
        for (int sample = 0; sample < base.samples; sample++) {
            latents.copy(sample, ofOneSample);
            prior.logDensities(rows, ofOneSample, ofOneSampleByRow);
            System.arraycopy(ofOneSampleByRow, 0, logDensities, sample * rows, rows);
        }
        known = true;
    }
}
