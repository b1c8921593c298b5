package elbow.vae.latent;

import elbow.base.Check;
import elbow.vae.layer.LayerSpec;
import java.util.List;
import java.util.Optional;

/**
 * A layer of latents, and how it hangs together with what is below it: the data, or another layer of latents.
 *
 * @param encoder layers from below up to the posterior's own; empty for a linear encoder
 * @param size latent dimensions, at least 1
 * @param posterior what q(z|x) is
 * @param decoder layers from these latents down to the last one; empty for a linear decoder
 * @param output the decoder's last layer, whose outputs the likelihoods take, with a bias for each; a linear dense one
 *     if there is none
 */
public record LatentSpec(
        List<LayerSpec> encoder, int size, Posterior posterior, List<LayerSpec> decoder, Optional<LayerSpec> output) {
    public LatentSpec {
        encoder = List.copyOf(encoder);
        Check.positive("latentSize", size);
        decoder = List.copyOf(decoder);
    }

    /** One whose decoder ends with a linear dense layer. */
    public LatentSpec(List<LayerSpec> encoder, int size, Posterior posterior, List<LayerSpec> decoder) {
        this(encoder, size, posterior, decoder, Optional.empty());
    }
}
