package elbow.report;

import elbow.base.Check;
import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Everything that the report of a batch shows.
 *
 * @param title heading of the page
 * @param modelId identifies the model
 * @param facts one-line facts about data, model and run, shown in this order
 * @param rows rows scored
 * @param flagged rows above the threshold
 * @param setAside bad rows that were set aside; empty where they are errors
 * @param meanElbo mean ELBO of the rows, in nats; NaN without rows
 * @param alarms what the rows have that training had not, in sentences
 * @param scores anomaly scores beside those of held-out rows; empty where groups of rows have networks of their own
 * @param keptColumns names of the columns that identify rows
 * @param strangest rows with the highest anomaly scores, the highest first
 * @param groups flagged rows that have the same columns to make them strange, the largest group first
 * @param images the strangest images with their reconstructions, for a model of images
 * @param drift how columns differ from training; empty with a reason where that is not known
 * @param driftOmitted why there is no drift; empty if there is
 * @param drivers the columns that make rows strange in the batches of the trend, that of most rows first
 * @param trend past batches and this one, ascending by date
 */
public record BatchReport(
        String title,
        String modelId,
        Map<String, String> facts,
        long rows,
        long flagged,
        OptionalLong setAside,
        double meanElbo,
        List<String> alarms,
        Optional<ScoreHistogram> scores,
        List<String> keptColumns,
        List<StrangeRow> strangest,
        List<StrangeGroup> groups,
        Optional<ImagePanel> images,
        List<DriftedColumn> drift,
        String driftOmitted,
        List<Driver> drivers,
        List<PastBatch> trend) {
    public BatchReport {
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
        alarms = List.copyOf(alarms);
        keptColumns = List.copyOf(keptColumns);
        strangest = List.copyOf(strangest);
        groups = List.copyOf(groups);
        drift = List.copyOf(drift);
        drivers = List.copyOf(drivers);
        trend = List.copyOf(trend);
        for (StrangeRow row : strangest) {
            Check.argument(
                    row.kept().size() == keptColumns.size(),
                    "strangest row's kept values",
                    "be " + keptColumns.size(),
                    row.kept().size());
        }
    }

    /** The share of the rows that was flagged, in [0, 1]. */
    double flaggedShare() {
        return rows == 0 ? 0 : (double) flagged / rows;
    }

    /**
     * A row with a high anomaly score.
     *
     * @param kept values of the kept columns, as text
     * @param anomalyScore in nats, higher is stranger
     * @param tailProbability estimated share of normal rows that score as high or higher
     * @param flagged whether it is above the threshold
     * @param contributions what makes it strange, the largest first; none if that was not computed
     */
    public record StrangeRow(
            List<String> kept,
            double anomalyScore,
            double tailProbability,
            boolean flagged,
            List<Contribution> contributions) {
        public StrangeRow {
            kept = List.copyOf(kept);
            contributions = List.copyOf(contributions);
        }
    }

    /**
     * A column's part in an anomaly score.
     *
     * @param column name
     * @param nats above what is normal for the column
     * @param observed the value, in the column's unit; empty if it has no text
     * @param expected what the model expects, in the column's unit; empty if it has no text
     * @param usual which values most training rows have, in words; empty if that is not known
     */
    public record Contribution(String column, double nats, String observed, String expected, String usual) {
        /** Of a column of which it is not known what is usual. */
        public Contribution(String column, double nats, String observed, String expected) {
            this(column, nats, observed, expected, "");
        }
    }

    /**
     * Flagged rows that are strange for the same reason.
     *
     * @param columns that make them strange; none if it is the combination of all values
     * @param rows how many rows
     * @param anomalyScore their mean, in nats
     * @param example what makes the strangest of them strange, the largest part first
     */
    public record StrangeGroup(List<String> columns, long rows, double anomalyScore, List<Contribution> example) {
        public StrangeGroup {
            columns = List.copyOf(columns);
            example = List.copyOf(example);
        }
    }

    /**
     * A column that makes rows strange, over several batches.
     *
     * @param column name
     * @param rows flagged rows of whose scores it explains more than any other column
     * @param share of the flagged rows of these batches
     * @param batches in how many it does
     * @param now rows of this batch
     */
    public record Driver(String column, long rows, double share, int batches, long now) {}

    /**
     * How a column differs from training.
     *
     * @param column name
     * @param psi population stability index, in nats
     * @param chance the index to expect by chance alone
     * @param missingBefore share of training rows without a value
     * @param missing share of the batch without a value
     * @param beyond share of the batch's values that training did not have: unseen categories, numbers out of range
     * @param widest the range of values that differs most
     * @param widestBefore its share of the training rows
     * @param widestNow its share of the batch
     */
    public record DriftedColumn(
            String column,
            double psi,
            double chance,
            double missingBefore,
            double missing,
            double beyond,
            String widest,
            double widestBefore,
            double widestNow) {}

    /**
     * A batch of the past, or this one.
     *
     * @param date of the partition
     * @param rows rows scored
     * @param flaggedShare share that was flagged, in [0, 1]
     * @param meanElbo in nats per row
     * @param shift distance of the scores from training, in [0, 1]; NaN where it is not known
     */
    public record PastBatch(LocalDate date, long rows, double flaggedShare, double meanElbo, double shift) {}
}
