package elbow.vae;

import elbow.vae.latent.Prior;

/** A prior whose log-density the reference can compute, too; without a closed form of the KL divergence. */
interface ReferencePrior extends Prior, LogPrior {}
