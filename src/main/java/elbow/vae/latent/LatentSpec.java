package elbow.vae.latent;

import elbow.base.Check;
import elbow.vae.layer.LayerSpec;
import java.util.List;

/**
 * A layer of latents, and how it hangs together with what is below it: the data, or another layer of latents.
 *
 * @param encoder layers from below up to the posterior's own; empty for a linear encoder
 * @param size latent dimensions, at least 1
 * @param posterior what q(z|x) is
 * @param decoder layers from these latents down; empty for a linear decoder
 */
public record LatentSpec(List<LayerSpec> encoder, int size, Posterior posterior, List<LayerSpec> decoder) {
    public LatentSpec {
        encoder = List.copyOf(encoder);
        Check.positive("latentSize", size);
        decoder = List.copyOf(decoder);
    }
}
