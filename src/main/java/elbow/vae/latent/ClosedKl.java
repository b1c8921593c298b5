package elbow.vae.latent;

import elbow.math.FloatMemory;
import elbow.vae.prior.FactorizedPrior;
import java.util.Arrays;

/** Against a {@link FactorizedPrior}: the KL divergence in closed form, latent by latent. */
final class ClosedKl implements GaussianKl {
    private final FactorizedPrior prior;
    private final GaussianDraws draws;
    private final GaussianGradients gradients;
    private final float[] path;

    ClosedKl(FactorizedPrior prior, GaussianDraws draws, GaussianGradients gradients) {
        this.prior = prior;
        this.draws = draws;
        this.gradients = gradients;
        path = new float[draws.means.length];
    }

    @Override
    public boolean isClosed() {
        return true;
    }

    @Override
    public void drawn() {
        // Nothing here is kept of a draw.
    }

    @Override
    public double kl(int row, double freeBits) {
        int size = draws.size;
        double sum = 0;
        for (int i = row * size; i < (row + 1) * size; i++) {
            sum += Math.max(freeBits, kl(i));
        }
        return sum;
    }

    @Override
    public void addKlByLatent(int row, double[] sums, int at) {
        int size = draws.size;
        for (int i = 0; i < size; i++) {
            sums[at + i] += kl(row * size + i);
        }
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
    public void backwardElbo(FloatMemory latentGradient, double klWeight, double freeBits, double scale) {
        int count = draws.rows() * draws.size;
        for (int i = 0; i < count; i++) {
            boolean counts = klWeight != 0 && (freeBits == 0 || kl(i) > freeBits);
            setKlGradient(i, counts ? scale * klWeight : 0);
        }
        gradients.addPaths(latentGradient);
    }

    @Override
    public void backwardElboByLatent(FloatMemory latentGradient, double[] klWeights, double scale) {
        int size = draws.size;
        for (int row = 0; row < draws.rows(); row++) {
            for (int i = 0; i < size; i++) {
                setKlGradient(row * size + i, scale * klWeights[i]);
            }
        }
        gradients.addPaths(latentGradient);
    }

    private void setKlGradient(int at, double weight) {
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

    private double kl(int at) {
        return prior.kl(draws.means[at], draws.logVariance(at));
    }
}
