package elbow.vae.objective;

/** The lower bound of log p(x) that training maximises. */
public enum Bound {
    /** The evidence lower bound; with several samples per row the mean of their reconstructions. */
    ELBO,
    /**
     * The importance-weighted bound (Burda, Grosse, Salakhutdinov. Importance weighted autoencoders. ICLR 2016), with
     * the doubly reparameterised gradient for the encoder (Tucker, Lawson, Gu, Maddison. Doubly reparameterized
     * gradient estimators for Monte Carlo objectives. ICLR 2019).
     */
    IMPORTANCE_WEIGHTED
}
