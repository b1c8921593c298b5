package elbow.score;

import elbow.base.Check;
import elbow.base.Parameter;
import elbow.data.table.InputErrors;
import elbow.model.Calibration;
import elbow.model.TrainedModel;
import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.DoubleFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/**
 * The threshold at which an expected share of at most q of the rows that are flagged in one table is normal: the
 * step-up rule of Benjamini and Hochberg (1995) over the rows' tail probabilities. With p(k) the k-th smallest of N,
 * the rows up to the largest k with p(k) &lt;= k q / N are flagged.
 *
 * <p>Tail probabilities are conformal p-values of one sample of normal rows. They depend on each other through it, in a
 * way under which the rule keeps its promise: the expected share is at most q times the share of normal rows (Bates,
 * Candes, Lei, Romano and Sesia, Testing for outliers with conformal p-values, Annals of Statistics 2023, theorem 2),
 * as long as the normal rows of the table and those of the calibration are exchangeable. Anomalies among the rows of
 * the calibration make p-values larger: fewer rows are flagged, and the promise stays. Where the calibration fits a
 * tail, p-values below 1 / (1 + its rows) are the fit's, and the promise is as good as the fit.
 *
 * @param threshold rows whose anomaly score is above it are flagged, in nats
 * @param rows of the table
 * @param aboveModels how many score above the threshold of the model's calibration, or have no finite score
 * @param leastFlagged the fewest rows that this calibration can flag among so many, where a row is flagged at all:
 *     fewer would need p-values below its smallest, 1 / (1 + its rows); 1 if its tail is fitted
 */
public record FalseDiscoveries(double threshold, long rows, long aboveModels, long leastFlagged) {
    private static final double ROUNDING = 1e-12;

    /**
     * Scores the rows, without writing them, and finds the threshold: as much work as scoring them once more.
     *
     * @param samples posterior samples per row, as they will be scored
     * @param share q, above 0 and below 1
     */
    public static FalseDiscoveries of(Dataset<Row> rows, TrainedModel model, int samples, double share) {
        Check.argument(share > 0 && share < 1, "share", "lie above 0 and below 1", share);
        GroupScoring.requireNone(
                model,
                Parameter.FALSE_DISCOVERIES,
                "tail probabilities by the calibrations of groups have no one threshold: flag by tail_probability instead");
        Check.usage(
                samples == model.calibration().samples(),
                Parameter.SAMPLES,
                "be " + model.calibration().samples()
                        + ", as the rows of the calibration were scored, where false discoveries are limited",
                samples);
        ScoringPlan plan = new ScoringPlan(List.of(), samples, Double.POSITIVE_INFINITY, 0, Instant.EPOCH);
        Dataset<Double> scores = RowScoring.score(rows, model, plan)
                .select(ScoreColumns.ANOMALY_SCORE)
                .as(Encoders.DOUBLE());
        Calibration calibration = model.calibration();
        return of(scores, calibration, share);
    }

    /**
     * Requires that as many rows were scored as the threshold was found among.
     *
     * @throws elbow.base.ElbowException of category INPUT if the rows have changed meanwhile
     */
    public void requireRows(long scored) {
        if (scored != rows) {
            throw InputErrors.input(String.format(
                    Locale.ROOT,
                    "the input must stay as it is while it is read, but gave %,d rows when the threshold was found and %,d"
                            + " when they were scored: run again when nobody writes there",
                    rows,
                    scored));
        }
    }

    /**
     * What to say if no row was flagged, since the calibration has so few rows that only many could be; in a sentence.
     */
    public Optional<String> tooFew(long flagged) {
        return flagged > 0 || leastFlagged <= 1
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "Flagged: none. The rows that the model was calibrated on are so few that of %,d rows at least %,d"
                                + " would have to be stranger than all of them; more held-out rows, or"
                                + " scoring.threshold = tail, tell fewer apart",
                        rows,
                        leastFlagged));
    }

    static FalseDiscoveries of(Dataset<Double> scores, Calibration calibration, double share) {
        Tally tally = scores.toJavaRDD()
                .aggregate(new Tally(), (counted, score) -> counted.add(score, calibration, share), Tally::merge);
        return of(
                tally,
                most -> scores.toJavaRDD()
                        .filter(score -> calibration.greatestTailProbability(score) <= most)
                        .collect(),
                calibration,
                share);
    }

    /** @param upTo collects the scores whose p-value is at most so large */
    static FalseDiscoveries of(Tally tally, DoubleFunction<List<Double>> upTo, Calibration calibration, double share) {
        // Where p-values are just as large as they may be, rounding does not decide.
        double step = tally.rows == 0 ? 0 : share / tally.rows * (1 + ROUNDING);
        // Those beyond all rows of the calibration need no look at each if they are so many.
        double cut = least(calibration) <= tally.beyond * step ? least(calibration) : 0;
        long rank = tally.beyond;
        for (Map.Entry<Double, Long> kind : tally.counts.entrySet()) {
            rank += kind.getValue();
            cut = kind.getKey() <= rank * step ? kind.getKey() : cut;
        }
        double threshold = tally.highest == -Double.MAX_VALUE
                ? calibration.threshold()
                : cut > 0 ? scoreOf(cut, calibration) : amongBeyond(tally, upTo, calibration, step);
        long fewest = calibration.tail().isPresent() || step == 0 ? 1 : (long) Math.ceil(least(calibration) / step);
        return new FalseDiscoveries(threshold, tally.rows, tally.above, Math.max(1, fewest));
    }

    // The smallest p-value of a row of the calibration.
    private static double least(Calibration calibration) {
        return 1 / (1.0 + calibration.rows());
    }

    // Every score above that of a row of the calibration is at least as strange as the next one.
    private static double scoreOf(double cut, Calibration calibration) {
        double[] reference = calibration.scores();
        int low = 0;
        int high = reference.length - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (calibration.greatestTailProbability(Math.nextUp(reference[middle])) <= cut) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return reference[low];
    }

    // Among those whose p-values are the fitted tail's. They fit here: only up to N / q / (1 + rows of the calibration)
    // of them can be too few for all to be flagged.
    private static double amongBeyond(
            Tally tally, DoubleFunction<List<Double>> upTo, Calibration calibration, double step) {
        List<Double> candidates = new ArrayList<>(tally.beyond == 0 ? List.of() : upTo.apply(tally.beyond * step));
        candidates.sort(Comparator.reverseOrder());
        double threshold = tally.highest;
        for (int i = 0; i < candidates.size(); i++) {
            double score = candidates.get(i);
            // Rows without a finite score are flagged whatever the threshold.
            if (Double.isFinite(score) && calibration.greatestTailProbability(score) <= (i + 1) * step) {
                threshold = Math.nextDown(score);
            }
        }
        return threshold;
    }

    /** What one pass over the scores counts. */
    static final class Tally implements Serializable {
        private static final long serialVersionUID = 1L;

        private long rows;
        private long above;
        private long beyond;
        // None lies above it, if none is to be flagged.
        private double highest = -Double.MAX_VALUE;
        // By p-value, of those that may be flagged; as many as the calibration has scores at most.
        private final TreeMap<Double, Long> counts = new TreeMap<>();

        Tally add(double score, Calibration calibration, double share) {
            boolean finite = Double.isFinite(score);
            double p = calibration.greatestTailProbability(score);
            rows++;
            above += !finite || score > calibration.threshold() ? 1 : 0;
            highest = finite ? Math.max(highest, score) : highest;
            if (p < least(calibration)) {
                beyond++;
            } else if (p <= share) {
                counts.merge(p, 1L, Long::sum);
            }
            return this;
        }

        Tally merge(Tally other) {
            rows += other.rows;
            above += other.above;
            beyond += other.beyond;
            highest = Math.max(highest, other.highest);
            other.counts.forEach((p, count) -> counts.merge(p, count, Long::sum));
            return this;
        }
    }
}
