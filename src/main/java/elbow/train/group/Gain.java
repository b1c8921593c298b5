package elbow.train.group;

import elbow.base.Check;
import java.util.Arrays;

/**
 * By how much one network's ELBO of some rows is above another's, by the differences row by row.
 *
 * @param mean of the differences, in nats a row
 * @param standardError of that mean, as an estimate from these rows; infinite for fewer than two
 */
record Gain(double mean, double standardError) {
    /**
     * The gain of {@code second} over {@code first}; NaN if any of {@code second} is not finite.
     *
     * @param trimmedShare of the differences that is left out at either end, so that a few anomalies among the rows do
     *     not decide; in [0, 0.5)
     */
    static Gain of(double[] first, double[] second, double trimmedShare) {
        Check.argument(first.length == second.length, "second's length", "be " + first.length, second.length);
        // Trimming must not hide that the network has diverged.
        if (!Arrays.stream(second).allMatch(Double::isFinite)) {
            return new Gain(Double.NaN, Double.NaN);
        }
        double[] differences = new double[first.length];
        Arrays.setAll(differences, i -> second[i] - first[i]);
        Arrays.sort(differences);
        int left = (int) (trimmedShare * differences.length);
        double[] kept = Arrays.copyOfRange(differences, left, differences.length - left);
        double mean = Arrays.stream(kept).average().orElse(Double.NaN);
        double squares = Arrays.stream(kept)
                .map(difference -> (difference - mean) * (difference - mean))
                .sum();
        return new Gain(
                mean,
                kept.length < 2 ? Double.POSITIVE_INFINITY : Math.sqrt(squares / (kept.length - 1) / kept.length));
    }

    /** Whether the second network is better by more than chance alone makes two of three differ. */
    boolean isClear() {
        return mean > standardError;
    }

    boolean isFinite() {
        return Double.isFinite(mean);
    }
}
