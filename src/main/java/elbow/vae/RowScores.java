package elbow.vae;

import elbow.base.Check;

/** Scores of rows, in nats, higher is better; filled by {@link VaeScorer#score}. */
public final class RowScores {
    private final double[] elbo;
    private final double[] reconstruction;
    private final double[] kl;
    private final double[] importanceWeightedBound;
    private final int[] observed;

    /** Room for {@code rows} rows. */
    public RowScores(int rows) {
        Check.positive("rows", rows);
        elbo = new double[rows];
        reconstruction = new double[rows];
        kl = new double[rows];
        importanceWeightedBound = new double[rows];
        observed = new int[rows];
    }

    /** How many rows there is room for. */
    public int rows() {
        return elbo.length;
    }

    /** reconstruction - kl. */
    public double elbo(int row) {
        return elbo[row];
    }

    /** The mean of log p(x|z) over the samples, or at the posterior mean without samples. */
    public double reconstruction(int row) {
        return reconstruction[row];
    }

    /** KL(q(z|x) || p(z)). */
    public double kl(int row) {
        return kl[row];
    }

    /** log of the mean over the samples of p(x, z) / q(z|x); NaN without samples. */
    public double importanceWeightedBound(int row) {
        return importanceWeightedBound[row];
    }

    /**
     * How many variables of the row were observed: what reconstruction and elbo are sums over. Scores of rows with
     * different gaps are not comparable without it.
     */
    public int observed(int row) {
        return observed[row];
    }

    void set(int row, double rowReconstruction, double rowKl, double rowBound, int rowObserved) {
        observed[row] = rowObserved;
        elbo[row] = rowReconstruction - rowKl;
        reconstruction[row] = rowReconstruction;
        kl[row] = rowKl;
        importanceWeightedBound[row] = rowBound;
    }
}
