package elbow.model;

import elbow.base.Check;
import elbow.base.Configuration;
import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.math.GeneralizedPareto;
import java.io.Serializable;
import java.util.Locale;

/** How a threshold follows from the anomaly scores of rows that are known or taken to be normal; none uses labels. */
public sealed interface ThresholdRule extends Serializable {
    /** The share of the rows that is to score at or below the threshold, in [0, 1). */
    double shareBelow();

    /** The rule in words: "99 % quantile". */
    String words();

    /** What the keys {@code scoring.threshold} and those of its rule say. */
    static ThresholdRule of(Configuration configuration) {
        return switch (configuration.choice("scoring.threshold", Method.class)) {
            case QUANTILE -> new Quantile(configuration.fraction("scoring.threshold-quantile"));
            case CONTAMINATION -> new Contamination(configuration.fraction("scoring.contamination"));
            case TAIL -> tail(configuration);
        };
    }

    private static Tail tail(Configuration configuration) {
        double start = configuration.fraction("scoring.tail-quantile");
        double risk = configuration.fraction("scoring.tail-risk");
        if (!(risk > 0 && risk < 1 - start)) {
            throw new ElbowException(
                    ErrorCategory.USAGE,
                    "scoring.tail-risk must lie above 0 and below 1 - scoring.tail-quantile = " + shown(1 - start)
                            + ", where the tail begins, but is " + risk);
        }
        return new Tail(risk, start, configuration.choice("scoring.tail-fit", TailFitMethod.class));
    }

    /**
     * Requires that {@code rows} held-out rows are enough, before they are scored.
     *
     * @throws ElbowException of category INPUT if they are not
     */
    default void requireRows(long rows) {
        if (this instanceof Tail tail && tail.peaks(rows) < GeneralizedPareto.LEAST_EXCESSES) {
            throw new ElbowException(
                    ErrorCategory.INPUT,
                    "scoring.threshold = tail must have at least " + GeneralizedPareto.LEAST_EXCESSES
                            + " held-out rows above the " + shown(100 * tail.start())
                            + " % quantile of their scores, but "
                            + rows + " rows have " + tail.peaks(rows)
                            + ": give more rows, or choose scoring.threshold = quantile");
        }
    }

    private static String shown(double number) {
        return String.format(Locale.ROOT, "%.6g", number).replaceFirst("\\.?0+$", "");
    }

    /** How the tail's distribution is fitted, by the word of the configuration. */
    enum TailFitMethod {
        /** By the highest likelihood of all excesses. */
        LIKELIHOOD,
        /**
         * The largest tenth of the excesses, at least three, are ignored, so that a few corrupt values do not move the
         * fit.
         */
        ROBUST
    }

    /** The rules by the word of the configuration. */
    enum Method {
        QUANTILE,
        CONTAMINATION,
        TAIL
    }

    /**
     * The quantile of the scores of normal rows: Hyndman and Fan 1996, type 7.
     *
     * @param quantile in [0, 1)
     */
    record Quantile(double quantile) implements ThresholdRule {
        public Quantile {
            Check.fraction("quantile", quantile);
        }

        @Override
        public double shareBelow() {
            return quantile;
        }

        @Override
        public String words() {
            return shown(100 * quantile) + " % quantile";
        }
    }

    /**
     * Of rows among which a share is taken to be anomalous: the middle between the scores on both sides, so that just
     * this share of them, to the nearest row, lies above.
     *
     * @param share in [0, 1)
     */
    record Contamination(double share) implements ThresholdRule {
        public Contamination {
            Check.fraction("share", share);
        }

        @Override
        public double shareBelow() {
            return 1 - share;
        }

        @Override
        public String words() {
            return shown(100 * share) + " % contamination";
        }

        /** How many of {@code rows} rows lie above. */
        long above(long rows) {
            return Math.round(share * rows);
        }
    }

    /**
     * Peaks over threshold: a generalized Pareto distribution is fitted to what scores have above a high quantile, and
     * followed to where only the risk is left (Siffer et al. 2017, equation 1).
     *
     * @param risk the share of normal rows above the threshold, above 0 and below 1 - start
     * @param start the quantile above which the tail begins, in [0, 1)
     * @param fit how the distribution is fitted
     */
    record Tail(double risk, double start, TailFitMethod fit) implements ThresholdRule {
        public Tail {
            Check.fraction("start", start);
            Check.argument(risk > 0 && risk < 1 - start, "risk", "lie above 0 and below 1 - start", risk);
        }

        @Override
        public double shareBelow() {
            return 1 - risk;
        }

        @Override
        public String words() {
            return "tail at a risk of " + shown(risk) + (fit == TailFitMethod.ROBUST ? ", robust fit" : "");
        }

        /** Rows above the quantile if no scores are equal. */
        long peaks(long rows) {
            return rows - 1 - (long) Math.floor((rows - 1) * start);
        }
    }
}
