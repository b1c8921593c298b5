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

    /** For minibatches of at most that many rows. */
    public ObjectiveGradient(Objective objective, int maximumRows) {
        this.objective = objective;
        samples = objective.samples();
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
        if (objective.bound() == Bound.ELBO) {
            latent.backwardElbo(latentGradient, klWeight, objective.freeBits(), scale, encoderOutput);
        } else {
            latent.backwardImportanceWeighted(latentGradient, normalizedWeights, klWeight, scale, encoderOutput);
        }
    }

    /** The importance-weighted bound of a row, in nats: log of the mean over the samples of p(x, z) / q(z|x). */
    public double importanceWeightedBound(int row, int rows, double[] reconstructions, LatentLayer latent) {
        return logTotalWeight(row, rows, 1, reconstructions, latent) - Math.log(samples);
    }

    /**
     * The loss of a row: the negative objective with all its modifiers.
     *
     * @param reconstruction the mean of log p(x|z) over the samples
     */
    public double loss(
            int row, int rows, double klWeight, double reconstruction, double[] reconstructions, LatentLayer latent) {
        return objective.bound() == Bound.ELBO
                ? klWeight * latent.kl(row, objective.freeBits()) - reconstruction
                : Math.log(samples) - logTotalWeight(row, rows, klWeight, reconstructions, latent);
    }

    // log of the sum over samples of p(x|z) (p(z) / q(z|x))^klWeight.
    private double logTotalWeight(int row, int rows, double klWeight, double[] reconstructions, LatentLayer latent) {
        for (int at = row; at < rows * samples; at += rows) {
            logWeights[at] = reconstructions[at] + klWeight * latent.logRatio(at, row);
        }
        return LogSumExp.of(logWeights, row, rows, samples);
    }
}
