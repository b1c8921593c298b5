package elbow.batch;

import elbow.model.Calibration;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import org.apache.spark.api.java.JavaRDD;

/**
 * The anomaly scores of a batch against those of the held-out rows that its model is calibrated on: the distance of
 * Kolmogorov and Smirnov, D = sup |F - G| of the two empirical distribution functions. Exact where the calibration
 * keeps all scores; else the ranks between those that it keeps are interpolated, which is wrong by at most the share of
 * rows between two of them.
 */
final class ScoreShift implements Serializable {
    private static final long serialVersionUID = 1L;

    private final double[] scores;
    private final double[] atMost;
    private final double[] below;

    ScoreShift(Calibration calibration) {
        double[] kept = calibration.scores();
        long[] ranks = calibration.ranks();
        double rows = calibration.rows();
        // Equal scores are one step of the distribution function.
        int distinct = (int) Arrays.stream(kept).distinct().count();
        scores = new double[distinct];
        atMost = new double[distinct];
        below = new double[distinct];
        int place = -1;
        for (int i = 0; i < kept.length; i++) {
            if (i == 0 || kept[i] != kept[i - 1]) {
                place++;
                scores[place] = kept[i];
                below[place] = ranks[i] / rows;
            }
            atMost[place] = (ranks[i] + 1) / rows;
        }
    }

    /**
     * The distance, in [0, 1].
     *
     * @param batch anomaly scores; NaN without any
     */
    double distance(JavaRDD<Double> batch) {
        long[] total = new long[2 * scores.length + 1];
        for (long[] part : batch.mapPartitions(this::count).collect()) {
            for (int i = 0; i < total.length; i++) {
                total[i] += part[i];
            }
        }
        return distance(total);
    }

    /** The distance of these scores. */
    double distance(double... batch) {
        return distance(count(Arrays.stream(batch).boxed().iterator()).next());
    }

    /** How many lie between two kept scores (even places) and on one (odd places). */
    private Iterator<long[]> count(Iterator<Double> batch) {
        long[] counts = new long[2 * scores.length + 1];
        while (batch.hasNext()) {
            int found = Arrays.binarySearch(scores, batch.next());
            counts[found >= 0 ? 2 * found + 1 : 2 * (-found - 1)]++;
        }
        return Collections.singletonList(counts).iterator();
    }

    // Between two kept scores one function is constant and the other grows: the largest distance is at one of them.
    private double distance(long[] counts) {
        double rows = Arrays.stream(counts).sum();
        double largest = rows == 0 ? Double.NaN : 0;
        long passed = 0;
        for (int i = 0; i < scores.length; i++) {
            passed += counts[2 * i];
            largest = Math.max(largest, Math.abs(passed / rows - below[i]));
            passed += counts[2 * i + 1];
            largest = Math.max(largest, Math.abs(passed / rows - atMost[i]));
        }
        return largest;
    }
}
