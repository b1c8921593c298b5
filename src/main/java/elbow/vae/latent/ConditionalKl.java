package elbow.vae.latent;

import elbow.math.FloatMemory;
import elbow.vae.prior.ConditionalDensity;

/**
 * Against a {@link elbow.vae.prior.ConditionalGaussian}: the KL divergence in closed form, latent by latent, to both of
 * whose Gaussians its gradient goes. What goes by samples is as against any prior.
 */
final class ConditionalKl implements GaussianKl {
    private final ConditionalDensity prior;
    private final GaussianDraws draws;
    private final GaussianGradients gradients;
    private final SampledKl bySamples;

    ConditionalKl(ConditionalDensity prior, GaussianDraws draws, GaussianGradients gradients, int maximumRows) {
        this.prior = prior;
        this.draws = draws;
        this.gradients = gradients;
        bySamples = new SampledKl(prior, draws, gradients, maximumRows);
    }

    @Override
    public boolean isClosed() {
        return true;
    }

    @Override
    public void drawn() {
        bySamples.drawn();
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

    private double kl(int at) {
        return prior.kl(at, draws.means[at], draws.logVariance(at));
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
        return bySamples.logRatio(at, row);
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
        double logVariance = draws.logVariance(at);
        gradients.means[at] = weight * prior.klMeanSlope(at, mean);
        gradients.logVariances[at] = weight * prior.klLogVarianceSlope(at, logVariance);
        prior.addKlGradient(at, mean, logVariance, weight);
    }

    @Override
    public void backwardImportanceWeighted(
            FloatMemory latentGradient, double[] normalizedWeights, double klWeight, double scale) {
        bySamples.backwardImportanceWeighted(latentGradient, normalizedWeights, klWeight, scale);
    }
}
