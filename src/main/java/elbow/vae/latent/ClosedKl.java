package elbow.vae.latent;

import elbow.math.FloatMemory;
import elbow.vae.prior.FactorizedPrior;
import java.util.Arrays;

/** Against a {@link FactorizedPrior}: the KL divergence in closed form, latent by latent. */
final class ClosedKl extends KlByLatent {
    private final FactorizedPrior prior;
    private final float[] path;

    ClosedKl(FactorizedPrior prior, GaussianDraws draws, GaussianGradients gradients) {
        super(draws, gradients);
        this.prior = prior;
        path = new float[draws.means.length];
    }

    @Override
    public void drawn() {
        // Nothing here is kept of a draw.
    }

    @Override
    public double logRatio(int at, int row) {
        int size = draws.size;
        float[] noise = draws.noise;
        float[] means = draws.means;
        float[] deviations = draws.deviations;
        double sum = 0;
        for (int i = 0; i < size; i++) {
            int own = row * size + i;
            double eps = noise[at * size + i];
            double z = means[own] + deviations[own] * eps;
            sum += eps * eps - prior.twiceNegativeLogDensity(z) + draws.logVariance(own);
        }
        return 0.5 * sum;
    }

    @Override
    void setKlGradient(int at, double weight) {
        double mean = draws.means[at];
        double deviation = draws.deviations[at];
        gradients.means[at] = weight * prior.klMeanSlope(mean, deviation);
        gradients.logVariances[at] = weight * 0.5 * prior.twiceKlLogVarianceSlope(mean, deviation);
    }

    @Override
    public void backwardImportanceWeighted(
            FloatMemory latentGradient, double[] normalizedWeights, double klWeight, double scale) {
        int rows = draws.rows();
        int count = rows * draws.size;
        Arrays.fill(gradients.means, 0);
        Arrays.fill(gradients.logVariances, 0);
        for (int sample = 0; sample < draws.samples; sample++) {
            latentGradient.get(sample * count, path, count);
            for (int row = 0; row < rows; row++) {
                double weight = normalizedWeights[sample * rows + row];
                addWeightedPath(row, sample * count, weight, klWeight, scale);
            }
        }
    }

    private void addWeightedPath(int row, int from, double weight, double klWeight, double scale) {
        double factor = 1 - klWeight * (1 - weight);
        for (int i = row * draws.size; i < (row + 1) * draws.size; i++) {
            double eps = draws.noise[from + i];
            double deviation = draws.deviations[i];
            double z = draws.means[i] + deviation * eps;
            double ratio = klWeight * (eps / deviation - prior.negativeLogDensitySlope(z));
            double reached = factor * (path[i] - scale * weight * ratio);
            gradients.means[i] += reached;
            gradients.logVariances[i] += reached * 0.5 * deviation * eps;
        }
    }

    @Override
    double kl(int at) {
        return prior.kl(draws.means[at], draws.logVariance(at));
    }
}
