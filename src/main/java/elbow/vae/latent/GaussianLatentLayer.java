package elbow.vae.latent;

import elbow.math.FloatMemory;
import elbow.vae.prior.PriorDensity;
import org.jspecify.annotations.Nullable;

/** A {@link DiagonalGaussian} posterior: takes rows of (means, log-variances). */
final class GaussianLatentLayer implements LatentLayer {
    private final GaussianDraws draws;
    private final GaussianGradients gradients;
    private final GaussianKl kl;
    private final PriorDensity prior;
    private final int maximumRows;

    /** Whatever form the KL divergence has; only layers above others need it. */
    private @Nullable SampledKl bySamples;

    GaussianLatentLayer(
            GaussianDraws draws, GaussianGradients gradients, GaussianKl kl, PriorDensity prior, int maximumRows) {
        this.draws = draws;
        this.gradients = gradients;
        this.kl = kl;
        this.prior = prior;
        this.maximumRows = maximumRows;
    }

    @Override
    public void read(int rows, FloatMemory encoderOutput) {
        draws.read(rows, encoderOutput);
    }

    @Override
    public void sample(long[] rowKeys, int firstRow, long noiseKey, int firstSample) {
        draws.sample(rowKeys, firstRow, noiseKey, firstSample);
        kl.drawn();
    }

    @Override
    public void useMeans() {
        draws.useMeans();
    }

    @Override
    public void copy(int row, float[] toMeans, float[] toLogVariances, int at) {
        draws.copy(row, toMeans, toLogVariances, at);
    }

    @Override
    public boolean hasClosedKl() {
        return kl.isClosed();
    }

    @Override
    public double kl(int row, double freeBits) {
        return kl.kl(row, freeBits);
    }

    @Override
    public void addKlByLatent(int row, double[] sums, int at) {
        kl.addKlByLatent(row, sums, at);
    }

    @Override
    public double logRatio(int at, int row) {
        return kl.logRatio(at, row);
    }

    @Override
    public void backwardElbo(
            FloatMemory latentGradient, double klWeight, double freeBits, double scale, FloatMemory encoderOutput) {
        kl.backwardElbo(latentGradient, klWeight, freeBits, scale);
        gradients.write(encoderOutput);
    }

    @Override
    public void backwardElboByLatent(
            FloatMemory latentGradient, double[] klWeights, double scale, FloatMemory encoderOutput) {
        kl.backwardElboByLatent(latentGradient, klWeights, scale);
        gradients.write(encoderOutput);
    }

    @Override
    public void backwardImportanceWeighted(
            FloatMemory latentGradient,
            double[] normalizedWeights,
            double klWeight,
            double scale,
            FloatMemory encoderOutput) {
        kl.backwardImportanceWeighted(latentGradient, normalizedWeights, klWeight, scale);
        gradients.write(encoderOutput);
    }

    @Override
    public void backwardSampled(FloatMemory latentGradient, double[] weights, FloatMemory encoderOutput) {
        if (bySamples == null) {
            bySamples = new SampledKl(prior, draws, gradients, maximumRows);
        }
        bySamples.backwardSampled(latentGradient, weights);
        gradients.write(encoderOutput);
    }
}
