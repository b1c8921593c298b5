package elbow.report;

import java.util.Arrays;

/**
 * Bins of equal width, one of whose edges is the threshold. Bin k holds the values in (edge(k), edge(k + 1)], so that a
 * value at the threshold is on its normal side.
 */
record HistogramBins(double threshold, double width, int first, int count) {
    private static final int MINIMUM_COUNT = 12;
    private static final int MAXIMUM_COUNT = 60;

    /** How many times the width of the bulk a tail may be before the chart stops short of its end. */
    private static final double TAIL = 1.0;

    /**
     * Bins that show the bulk of the values and the threshold. Their width is by the rule of Freedman and Diaconis
     * (1981), within limits. A tail that would squash the bulk is cut off.
     *
     * @param sorted finite values in ascending order; at least one
     */
    static HistogramBins around(double[] sorted, double threshold) {
        double low = sorted[0];
        double high = sorted[sorted.length - 1];
        double bulkLow = Math.min(quantile(sorted, 0.002), threshold);
        double bulkHigh = Math.max(quantile(sorted, 0.995), threshold);
        double bulk = bulkHigh - bulkLow;
        if (low < bulkLow - TAIL * bulk) {
            low = Math.min(bulkLow, sorted[firstAtOrAbove(sorted, bulkLow - TAIL * bulk / 2)]);
        }
        if (high > bulkHigh + TAIL * bulk) {
            high = Math.max(bulkHigh, sorted[firstAtOrAbove(sorted, bulkHigh + TAIL * bulk / 2) - 1]);
        }
        low = Math.min(low, threshold);
        high = Math.max(high, threshold);
        if (!(high - low > Math.ulp(threshold) * MAXIMUM_COUNT)) {
            double margin = Math.max(0.5, 1e-3 * Math.abs(threshold));
            low -= margin;
            high += margin;
        }
        double width = (high - low) / binCount(sorted, high - low);
        int first = (int) Math.floor((low - threshold) / width);
        int last = (int) Math.ceil((high - threshold) / width);
        return new HistogramBins(threshold, width, first, Math.max(1, last - first));
    }

    double edge(int bin) {
        return threshold + (first + bin) * width;
    }

    /** How many finite values fall into each bin, and how many beyond the bins on either side. */
    Histogram count(double[] values) {
        long[] counts = new long[count];
        long below = 0;
        long above = 0;
        for (double value : values) {
            double bin = Math.ceil((value - threshold) / width) - 1 - first;
            if (bin >= 0 && bin < count) {
                counts[(int) bin]++;
            } else if (bin < 0 && value >= edge(0)) {
                counts[0]++;
            } else if (bin < 0) {
                below++;
            } else {
                above++;
            }
        }
        return new Histogram(this, counts, below, above);
    }

    private static double binCount(double[] sorted, double range) {
        double spread = quantile(sorted, 0.75) - quantile(sorted, 0.25);
        double width = 2 * spread / Math.cbrt(sorted.length);
        double wanted = width > 0 ? Math.ceil(range / width) : MAXIMUM_COUNT;
        double most = Math.max(MINIMUM_COUNT, Math.min(MAXIMUM_COUNT, 2 * Math.sqrt(sorted.length)));
        return Math.max(MINIMUM_COUNT, Math.min(most, wanted));
    }

    private static int firstAtOrAbove(double[] sorted, double value) {
        int found = Arrays.binarySearch(sorted, value);
        return found >= 0 ? found : -found - 1;
    }

    private static double quantile(double[] sorted, double share) {
        return sorted[(int) Math.floor(share * (sorted.length - 1))];
    }

    /**
     * Counts of one set of values: {@code inBins} per bin, {@code below} and {@code above} beyond the first and last.
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared, and a list would box every value.
    record Histogram(HistogramBins bins, long[] inBins, long below, long above) {
        long total() {
            return below + Arrays.stream(inBins).sum() + above;
        }
    }
}
