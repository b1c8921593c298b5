package elbow.vae.objective;

import elbow.math.FloatMemory;
import elbow.math.LogSumExp;
import elbow.vae.latent.LatentLayer;
import java.util.Arrays;

/**
 * An {@link Objective} at work on a minibatch: what each row and sample weighs in the gradient of log p(x|z), and what
 * of the loss goes through the latents without it. Rows of samples stand sample-major.
 */
public final class ObjectiveGradient {
    private final Objective objective;
    private final int samples;
    private final double[] logWeights;
    private final double[] normalizedWeights;
    private final float[] rowWeights;

    // Of a minibatch, where the objective goes by its mean KL divergence; by latent with free bits.
    private final boolean sharesFreeBits;
    private final double[] meanKls;
    private final double[] klWeights;
    private double signedKlWeight;
    private double klLoss;

    /** For minibatches of at most that many rows of a model with that many latents. */
    public ObjectiveGradient(Objective objective, int latentSize, int maximumRows) {
        this.objective = objective;
        samples = objective.samples();
        sharesFreeBits = objective.freeBitsScope() == FreeBitsScope.MINIBATCH;
        meanKls = new double[sharesFreeBits ? latentSize : 0];
        klWeights = new double[meanKls.length];
        int decoderRows = Math.multiplyExact(maximumRows, samples);
        logWeights = new double[decoderRows];
        normalizedWeights = new double[decoderRows];
        rowWeights = new float[decoderRows];
    }

    /** Whether {@link #weigh} looks at log p(x|z). */
    public boolean needsReconstructions() {
        return objective.bound() == Bound.IMPORTANCE_WEIGHTED;
    }

    /**
     * Takes the KL divergences of a minibatch, drawn and with the prior ready, where the objective goes by their mean.
     * To be called first.
     */
    public void begin(int rows, long step, LatentLayer latent) {
        signedKlWeight = objective.klWeight(step);
        if (sharesFreeBits) {
            shareFreeBits(rows, latent);
        } else if (objective.capacity().isPresent()) {
            double capacity = objective.capacity().get().at(step);
            double sum = 0;
            for (int row = 0; row < rows; row++) {
                sum += latent.kl(row, 0);
            }
            double excess = sum / rows - capacity;
            klLoss = signedKlWeight * Math.abs(excess);
            // Below the capacity a descent step raises the KL divergence.
            signedKlWeight *= Math.signum(excess);
        }
    }

    private void shareFreeBits(int rows, LatentLayer latent) {
        Arrays.fill(meanKls, 0);
        for (int row = 0; row < rows; row++) {
            latent.addKlByLatent(row, meanKls, 0);
        }
        double sum = 0;
        for (int i = 0; i < meanKls.length; i++) {
            double mean = meanKls[i] / rows;
            klWeights[i] = mean > objective.freeBits() ? signedKlWeight : 0;
            sum += Math.max(objective.freeBits(), mean);
        }
        klLoss = signedKlWeight * sum;
    }

    /**
     * Works out the weights.
     *
     * @param scale of the loss
     * @param reconstructions log p(x|z) of each row and sample, if {@link #needsReconstructions}
     */
    public void weigh(int rows, double klWeight, double scale, double[] reconstructions, LatentLayer latent) {
        if (objective.bound() == Bound.ELBO) {
            Arrays.fill(rowWeights, 0, rows * samples, (float) (-scale / samples));
            return;
        }
        for (int row = 0; row < rows; row++) {
            double total = logTotalWeight(row, rows, klWeight, reconstructions, latent);
            for (int at = row; at < rows * samples; at += rows) {
                normalizedWeights[at] = Math.exp(logWeights[at] - total);
                rowWeights[at] = (float) (-scale * normalizedWeights[at]);
            }
        }
    }

    /** What the gradient of log p(x|z) of each row and sample is multiplied by, after {@link #weigh}. */
    public float[] rowWeights() {
        return rowWeights;
    }

    /** Writes the loss gradient of the posterior over the encoder's output, after {@link #weigh}. */
    public void backward(
            FloatMemory latentGradient, double klWeight, double scale, LatentLayer latent, FloatMemory encoderOutput) {
        if (objective.bound() == Bound.IMPORTANCE_WEIGHTED) {
            latent.backwardImportanceWeighted(latentGradient, normalizedWeights, klWeight, scale, encoderOutput);
        } else if (sharesFreeBits) {
            latent.backwardElboByLatent(latentGradient, klWeights, scale, encoderOutput);
        } else {
            latent.backwardElbo(latentGradient, signedKlWeight, objective.freeBits(), scale, encoderOutput);
        }
    }

    /** The importance-weighted bound of a row, in nats: log of the mean over the samples of p(x, z) / q(z|x). */
    public double importanceWeightedBound(int row, int rows, double[] reconstructions, LatentLayer latent) {
        return logTotalWeight(row, rows, 1, reconstructions, latent) - Math.log(samples);
    }

    /**
     * The loss of a row: the negative objective with all its modifiers. Where it goes by the minibatch's mean KL
     * divergence, every row has the same share of that.
     *
     * @param reconstruction the mean of log p(x|z) over the samples
     */
    public double loss(
            int row, int rows, double klWeight, double reconstruction, double[] reconstructions, LatentLayer latent) {
        if (objective.bound() == Bound.IMPORTANCE_WEIGHTED) {
            return Math.log(samples) - logTotalWeight(row, rows, klWeight, reconstructions, latent);
        }
        boolean byMean = sharesFreeBits || objective.capacity().isPresent();
        return (byMean ? klLoss : klWeight * latent.kl(row, objective.freeBits())) - reconstruction;
    }

    // log of the sum over samples of p(x|z) (p(z) / q(z|x))^klWeight.
    private double logTotalWeight(int row, int rows, double klWeight, double[] reconstructions, LatentLayer latent) {
        for (int at = row; at < rows * samples; at += rows) {
            logWeights[at] = reconstructions[at] + klWeight * latent.logRatio(at, row);
        }
        return LogSumExp.of(logWeights, row, rows, samples);
    }
}
