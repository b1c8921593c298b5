package elbow.vae.latent;

import elbow.math.FloatMemory;
import elbow.vae.prior.ConditionalDensity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * p(z_l|z_{l+1}) of all layers below the topmost, from the lowest on, each draw under the latents above it. The
 * latents' memories take gradients as well.
 */
final class LowerPriors implements AutoCloseable {
    private final List<ConditionalDensity> densities;
    private final List<FloatMemory> latents;
    private final int[] sizes;
    private final float[] above;

    /**
     * @param latents of all layers, with a row for each draw
     * @param sizes of all layers
     */
    LowerPriors(List<ConditionalDensity> densities, List<FloatMemory> latents, int[] sizes, int maximumDraws) {
        this.densities = List.copyOf(densities);
        this.latents = List.copyOf(latents);
        this.sizes = sizes.clone();
        int widest = 0;
        for (int size : sizes) {
            widest = Math.max(widest, size);
        }
        above = new float[Math.multiplyExact(maximumDraws, widest)];
    }

    ConditionalDensity of(int layer) {
        return densities.get(layer);
    }

    void bind(FloatMemory parameters, @Nullable FloatMemory gradients) {
        for (ConditionalDensity density : densities) {
            density.bind(parameters, gradients);
        }
    }

    /** Takes the draws of the layer above that one. */
    void read(int layer, int draws) {
        latents.get(layer + 1).get(0, above, draws * sizes[layer + 1]);
        densities.get(layer).read(draws, above);
    }

    /** To be called before every gradient. */
    void begin() {
        for (ConditionalDensity density : densities) {
            density.begin();
        }
    }

    /**
     * Passes what has reached the density of a layer on: to the parameters, and over the latents of the layer above.
     */
    void backward(int layer, int draws) {
        ConditionalDensity density = densities.get(layer);
        density.writeGradients();
        latents.get(layer + 1).put(0, density.conditionGradients(), draws * sizes[layer + 1]);
    }

    /** As {@link HierarchicalLatents#descend}. */
    void descend(float[] topmost, int rows, long noiseKey, long[] numbers) {
        float[] conditions = topmost;
        for (int layer = densities.size() - 1; layer >= 0; layer--) {
            int size = sizes[layer];
            ConditionalDensity density = densities.get(layer);
            density.read(rows, conditions);
            float[] drawn = new float[rows * size];
            float[] one = new float[size];
            for (int row = 0; row < rows; row++) {
                density.drawOne(noiseKey, DrawKeys.of(numbers[row], 0, layer), row, one);
                System.arraycopy(one, 0, drawn, row * size, size);
            }
            conditions = drawn;
        }
        latents.get(0).put(0, conditions, rows * sizes[0]);
    }

    @Override
    public void close() {
        densities.forEach(ConditionalDensity::close);
    }
}
