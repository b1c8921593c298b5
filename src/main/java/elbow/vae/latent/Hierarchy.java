package elbow.vae.latent;

/** How several layers of latents hang together, from the lowest, which the data hang on, to the topmost. */
public enum Hierarchy {
    /**
     * Each layer's posterior goes by draws of the layer below, q(z_1|x) q(z_2|z_1) ..., and each layer's prior by the
     * layer above, p(z_1|z_2) ... p(z_L) (Burda, Grosse, Salakhutdinov. Importance weighted autoencoders. ICLR 2016).
     * One layer of latents alone is one of these.
     */
    BOTTOM_UP,

    /**
     * The encoder goes all the way up first, and gives a Gaussian for each layer; latents are drawn from the topmost
     * down, each layer from the product of the encoder's Gaussian and that of p(z_l|z_{l+1}), weighted by their
     * precisions (Sønderby, Raiko, Maaløe, Sønderby, Winther. Ladder variational autoencoders. NeurIPS 2016, equations
     * 17 to 19).
     */
    LADDER
}
