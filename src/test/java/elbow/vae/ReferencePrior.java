package elbow.vae;

import elbow.vae.prior.Prior;

/** A prior whose log-density the reference can compute, too; without a closed form of the KL divergence. */
interface ReferencePrior extends Prior, LogPrior {}
