package elbow.vae;

import elbow.base.Check;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Scores of rows, in nats, higher is better; filled by {@link VaeScorer#score}. What else it has room for comes from
 * the same pass.
 */
public final class RowScores {
    /** What a pass can give besides the scores. */
    public enum Detail {
        /** Each variable's share of the reconstruction. */
        COLUMNS,
        /** Means and logarithms of the variances of the posterior. */
        LATENTS,
        /** The KL divergence of each latent. */
        KL_BY_LATENT,
        /** The decoder's expectation of every column at the posterior mean. */
        EXPECTATIONS
    }

    private final double[] elbo;
    private final double[] reconstruction;
    private final double[] kl;
    private final double[] importanceWeightedBound;
    private final int[] observed;
    private final double @Nullable [] columnReconstructions;
    private final float @Nullable [] means;
    private final float @Nullable [] logVariances;
    private final double @Nullable [] klByLatent;
    private final float @Nullable [] expected;
    private final int columns;
    private final int latentSize;

    private RowScores(int rows, int columns, int latentSize, Set<Detail> details) {
        Check.positive("rows", rows);
        this.columns = columns;
        this.latentSize = latentSize;
        elbo = new double[rows];
        reconstruction = new double[rows];
        kl = new double[rows];
        importanceWeightedBound = new double[rows];
        observed = new int[rows];
        boolean latents = details.contains(Detail.LATENTS);
        columnReconstructions = details.contains(Detail.COLUMNS) ? new double[Math.multiplyExact(rows, columns)] : null;
        means = latents ? new float[Math.multiplyExact(rows, latentSize)] : null;
        logVariances = latents ? new float[rows * latentSize] : null;
        klByLatent = details.contains(Detail.KL_BY_LATENT) ? new double[Math.multiplyExact(rows, latentSize)] : null;
        expected = details.contains(Detail.EXPECTATIONS) ? new float[Math.multiplyExact(rows, columns)] : null;
    }

    /** Room for the scores of {@code rows} rows. */
    public RowScores(int rows) {
        this(rows, 1, 1, Set.of());
    }

    /** Room for the scores of {@code rows} rows of a model, and for those details. */
    public RowScores(VaeSpec spec, int rows, Set<Detail> details) {
        this(rows, spec.inputSize(), spec.latentSize(), details);
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

    /**
     * KL(q(z|x) || p(z)); where it has no closed form, the mean over samples of log q(z|x) - log p(z), which may be
     * below 0.
     */
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

    /**
     * Each variable's share of the reconstruction, E log p(x_j|z) in nats: rows x inputSize. A variable of several
     * columns has its share in the first one, 0 in the others; a missing variable's share is 0, and a condition's.
     *
     * @throws IllegalStateException if there is no room for {@link Detail#COLUMNS}
     */
    public double[] columnReconstructions() {
        return required(columnReconstructions, Detail.COLUMNS);
    }

    /**
     * The posterior's means, rows x latentSize.
     *
     * @throws IllegalStateException if there is no room for {@link Detail#LATENTS}
     */
    public float[] means() {
        return required(means, Detail.LATENTS);
    }

    /**
     * The logarithms of the posterior's variances, rows x latentSize.
     *
     * @throws IllegalStateException if there is no room for {@link Detail#LATENTS}
     */
    public float[] logVariances() {
        return required(logVariances, Detail.LATENTS);
    }

    /**
     * The KL divergence of each latent in nats, rows x latentSize; NaN where it is known by samples alone, which say
     * nothing of single latents.
     *
     * @throws IllegalStateException if there is no room for {@link Detail#KL_BY_LATENT}
     */
    public double[] klByLatent() {
        return required(klByLatent, Detail.KL_BY_LATENT);
    }

    /**
     * The decoder's expectation of every column at the posterior mean, rows x inputSize; of missing ones, too.
     * Conditions as they are.
     *
     * @throws IllegalStateException if there is no room for {@link Detail#EXPECTATIONS}
     */
    public float[] expected() {
        return required(expected, Detail.EXPECTATIONS);
    }

    /** Whether there is room for a detail. */
    boolean has(Detail detail) {
        return switch (detail) {
            case COLUMNS -> columnReconstructions != null;
            case LATENTS -> means != null;
            case KL_BY_LATENT -> klByLatent != null;
            case EXPECTATIONS -> expected != null;
        };
    }

    /** Requires room for {@code rows} rows, and that the room for details is that of such a model. */
    void require(VaeSpec spec, int rows) {
        Check.argument(rows() >= rows, "scores' rows", "be at least " + rows, rows());
        if (has(Detail.COLUMNS) || has(Detail.EXPECTATIONS)) {
            Check.argument(columns == spec.inputSize(), "scores' columns", "be " + spec.inputSize(), columns);
        }
        if (has(Detail.LATENTS) || has(Detail.KL_BY_LATENT)) {
            Check.argument(latentSize == spec.latentSize(), "scores' latents", "be " + spec.latentSize(), latentSize);
        }
    }

    void set(int row, double rowReconstruction, double rowKl, double rowBound, int rowObserved) {
        observed[row] = rowObserved;
        elbo[row] = rowReconstruction - rowKl;
        reconstruction[row] = rowReconstruction;
        kl[row] = rowKl;
        importanceWeightedBound[row] = rowBound;
    }

    private static <T> T required(@Nullable T array, Detail detail) {
        if (array == null) {
            throw new IllegalStateException("no room was made for " + detail);
        }
        return array;
    }
}
