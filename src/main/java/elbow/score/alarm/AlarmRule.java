package elbow.score.alarm;

/**
 * Whether a share is so far above what is expected that something must be wrong: not by chance, and not by little.
 *
 * <p>Not by chance: the log-likelihood ratio of "both have the same share" and "each has its own" is at least
 * {@value #LEAST_NATS} nats (the G test of two samples; R. Sokal, F. Rohlf. Biometry. 1981, section 17.4). Twice the
 * ratio has the chi-squared distribution with one degree of freedom if the shares are the same (S. Wilks. The
 * large-sample distribution of the likelihood ratio. 1938), so that chance gives a share that is so far above less than
 * once in a million times.
 *
 * <p>Not by little: at least {@value #LEAST_COUNT} rows, at least a tenth of all, and {@value #FACTOR} times the
 * expected share; or the rest has gone down to a fifth.
 */
final class AlarmRule {
    static final double LEAST_NATS = 12;
    static final long LEAST_COUNT = 10;
    static final double LEAST_SHARE = 0.1;
    static final double FACTOR = 5;

    private AlarmRule() {}

    /**
     * Whether {@code count} of {@code rows} is far above {@code expected} of {@code expectedRows}.
     *
     * @param expected how many it was of the rows that the expectation comes from; perhaps estimated
     */
    static boolean isFarAbove(long count, long rows, double expected, double expectedRows) {
        if (count < LEAST_COUNT || expectedRows <= 0) {
            return false;
        }
        double share = (double) count / rows;
        double usual = expected / expectedRows;
        boolean large = share >= FACTOR * usual || 1 - share <= (1 - usual) / FACTOR;
        return share >= LEAST_SHARE
                && share > usual
                && large
                && logLikelihoodRatio((double) count, (double) rows, expected, expectedRows) >= LEAST_NATS;
    }

    /** In nats, at least 0. */
    static double logLikelihoodRatio(double count, double rows, double expected, double expectedRows) {
        double pooled = (count + expected) / (rows + expectedRows);
        return divergence(count, rows, pooled) + divergence(expected, expectedRows, pooled);
    }

    // rows x KL(count / rows || share) of two Bernoulli distributions.
    private static double divergence(double count, double rows, double share) {
        return term(count, rows * share) + term(rows - count, rows * (1 - share));
    }

    private static double term(double count, double expected) {
        return count <= 0 ? 0 : count * Math.log(count / expected);
    }
}
