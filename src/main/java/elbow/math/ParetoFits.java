package elbow.math;

import java.util.Arrays;

/**
 * Two generalized Pareto distributions of the same excesses: that of highest likelihood, and one that the largest tenth
 * of them, at least {@value #LEAST_UNSEEN}, cannot move.
 *
 * @param likeliest see {@link GeneralizedPareto#fit}
 * @param robust see {@link GeneralizedPareto#fitBelow}
 * @param apart how many of the largest excesses the likeliest has to be without to agree with the robust one; 0 if it
 *     agrees as it is
 */
public record ParetoFits(GeneralizedPareto likeliest, GeneralizedPareto robust, int apart) {
    private static final int LEAST_UNSEEN = 3;

    /**
     * Twice the log-likelihood that the excesses seen by the robust fit may lose by another before the two disagree:
     * the 99 % quantile of chi-squared of 2 degrees of freedom. The other has seen these too, so that fewer than 1 % of
     * samples of one distribution are found to disagree.
     */
    private static final double MOST_LOST = 9.21;

    /** Both, of as many excesses as {@link GeneralizedPareto#fit} needs. */
    public static ParetoFits of(double[] excesses) {
        GeneralizedPareto likeliest = GeneralizedPareto.fit(excesses);
        int unseen = Math.min(excesses.length / 2, Math.max(LEAST_UNSEEN, (excesses.length + 9) / 10));
        double[] sorted = excesses.clone();
        Arrays.sort(sorted);
        if (sorted[sorted.length - 1 - unseen] == 0) {
            return new ParetoFits(likeliest, likeliest, 0);
        }
        GeneralizedPareto robust = GeneralizedPareto.fitBelow(excesses, unseen);
        double highest = ParetoLikelihood.sum(sorted, unseen, robust);
        // Halved: what disagrees without some of the largest disagrees without fewer of them.
        int disagrees = -1;
        int agrees = unseen;
        for (int without = 0; agrees - disagrees > 1; without = (disagrees + agrees) / 2) {
            GeneralizedPareto fit = without == 0 ? likeliest : GeneralizedPareto.fitBelow(excesses, without);
            if (2 * (highest - ParetoLikelihood.sum(sorted, unseen, fit)) > MOST_LOST) {
                disagrees = without;
            } else {
                agrees = without;
            }
        }
        return new ParetoFits(likeliest, robust, agrees);
    }
}
