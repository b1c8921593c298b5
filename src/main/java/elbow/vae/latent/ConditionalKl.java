package elbow.vae.latent;

import elbow.math.FloatMemory;
import elbow.vae.prior.ClosedKlDensity;

/**
 * Against a {@link ClosedKlDensity}: the KL divergence in closed form, latent by latent, to both of whose Gaussians its
 * gradient goes. What goes by samples is as against any prior.
 */
final class ConditionalKl extends KlByLatent {
    private final ClosedKlDensity prior;
    private final SampledKl bySamples;

    ConditionalKl(ClosedKlDensity prior, GaussianDraws draws, GaussianGradients gradients, int maximumRows) {
        super(draws, gradients);
        this.prior = prior;
        bySamples = new SampledKl(prior, draws, gradients, maximumRows);
    }

    @Override
    public void drawn() {
        bySamples.drawn();
    }

    @Override
    double kl(int at) {
        return prior.kl(at, draws.means[at], draws.logVariance(at));
    }

    @Override
    public double logRatio(int at, int row) {
        return bySamples.logRatio(at, row);
    }

    @Override
    void setKlGradient(int at, double weight) {
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
