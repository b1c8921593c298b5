package elbow.vae.latent;

import elbow.math.FloatMemory;
import elbow.vae.layer.LayerContext;
import elbow.vae.prior.Prior;
import elbow.vae.prior.PriorDensity;

/**
 * What a layer of latents is made for.
 *
 * @param prior of the latents
 * @param density the prior at work
 * @param samples draws of each row that there is room for
 * @param latents where draws go, sample-major: row {@code sample * rows + row}
 * @param layers where parameters stand, and how many rows go through at once
 */
public record LatentContext(Prior prior, PriorDensity density, int samples, FloatMemory latents, LayerContext layers) {}
