package elbow.vae.latent;

/** Several layers of latents at work. The latents that others see are those of the lowest layer. */
public interface HierarchicalLatents extends LatentLayer {
    /**
     * Ancestral sampling: sets the lowest latents to draws given those of the topmost layer, layer by layer; what comes
     * of a row depends on its number and its topmost latents alone.
     *
     * @param topmost rows x latents of the topmost layer
     * @param noiseKey and the rows' {@code numbers}: the noise to draw from
     */
    void descend(float[] topmost, int rows, long noiseKey, long[] numbers);
}
