package elbow.vae.latent;

import elbow.math.FloatMemory;

/** A KL divergence in closed form that is a sum over latents. */
abstract class KlByLatent implements GaussianKl {
    final GaussianDraws draws;
    final GaussianGradients gradients;

    KlByLatent(GaussianDraws draws, GaussianGradients gradients) {
        this.draws = draws;
        this.gradients = gradients;
    }

    /** That of one latent of one row, in nats: the one at {@code at} of the means. */
    abstract double kl(int at);

    /** Sets the gradient of that of one latent of one row, times {@code weight}. */
    abstract void setKlGradient(int at, double weight);

    @Override
    public final boolean isClosed() {
        return true;
    }

    @Override
    public final double kl(int row, double freeBits) {
        int size = draws.size;
        double sum = 0;
        for (int i = row * size; i < (row + 1) * size; i++) {
            sum += Math.max(freeBits, kl(i));
        }
        return sum;
    }

    @Override
    public final void addKlByLatent(int row, double[] sums, int at) {
        int size = draws.size;
        for (int i = 0; i < size; i++) {
            sums[at + i] += kl(row * size + i);
        }
    }

    @Override
    public final void backwardElbo(FloatMemory latentGradient, double klWeight, double freeBits, double scale) {
        int count = draws.rows() * draws.size;
        for (int i = 0; i < count; i++) {
            boolean counts = klWeight != 0 && (freeBits == 0 || kl(i) > freeBits);
            setKlGradient(i, counts ? scale * klWeight : 0);
        }
        gradients.addPaths(latentGradient);
    }

    @Override
    public final void backwardElboByLatent(FloatMemory latentGradient, double[] klWeights, double scale) {
        int size = draws.size;
        for (int row = 0; row < draws.rows(); row++) {
            for (int i = 0; i < size; i++) {
                setKlGradient(row * size + i, scale * klWeights[i]);
            }
        }
        gradients.addPaths(latentGradient);
    }
}
