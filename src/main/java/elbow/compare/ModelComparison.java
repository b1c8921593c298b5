package elbow.compare;

import elbow.base.Check;
import java.time.Instant;
import java.util.List;

/**
 * Two models on the same rows. Means are over the rows whose ELBO is finite under both; all in nats, differences those
 * of the second model less the first.
 *
 * @param first the model that people read of as A
 * @param second the one that they read of as B
 * @param rows how many were scored
 * @param notFinite how many of them are in no mean
 * @param comparability whether the ELBOs measure the same
 * @param difference of the ELBOs
 * @param kl difference of the KL divergences
 * @param rankCorrelation of the anomaly scores, by Spearman, in [-1, 1]; NaN if one model scores all rows alike
 * @param flags how many rows which of them flags
 * @param scores the anomaly scores of both
 * @param columns what each column adds to the ELBO, from the largest difference on, those without one last
 * @param shown the columns by which rows are shown
 * @param onlyFirst the strangest rows that the first model alone flags, the strangest first
 * @param onlySecond the same of the second model
 */
public record ModelComparison(
        Side first,
        Side second,
        long rows,
        long notFinite,
        Comparability comparability,
        Difference difference,
        Mean kl,
        double rankCorrelation,
        FlagCounts flags,
        ScoreGrid scores,
        List<ColumnDifference> columns,
        List<String> shown,
        List<Changed> onlyFirst,
        List<Changed> onlySecond) {
    /** As many standard errors are taken for more than chance. */
    private static final double BEYOND_CHANCE = 2;

    public ModelComparison {
        columns = List.copyOf(columns);
        shown = List.copyOf(shown);
        onlyFirst = List.copyOf(onlyFirst);
        onlySecond = List.copyOf(onlySecond);
    }

    /**
     * One of the models.
     *
     * @param name as its user calls it
     * @param network its layer sizes in words
     * @param parameters how many it has
     * @param created when its training ended
     * @param samples posterior samples per row; 0: at the posterior mean
     * @param threshold of its calibration
     * @param elbo mean over the rows, of the original columns in their own units
     * @param kl the same of the KL divergence
     */
    public record Side(
            String name,
            String modelId,
            String network,
            long parameters,
            Instant created,
            int samples,
            double threshold,
            Mean elbo,
            double kl) {}

    /**
     * A mean over rows.
     *
     * @param standardError of the mean; NaN if it is not known, of fewer than two rows
     */
    public record Mean(double value, double standardError) {
        /** Whether there are rows enough to say how far chance goes. */
        public boolean isKnown() {
            return Double.isFinite(value) && Double.isFinite(standardError);
        }

        /** 1 or -1 if it is further from 0 than chance explains, else 0. */
        public int sign() {
            return Math.abs(value) > BEYOND_CHANCE * standardError ? (int) Math.signum(value) : 0;
        }
    }

    /**
     * How the ELBO of rows differs.
     *
     * @param higher rows whose ELBO is higher under the second model
     * @param lower rows whose ELBO is higher under the first one
     * @param equal rows whose ELBO is the same under both
     * @param bars how often which difference comes up
     */
    public record Difference(Mean mean, long higher, long lower, long equal, Histogram bars) {}

    /**
     * Numbers in bins.
     *
     * @param inBins how many are in each
     * @param below how many are below all
     * @param above how many are above all
     */
    public record Histogram(Bins bins, List<Long> inBins, long below, long above) {
        public Histogram {
            inBins = List.copyOf(inBins);
            Check.argument(inBins.size() == bins.count(), "inBins", "have " + bins.count() + " entries", inBins.size());
        }
    }

    /**
     * How many rows have which two scores; those beyond the bins are counted in the outermost ones.
     *
     * @param first bins of the first model's scores
     * @param second bins of the second model's scores
     * @param rows by bin of the first, then of the second
     */
    public record ScoreGrid(Bins first, Bins second, List<Long> rows) {
        public ScoreGrid {
            rows = List.copyOf(rows);
            int places = first.count() * second.count();
            Check.argument(rows.size() == places, "rows", "have " + places + " entries", rows.size());
        }

        /** Rows in a bin of the first and one of the second. */
        public long rows(int ofFirst, int ofSecond) {
            return rows.get(ofFirst * second.count() + ofSecond);
        }
    }

    /**
     * How many rows are flagged by which model.
     *
     * @param neither rows that none flags
     */
    public record FlagCounts(long both, long onlyFirst, long onlySecond, long neither) {
        /** The rows that both flag as a share of those that any does (Jaccard index); NaN if there are none. */
        public double overlap() {
            long any = both + onlyFirst + onlySecond;
            return any == 0 ? Double.NaN : (double) both / any;
        }
    }

    /**
     * What a column adds to the ELBO on average: E_q[log p(x_j|z)].
     *
     * @param firstLikelihood of the first model, in words; empty if it does not model the column
     * @param secondLikelihood the same of the second model
     * @param first mean under the first model; NaN if it does not model the column
     * @param second the same of the second model
     * @param difference of the two; NaN if only one models the column, or they measure it differently
     */
    public record ColumnDifference(
            String column,
            String firstLikelihood,
            String secondLikelihood,
            double first,
            double second,
            Mean difference) {}

    /**
     * A row that one model flags and the other does not.
     *
     * @param values of the shown columns
     * @param first anomaly score of the first model
     * @param second the same of the second model
     * @param firstTail estimated share of normal rows that are as strange to the first model
     * @param secondTail the same of the second model
     * @param picture a PNG file of its image, in base 64; empty if the models' rows have none
     */
    public record Changed(
            List<String> values, double first, double second, double firstTail, double secondTail, String picture) {
        public Changed {
            values = List.copyOf(values);
        }
    }
}
