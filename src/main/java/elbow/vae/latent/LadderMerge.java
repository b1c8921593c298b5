package elbow.vae.latent;

import elbow.math.DoubleLoops;
import elbow.math.FloatMemory;
import elbow.math.noise.NormalNoise;
import elbow.vae.prior.ConditionalDensity;
import elbow.vae.prior.LogVariance;
import java.util.Arrays;

/**
 * A layer of a ladder below the topmost: q(z_l|z_{l+1}, x) is the product of the encoder's Gaussian of a row and the
 * prior's of a draw, normalized. With precisions t_e and t_p and the encoder's share s = t_e / (t_e + t_p) its mean is
 * s m_e + (1 - s) m_p and its variance 1 / (t_e + t_p) (Sønderby et al. 2016, equations 17 and 18). Its KL divergence
 * from the prior, given z_{l+1}, is ((m - m_p)^2 t_p - s - logVariance + logVariance_p) / 2.
 */
final class LadderMerge {
    final int size;
    private final ConditionalDensity prior;

    // The encoder's, by row.
    private final float[] encoded;
    private final double[] encoderMeans;
    private final double[] rawLogVariances;
    private final double[] encoderLogVariances;
    private final double[] meanGradients;
    private final double[] logVarianceGradients;

    // Merged, by draw.
    private final double[] means;
    private final double[] logVariances;
    private final double[] deviations;
    private final double[] shares;
    private final double[] scratch;
    private final float[] noise;
    private final float[] values;
    private final NormalNoise normal;
    private int rows;

    LadderMerge(ConditionalDensity prior, int size, int maximumRows, int maximumDraws) {
        this.prior = prior;
        this.size = size;
        int ofRows = Math.multiplyExact(maximumRows, size);
        int ofDraws = Math.multiplyExact(maximumDraws, size);
        encoded = new float[Math.multiplyExact(2, ofRows)];
        encoderMeans = new double[ofRows];
        rawLogVariances = new double[ofRows];
        encoderLogVariances = new double[ofRows];
        meanGradients = new double[ofRows];
        logVarianceGradients = new double[ofRows];
        means = new double[ofDraws];
        logVariances = new double[ofDraws];
        deviations = new double[ofDraws];
        shares = new double[ofDraws];
        scratch = new double[ofDraws];
        noise = new float[ofDraws];
        values = new float[ofDraws];
        normal = new NormalNoise(size);
    }

    /** Takes the encoder's means and log-variances of rows. */
    void read(int newRows, FloatMemory headOutput) {
        rows = newRows;
        headOutput.get(0, encoded, 2 * rows * size);
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < size; i++) {
                int at = row * size + i;
                encoderMeans[at] = encoded[2 * row * size + i];
                rawLogVariances[at] = encoded[(2 * row + 1) * size + i];
                encoderLogVariances[at] = LogVariance.counted(rawLogVariances[at]);
            }
        }
    }

    /** Merges the Gaussians of draws, of whose prior the layer above is known. */
    void merge(int draws) {
        int count = draws * size;
        int period = rows * size;
        // -log s = log(1 + t_p / t_e)
        for (int at = 0; at < count; at++) {
            deviations[at] = encoderLogVariances[at % period] - prior.logVariance(at);
        }
        DoubleLoops.softplus(deviations, scratch, logVariances, count);
        DoubleLoops.negate(logVariances, scratch, count);
        DoubleLoops.exp(scratch, shares, count);
        for (int at = 0; at < count; at++) {
            means[at] = shares[at] * encoderMeans[at % period] + (1 - shares[at]) * prior.mean(at);
            logVariances[at] = encoderLogVariances[at % period] - logVariances[at];
            scratch[at] = 0.5 * logVariances[at];
        }
        DoubleLoops.exp(scratch, deviations, count);
    }

    /** Draws from what was merged. */
    void draw(int draws, long noiseKey, long[] keys, FloatMemory latents) {
        normal.draw(noiseKey, keys, 0, draws, 0, noise, 0);
        int count = draws * size;
        for (int at = 0; at < count; at++) {
            values[at] = (float) value(at);
        }
        latents.put(0, values, count);
    }

    private double value(int at) {
        return means[at] + deviations[at] * noise[at];
    }

    /** Writes the means of what was merged. */
    void useMeans(int draws, FloatMemory latents) {
        DoubleLoops.narrow(means, values, draws * size);
        latents.put(0, values, draws * size);
    }

    double mean(int at) {
        return means[at];
    }

    double logVariance(int at) {
        return logVariances[at];
    }

    private double kl(int at) {
        double difference = means[at] - prior.mean(at);
        return 0.5
                * (difference * difference * prior.precision(at)
                        - shares[at]
                        - logVariances[at]
                        + prior.logVariance(at));
    }

    /** The KL divergence of a draw, each latent counting at least {@code freeBits}. */
    double kl(int draw, double freeBits) {
        double sum = 0;
        for (int at = draw * size; at < (draw + 1) * size; at++) {
            sum += Math.max(freeBits, kl(at));
        }
        return sum;
    }

    /** Adds {@code weight} x the KL divergence of a draw by latent. */
    void addKlByLatent(int draw, double weight, double[] sums, int to) {
        for (int i = 0; i < size; i++) {
            sums[to + i] += weight * kl(draw * size + i);
        }
    }

    /** log p(z_l|z_{l+1}) - log q(z_l|z_{l+1}, x) of a draw. */
    double logRatio(int draw) {
        double sum = 0;
        for (int at = draw * size; at < (draw + 1) * size; at++) {
            double difference = value(at) - prior.mean(at);
            double eps = noise[at];
            sum += eps * eps + logVariances[at] - difference * difference * prior.precision(at) - prior.logVariance(at);
        }
        return 0.5 * sum;
    }

    /** To be called before the gradient. */
    void begin() {
        Arrays.fill(meanGradients, 0, rows * size, 0);
        Arrays.fill(logVarianceGradients, 0, rows * size, 0);
    }

    /**
     * Adds up the gradient of what has reached the draws, plus weights x the KL divergence by latent.
     *
     * @param klWeights by latent
     * @param freeBits KL divergence of a latent up to which its weight is 0; 0 for none
     */
    void backward(int draws, FloatMemory reached, double[] klWeights, double freeBits) {
        int count = draws * size;
        reached.get(0, values, count);
        for (int at = 0; at < count; at++) {
            double weight = freeBits == 0 || kl(at) > freeBits ? klWeights[at % size] : 0;
            double difference = means[at] - prior.mean(at);
            double slope = weight * difference * prior.precision(at);
            double share = weight * shares[at];
            double path = values[at];
            prior.addGradient(at, -slope, 0.5 * (share - slope * difference));
            addMerged(at, path + slope, 0.5 * (path * deviations[at] * noise[at] - share));
        }
    }

    /** Adds up the gradient of what has reached the draws, plus weights x (log q - log p) by draw. */
    void backwardSampled(int draws, FloatMemory reached, double[] weights) {
        int count = draws * size;
        reached.get(0, values, count);
        for (int at = 0; at < count; at++) {
            double weight = weights[at / size];
            double z = means[at] + deviations[at] * noise[at];
            double difference = z - prior.mean(at);
            double slope = weight * difference * prior.precision(at);
            double path = values[at] + slope;
            prior.addGradient(at, -slope, 0.5 * (weight - slope * difference));
            addMerged(at, path, 0.5 * (path * deviations[at] * noise[at] - weight));
        }
    }

    // Through the merge: dm/dm_e = s, dm/dlogVariance_e = -(m_e - m_p) s (1 - s), dlogVariance/dlogVariance_e = s.
    private void addMerged(int at, double ofMean, double ofLogVariance) {
        int row = at % (rows * size);
        double share = shares[at];
        double shift = (encoderMeans[row] - prior.mean(at)) * share * (1 - share) * ofMean;
        meanGradients[row] += share * ofMean;
        logVarianceGradients[row] += share * ofLogVariance - shift;
        prior.addGradient(at, (1 - share) * ofMean, (1 - share) * ofLogVariance + shift);
    }

    /** Writes the gradient over what the encoder gave. */
    void write(FloatMemory headOutput) {
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < size; i++) {
                int at = row * size + i;
                float ofLogVariance = (float) logVarianceGradients[at];
                boolean leaves = LogVariance.leaves(rawLogVariances[at], ofLogVariance);
                encoded[2 * row * size + i] = (float) meanGradients[at];
                encoded[(2 * row + 1) * size + i] = leaves ? 0f : ofLogVariance;
            }
        }
        headOutput.put(0, encoded, 2 * rows * size);
    }
}
