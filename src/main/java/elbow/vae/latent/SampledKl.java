package elbow.vae.latent;

import elbow.math.FloatMemory;
import elbow.vae.prior.PriorDensity;
import java.util.Arrays;

/**
 * Against any prior: the KL divergence is the mean over the samples of log q(z|x) - log p(z), whose gradient goes
 * through the samples. Of log q(z|x) it is known without them: half of minus the log-variance, up to a constant.
 */
final class SampledKl implements GaussianKl {
    private final PriorDensity prior;
    private final GaussianDraws draws;
    private final GaussianGradients gradients;
    private final SampledRatios ratios;
    private final double[] latents;
    private final double[] priorGradients;
    private final double[] weights;
    private final float[] path;

    SampledKl(PriorDensity prior, GaussianDraws draws, GaussianGradients gradients, int maximumRows) {
        this.prior = prior;
        this.draws = draws;
        this.gradients = gradients;
        double[] noDeterminants = new double[Math.multiplyExact(maximumRows, draws.samples)];
        ratios = new SampledRatios(prior, draws, draws::copyLatents, noDeterminants);
        int count = draws.means.length;
        latents = new double[count];
        priorGradients = new double[count];
        weights = new double[maximumRows];
        path = new float[count];
    }

    @Override
    public boolean isClosed() {
        return false;
    }

    @Override
    public void drawn() {
        ratios.changed();
    }

    @Override
    public double kl(int row, double freeBits) {
        return ratios.kl(row, freeBits);
    }

    @Override
    public double logRatio(int at, int row) {
        return ratios.logRatio(at, row);
    }

    @Override
    public void backwardElbo(FloatMemory latentGradient, double klWeight, double freeBits, double scale) {
        int rows = draws.rows();
        int count = rows * draws.size;
        double weight = scale * klWeight;
        Arrays.fill(gradients.means, 0, count, 0);
        Arrays.fill(gradients.logVariances, 0, count, -0.5 * weight);
        Arrays.fill(weights, 0, rows, weight / draws.samples);
        for (int sample = 0; sample < draws.samples; sample++) {
            gradients.addPath(sample, latentGradient);
            draws.copyLatents(sample, latents);
            prior.backward(rows, latents, weights, priorGradients);
            int from = sample * count;
            for (int i = 0; i < count; i++) {
                gradients.means[i] += priorGradients[i];
                gradients.logVariances[i] += priorGradients[i] * 0.5 * draws.deviations[i] * draws.noise[from + i];
            }
        }
    }

    @Override
    public void backwardImportanceWeighted(
            FloatMemory latentGradient, double[] normalizedWeights, double klWeight, double scale) {
        int rows = draws.rows();
        int count = rows * draws.size;
        Arrays.fill(gradients.means, 0, count, 0);
        Arrays.fill(gradients.logVariances, 0, count, 0);
        for (int sample = 0; sample < draws.samples; sample++) {
            for (int row = 0; row < rows; row++) {
                weights[row] = scale * klWeight * normalizedWeights[sample * rows + row];
            }
            draws.copyLatents(sample, latents);
            prior.backward(rows, latents, weights, priorGradients);
            latentGradient.get(sample * count, path, count);
            for (int row = 0; row < rows; row++) {
                double factor = 1 - klWeight * (1 - normalizedWeights[sample * rows + row]);
                addWeightedPath(row, sample * count, factor);
            }
        }
    }

    /** Sets the gradients to those of {@link LatentLayer#backwardSampled}. */
    void backwardSampled(FloatMemory latentGradient, double[] drawWeights) {
        int rows = draws.rows();
        int count = rows * draws.size;
        Arrays.fill(gradients.means, 0, count, 0);
        Arrays.fill(gradients.logVariances, 0, count, 0);
        for (int sample = 0; sample < draws.samples; sample++) {
            gradients.addPath(sample, latentGradient);
            System.arraycopy(drawWeights, sample * rows, weights, 0, rows);
            draws.copyLatents(sample, latents);
            prior.backward(rows, latents, weights, priorGradients);
            for (int row = 0; row < rows; row++) {
                addPlainPath(row, sample * count);
            }
        }
    }

    private void addPlainPath(int row, int from) {
        for (int i = row * draws.size; i < (row + 1) * draws.size; i++) {
            gradients.means[i] += priorGradients[i];
            double slope = priorGradients[i] * draws.deviations[i] * draws.noise[from + i];
            gradients.logVariances[i] += 0.5 * (slope - weights[row]);
        }
    }

    private void addWeightedPath(int row, int from, double factor) {
        for (int i = row * draws.size; i < (row + 1) * draws.size; i++) {
            double eps = draws.noise[from + i];
            double deviation = draws.deviations[i];
            double reached = factor * (path[i] + priorGradients[i] - weights[row] * eps / deviation);
            gradients.means[i] += reached;
            gradients.logVariances[i] += reached * 0.5 * deviation * eps;
        }
    }
}
