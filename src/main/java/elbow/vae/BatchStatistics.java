package elbow.vae;

/** Sums over rows, in nats, that {@link VaeEngine#gradient} adds to. Mutable, so that a step allocates nothing. */
public final class BatchStatistics {
    private long rows;
    private double elbo;
    private double reconstruction;
    private double kl;
    private double importanceWeightedBound;
    private double loss;

    /** Back to zero. */
    public void clear() {
        rows = 0;
        elbo = 0;
        reconstruction = 0;
        kl = 0;
        importanceWeightedBound = 0;
        loss = 0;
    }

    void add(double rowReconstruction, double rowKl, double rowBound, double rowLoss) {
        rows++;
        elbo += rowReconstruction - rowKl;
        reconstruction += rowReconstruction;
        kl += rowKl;
        importanceWeightedBound += rowBound;
        loss += rowLoss;
    }

    /** Number of rows summed over. */
    public long rows() {
        return rows;
    }

    /** Sum of reconstruction - kl: neither weighted by beta nor changed by free bits. */
    public double elbo() {
        return elbo;
    }

    /** Sum of the mean log p(x|z) over the samples. */
    public double reconstruction() {
        return reconstruction;
    }

    /** Sum of KL(q(z|x) || p(z)), in closed form or over the samples. */
    public double kl() {
        return kl;
    }

    /** Sum of the importance-weighted bounds with the objective's number of samples. */
    public double importanceWeightedBound() {
        return importanceWeightedBound;
    }

    /**
     * Sum of the training loss: the negative objective with all its modifiers, not multiplied by the gradient scale.
     */
    public double loss() {
        return loss;
    }
}
