package elbow.vae.objective;

/** Whose KL divergence free bits are compared with, for each latent. */
public enum FreeBitsScope {
    /** That of each row on its own: every row has so many nats of a latent that cost nothing more. */
    ROW,
    /**
     * The mean over the minibatch, as published: rows share them, and one may use many where others use none (Kingma,
     * Salimans, Jozefowicz, Chen, Sutskever, Welling. Improving variational inference with inverse autoregressive flow.
     * NIPS 2016, equation 15, with groups of one latent).
     */
    MINIBATCH
}
