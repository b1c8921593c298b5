package elbow.vae.prior;

/** A {@link Mixture} as a prior; where its components come from, and where their gradients go, differs. */
interface MixtureDensity extends PriorDensity {
    Mixture mixture();

    @Override
    default void logDensities(int rows, double[] latents, double[] logDensities) {
        mixture().logDensities(rows, latents, logDensities);
    }

    @Override
    default void backward(int rows, double[] latents, double[] weights, double[] latentGradients) {
        mixture().backward(rows, latents, weights, latentGradients);
    }

    @Override
    default void draw(long noiseKey, long firstRow, int rows, float[] latents) {
        mixture().draw(noiseKey, firstRow, rows, latents);
    }
}
