package elbow.model;

import elbow.base.Check;
import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.files.Place;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * Means of the parts of the anomaly score over normal rows, in nats: -E log p(x_j|z) of each column of the table, on
 * the scale of the score, and the KL divergence. They sum to the mean anomaly score.
 */
public final class NormalParts implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String[] columns;
    private final double[] means;
    private final double latent;

    /**
     * @param columns the model's columns, in the order of its encoder
     * @param means for each column, finite; a row that lacks it counts with 0
     * @param latent mean KL divergence, finite
     */
    public NormalParts(List<String> columns, double[] means, double latent) {
        Check.argument(means.length == columns.size(), "means", "be as many as columns", means.length);
        for (double mean : means) {
            Check.argument(Double.isFinite(mean), "mean", "be finite", mean);
        }
        Check.argument(Double.isFinite(latent), "latent", "be finite", latent);
        this.columns = columns.toArray(String[]::new);
        this.means = means.clone();
        this.latent = latent;
    }

    /** The model's columns, in the order of its encoder. */
    public List<String> columns() {
        return List.of(columns);
    }

    /**
     * Requires that these are of a model's columns.
     *
     * @param directory of the model
     * @throws ElbowException of category MODEL if they are not
     */
    void require(List<String> others, Place directory) {
        if (!columns().equals(others)) {
            throw new ElbowException(
                    ErrorCategory.MODEL,
                    "the calibration in " + directory + " must be of the model's columns, " + String.join(", ", others)
                            + ", but is of " + String.join(", ", columns));
        }
    }

    /** The mean of a column by its index, in nats. */
    public double mean(int column) {
        return means[column];
    }

    /** The means of all columns, in nats. */
    public double[] means() {
        return means.clone();
    }

    /** The mean KL divergence, in nats. */
    public double latent() {
        return latent;
    }

    /** The mean anomaly score, in nats. */
    public double total() {
        return Arrays.stream(means).sum() + latent;
    }
}
