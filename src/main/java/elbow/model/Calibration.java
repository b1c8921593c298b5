package elbow.model;

import elbow.base.Check;
import java.io.Serializable;
import java.util.Arrays;

/**
 * What is normal for a model: the anomaly scores of held-out rows, from which thresholds and tail probabilities follow.
 *
 * <p>Up to {@value #EXACT_TAIL} scores are kept as they are. Of more, the highest {@value #EXACT_TAIL} are kept, and of
 * the rest evenly spaced ranks: quantiles and tail probabilities are exact in the tail, where decisions fall, and
 * interpolated between ranks below it.
 */
public final class Calibration implements Serializable {
    private static final long serialVersionUID = 1L;

    /** How many of the highest scores are kept exactly. */
    public static final int EXACT_TAIL = 10_000;

    private final long rows;
    private final double[] scores;
    private final long[] ranks;
    private final double thresholdQuantile;
    private final int samples;

    /**
     * @param rows how many held-out rows were scored, at least 1
     * @param scores kept anomaly scores in ascending order, finite
     * @param ranks for each kept score its rank among all {@code rows}, from 0, ascending; the first is 0, the last
     *     {@code rows - 1}
     * @param thresholdQuantile the quantile of the scores at which the default threshold lies, in [0, 1)
     * @param samples posterior samples per row that the scores were computed with; 0 is the posterior mean
     */
    public Calibration(long rows, double[] scores, long[] ranks, double thresholdQuantile, int samples) {
        Check.argument(rows >= 1, "rows", "be at least 1", rows);
        Check.argument(
                scores.length >= 1 && scores.length == ranks.length,
                "scores",
                "be as many as ranks (" + ranks.length + ") and at least 1",
                scores.length);
        Check.argument(
                ranks[0] == 0 && ranks[ranks.length - 1] == rows - 1,
                "ranks",
                "begin with 0 and end with rows - 1 = " + (rows - 1),
                ranks[0] + " and " + ranks[ranks.length - 1]);
        for (int i = 0; i < scores.length; i++) {
            Check.argument(Double.isFinite(scores[i]), "scores[" + i + "]", "be finite", scores[i]);
            if (i > 0) {
                Check.argument(scores[i] >= scores[i - 1], "scores", "ascend", scores[i - 1] + ", " + scores[i]);
                Check.argument(ranks[i] > ranks[i - 1], "ranks", "ascend", ranks[i - 1] + ", " + ranks[i]);
            }
        }
        Check.fraction("thresholdQuantile", thresholdQuantile);
        Check.argument(samples >= 0, "samples", "be at least 0", samples);
        this.rows = rows;
        this.scores = scores.clone();
        this.ranks = ranks.clone();
        this.thresholdQuantile = thresholdQuantile;
        this.samples = samples;
    }

    /** From all held-out scores, in any order. */
    public static Calibration of(double[] heldOutScores, double thresholdQuantile, int samples) {
        Check.argument(heldOutScores.length >= 1, "heldOutScores", "have at least 1 element", heldOutScores.length);
        double[] sorted = heldOutScores.clone();
        Arrays.sort(sorted);
        int body = Math.max(0, sorted.length - EXACT_TAIL);
        int bodyKept = Math.min(body, EXACT_TAIL);
        int kept = bodyKept + (sorted.length - body);
        double[] scores = new double[kept];
        long[] ranks = new long[kept];
        for (int i = 0; i < kept; i++) {
            ranks[i] = i < bodyKept ? (long) i * body / bodyKept : body + (i - bodyKept);
            scores[i] = sorted[(int) ranks[i]];
        }
        return new Calibration(sorted.length, scores, ranks, thresholdQuantile, samples);
    }

    /** How many held-out rows the calibration stands on. */
    public long rows() {
        return rows;
    }

    /** The kept scores, ascending: all of them up to {@value #EXACT_TAIL} rows. */
    public double[] scores() {
        return scores.clone();
    }

    /** The ranks of {@link #scores()} among all {@link #rows()}, from 0. */
    public long[] ranks() {
        return ranks.clone();
    }

    public double thresholdQuantile() {
        return thresholdQuantile;
    }

    /** Posterior samples per row behind the scores; a row scored with another number is not comparable to the digit. */
    public int samples() {
        return samples;
    }

    /** The default threshold: rows whose anomaly score lies above it are anomalies. */
    public double threshold() {
        return quantile(thresholdQuantile);
    }

    /**
     * The {@code q}-quantile of the held-out scores, in nats: linear interpolation between the order statistics around
     * {@code (rows - 1) q} (Hyndman and Fan 1996, type 7).
     */
    public double quantile(double q) {
        Check.argument(q >= 0 && q <= 1, "q", "lie in [0, 1]", q);
        double rank = (rows - 1) * q;
        int above = 0;
        while (ranks[above] < rank) {
            above++;
        }
        if (above == 0 || ranks[above] == rank) {
            return scores[above];
        }
        double share = (rank - ranks[above - 1]) / (ranks[above] - ranks[above - 1]);
        return scores[above - 1] + share * (scores[above] - scores[above - 1]);
    }

    /**
     * The estimated share of normal rows that score as high as {@code score} or higher: (1 + number of held-out scores
     * at or above it) / (1 + rows). Never 0: no sample can show that a score is impossible (Davison and Hinkley 1997,
     * section 4.2).
     */
    public double tailProbability(double score) {
        int position = firstAtOrAbove(score);
        long atOrAbove = position == ranks.length ? 0 : rows - ranks[position];
        return (1.0 + atOrAbove) / (1.0 + rows);
    }

    private int firstAtOrAbove(double score) {
        int low = 0;
        int high = scores.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (scores[middle] >= score) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
