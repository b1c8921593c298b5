package elbow.tune;

import java.util.Arrays;

/**
 * Area under the receiver operating characteristic, with its standard error.
 *
 * @param area the probability that a random anomaly scores higher than a random normal row, ties counting half
 * @param standardError of the area as an estimate from these rows (DeLong, DeLong and Clarke-Pearson, Comparing the
 *     areas under two or more correlated receiver operating characteristic curves, Biometrics 44, 1988); NaN with fewer
 *     than two rows of either kind
 */
record Auroc(double area, double standardError) {
    /**
     * That of two samples.
     *
     * @param anomalies scores, at least one; higher is stranger, and NaN the strangest
     * @param normal likewise
     */
    static Auroc of(double[] anomalies, double[] normal) {
        double[] ofAnomalies = placements(anomalies, normal);
        double[] ofNormal = placements(normal, anomalies);
        return new Auroc(
                mean(ofAnomalies),
                Math.sqrt(variance(ofAnomalies) / anomalies.length + variance(ofNormal) / normal.length));
    }

    /** For each value the share of {@code others} below it, those that are equal counting half. */
    private static double[] placements(double[] values, double[] others) {
        double[] sorted = others.clone();
        Arrays.sort(sorted);
        return Arrays.stream(values)
                .map(value -> {
                    int below = firstAbove(sorted, value, false);
                    int notAbove = firstAbove(sorted, value, true);
                    return (below + 0.5 * (notAbove - below)) / sorted.length;
                })
                .toArray();
    }

    /** How many of {@code sorted} are below {@code value}, or {@code equal} to it. */
    private static int firstAbove(double[] sorted, double value, boolean equal) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            int order = Double.compare(sorted[middle] + 0.0, value + 0.0);
            if (order < 0 || (equal && order == 0)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElse(Double.NaN);
    }

    private static double variance(double[] values) {
        double mean = mean(values);
        double squares = Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .sum();
        return values.length < 2 ? Double.NaN : squares / (values.length - 1);
    }
}
