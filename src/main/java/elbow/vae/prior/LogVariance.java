package elbow.vae.prior;

/**
 * The rule for log-variances of latents that are trained: beyond +-20 they count as +-20, so that nothing overflows.
 */
public final class LogVariance {
    /** The largest that counts, and minus the smallest. */
    public static final double LIMIT = 20;

    private LogVariance() {}

    /** What counts of a log-variance. */
    public static double counted(double logVariance) {
        return Math.max(-LIMIT, Math.min(LIMIT, logVariance));
    }

    /**
     * Whether a descent step would lead a log-variance that is beyond its limit even further out: such a gradient does
     * not pass.
     */
    public static boolean leaves(double logVariance, double gradient) {
        return (logVariance > LIMIT && gradient < 0) || (logVariance < -LIMIT && gradient > 0);
    }
}
