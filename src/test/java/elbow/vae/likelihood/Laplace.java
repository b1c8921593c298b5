package elbow.vae.likelihood;

/**
 * log p(x) = -|x - m| - log 2 with the decoder's output m: a likelihood that the product does not have, to show what
 * one must say of itself.
 */
public record Laplace() implements Likelihood {
    @Override
    public String name() {
        return "laplace";
    }

    @Override
    public float minimum() {
        return -Float.MAX_VALUE;
    }

    @Override
    public float maximum() {
        return Float.MAX_VALUE;
    }

    @Override
    public boolean isDensity() {
        return true;
    }

    @Override
    public void start(float[] means, float[][] outputs, float[][] parameters) {
        System.arraycopy(means, 0, outputs[0], 0, means.length);
    }

    @Override
    public void logDensity(LikelihoodTile tile) {
        for (int i = 0; i < tile.count; i++) {
            tile.logDensities[i] = -Math.abs((double) tile.values[i] - tile.outputs[0][i]) - Math.log(2);
        }
    }

    @Override
    public void gradient(LikelihoodTile tile) {
        for (int i = 0; i < tile.count; i++) {
            tile.outputGradients[0][i] = Math.signum(tile.values[i] - tile.outputs[0][i]);
        }
    }

    @Override
    public void mean(LikelihoodTile tile) {
        System.arraycopy(tile.outputs[0], 0, tile.expected, 0, tile.count);
    }

    @Override
    public void sample(LikelihoodTile tile, int[] bits) {
        for (int i = 0; i < tile.count; i++) {
            double centred = bits[i] * 0x1p-31;
            tile.expected[i] = (float)
                    (tile.outputs[0][i] - Math.signum(centred) * Math.log1p(-Math.min(Math.abs(centred), 1 - 1e-9)));
        }
    }
}
