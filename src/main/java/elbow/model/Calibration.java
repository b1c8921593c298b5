package elbow.model;

import elbow.base.Check;
import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.math.GeneralizedPareto;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * The anomaly scores of held-out rows, from which thresholds and tail probabilities follow.
 *
 * <p>Up to {@value #EXACT_TAIL} scores are kept as they are. Of more, the highest {@value #EXACT_TAIL} are kept, and of
 * the rest evenly spaced ranks: quantiles and tail probabilities are exact in the tail, where decisions fall, and
 * interpolated between ranks below it, but for the default threshold, which is exact wherever it lies.
 */
public final class Calibration implements Serializable {
    private static final long serialVersionUID = 1L;

    /** How many of the highest scores are kept exactly. */
    public static final int EXACT_TAIL = 10_000;

    private final long rows;
    private final double[] scores;
    private final long[] ranks;
    private final ThresholdRule rule;
    private final @Nullable TailFit tail;
    private final double threshold;
    private final int samples;
    private final @Nullable NormalParts normal;

    /**
     * @param rows how many held-out rows were scored, at least 1
     * @param scores kept anomaly scores in ascending order, finite
     * @param ranks for each kept score its rank among all {@code rows}, from 0, ascending; the first is 0, the last
     *     {@code rows - 1}
     * @param rule how the default threshold follows from the scores
     * @param tail the tail's fit if the rule is that of the tail; else empty
     * @param samples posterior samples per row that the scores were computed with; 0 is the posterior mean
     * @param normal what each part of the score is on average; empty if it is not known
     */
    Calibration(
            long rows,
            double[] scores,
            long[] ranks,
            ThresholdRule rule,
            Optional<TailFit> tail,
            int samples,
            Optional<NormalParts> normal) {
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
        Check.argument(
                tail.isPresent() == (rule instanceof ThresholdRule.Tail),
                "tail",
                "be there just if the rule is that of the tail",
                tail);
        Check.argument(samples >= 0, "samples", "be at least 0", samples);
        this.rows = rows;
        this.scores = scores.clone();
        this.ranks = ranks.clone();
        this.rule = rule;
        this.tail = tail.orElse(null);
        this.samples = samples;
        this.normal = normal.orElse(null);
        threshold = thresholdOf(rule);
    }

    /**
     * From all held-out scores, in any order.
     *
     * @param samples posterior samples per row that the scores were computed with
     * @throws elbow.base.ElbowException of category INPUT if the rule needs more rows, or a score is not finite
     */
    public static Calibration of(
            double[] heldOutScores, ThresholdRule rule, int samples, Optional<NormalParts> normal) {
        Check.argument(heldOutScores.length >= 1, "heldOutScores", "have at least 1 element", heldOutScores.length);
        rule.requireRows(heldOutScores.length);
        requireFinite(heldOutScores);
        double[] sorted = heldOutScores.clone();
        Arrays.sort(sorted);
        Optional<TailFit> tail =
                rule instanceof ThresholdRule.Tail peaks ? Optional.of(fit(sorted, peaks)) : Optional.empty();
        long[] ranks = keptRanks(sorted.length, rule);
        double[] scores =
                Arrays.stream(ranks).mapToDouble(rank -> sorted[(int) rank]).toArray();
        return new Calibration(sorted.length, scores, ranks, rule, tail, samples, normal);
    }

    /**
     * Requires that scores can be calibrated on: a row that is far enough from all others costs more than a double
     * holds, and then the means over all rows are not finite, either.
     *
     * @throws ElbowException of category INPUT if one is not finite
     */
    public static void requireFinite(double[] heldOutScores) {
        for (double score : heldOutScores) {
            if (!Double.isFinite(score)) {
                throw new ElbowException(
                        ErrorCategory.INPUT,
                        "the anomaly scores of the rows that a threshold is measured on must be finite, but one is "
                                + score + ": leave out the row that is so far from all others");
            }
        }
    }

    // The tail, evenly spaced ranks below it, and those that the threshold lies between.
    private static long[] keptRanks(int rows, ThresholdRule rule) {
        int body = Math.max(0, rows - EXACT_TAIL);
        int bodyKept = Math.min(body, EXACT_TAIL);
        long besideThreshold = rule instanceof ThresholdRule.Contamination contamination
                ? rows - 1 - contamination.above(rows)
                : (long) Math.floor((rows - 1) * rule.shareBelow());
        LongStream around =
                LongStream.of(besideThreshold, besideThreshold + 1).filter(rank -> rank >= 0 && rank < rows);
        LongStream spaced = LongStream.range(0, bodyKept).map(i -> i * body / bodyKept);
        return LongStream.concat(around, LongStream.concat(spaced, LongStream.range(body, rows)))
                .sorted()
                .distinct()
                .toArray();
    }

    private static TailFit fit(double[] sorted, ThresholdRule.Tail rule) {
        double rank = (sorted.length - 1) * rule.start();
        int below = (int) Math.floor(rank);
        double start = sorted[below] + (rank - below) * (sorted[below + 1] - sorted[below]);
        double[] excesses = Arrays.stream(sorted)
                .filter(score -> score > start)
                .map(score -> score - start)
                .toArray();
        if (excesses.length < GeneralizedPareto.LEAST_EXCESSES) {
            throw new ElbowException(
                    ErrorCategory.INPUT,
                    "scoring.threshold = tail must have at least " + GeneralizedPareto.LEAST_EXCESSES
                            + " different scores above where the tail begins, but " + excesses.length
                            + " of the held-out rows score above " + start + ": choose scoring.threshold = quantile");
        }
        return TailFit.of(start, excesses, sorted.length, rule.fit());
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

    /** How the default threshold follows from the scores. */
    public ThresholdRule rule() {
        return rule;
    }

    /** The tail's fit, if the threshold's rule is that of the tail. */
    public Optional<TailFit> tail() {
        return Optional.ofNullable(tail);
    }

    /** How the threshold was found, as far as its rule does not say it, and any warnings about it; in sentences. */
    public List<String> remarks() {
        return rule instanceof ThresholdRule.Tail peaks && tail != null ? tail.remarks(peaks) : List.of();
    }

    /** What each part of the score is on average over the held-out rows; empty if the model's files do not say it. */
    public Optional<NormalParts> normal() {
        return Optional.ofNullable(normal);
    }

    /** Posterior samples per row behind the scores; a row scored with another number is not comparable to the digit. */
    public int samples() {
        return samples;
    }

    /** The default threshold: rows whose anomaly score lies above it are anomalies. */
    public double threshold() {
        return threshold;
    }

    private double thresholdOf(ThresholdRule chosen) {
        if (chosen instanceof ThresholdRule.Tail peaks && tail != null) {
            return tail.scoreAt(peaks.risk());
        }
        if (chosen instanceof ThresholdRule.Contamination contamination) {
            double below = rows - 1 - contamination.above(rows);
            // None above: at the highest score. All above: below the lowest.
            return below < 0
                    ? Math.nextDown(scores[0])
                    : below == rows - 1 ? scores[scores.length - 1] : (scoreAt(below) + scoreAt(below + 1)) / 2;
        }
        return quantile(chosen.shareBelow());
    }

    /**
     * The {@code q}-quantile of the held-out scores, in nats: linear interpolation between the order statistics around
     * {@code (rows - 1) q} (Hyndman and Fan 1996, type 7).
     */
    public double quantile(double q) {
        Check.argument(q >= 0 && q <= 1, "q", "lie in [0, 1]", q);
        return scoreAt((rows - 1) * q);
    }

    private double scoreAt(double rank) {
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
     * section 4.2). Where the threshold's rule is that of the tail, the fitted tail gives the shares of scores beyond
     * the highest held-out one, as far as they are smaller.
     */
    public double tailProbability(double score) {
        int position = firstAtOrAbove(score);
        if (position == ranks.length && tail != null) {
            double share = tail.shareAbove(score);
            return Math.max(Double.MIN_VALUE, Math.min(share, 1 / (1.0 + rows)));
        }
        long atOrAbove = position == ranks.length ? 0 : rows - ranks[position];
        return (1.0 + atOrAbove) / (1.0 + rows);
    }

    /**
     * As {@link #tailProbability}, and never too small: of scores between two kept ranks, which are interpolated
     * between elsewhere, all that may lie at or above the score are counted. The same for up to twice
     * {@value #EXACT_TAIL} rows.
     */
    public double greatestTailProbability(double score) {
        int position = firstAtOrAbove(score);
        if (position == ranks.length) {
            return tailProbability(score);
        }
        long below = position == 0 ? 0 : ranks[position - 1] + 1;
        return (1.0 + rows - below) / (1.0 + rows);
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
