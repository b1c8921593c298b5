package elbow.score;

import elbow.data.feature.FeatureLayout;
import elbow.vae.RowScores;

/**
 * What each column of the table that is modelled adds to the anomaly scores of a chunk of rows, in nats: -E_q[log
 * p(x_j|z)] of its variables, on the scale whose density the anomaly score counts, less what an image costs by its
 * texture, and what its tail and its distance to training rows add. 0 for a missing value. With the KL divergence they
 * sum to the anomaly score, to rounding.
 */
final class ColumnParts {
    private final FeatureLayout layout;
    private final AnomalyScoring scoring;
    private final int width;

    ColumnParts(FeatureLayout layout, AnomalyScoring scoring) {
        this.layout = layout;
        this.scoring = scoring;
        width = layout.width();
    }

    /** How many columns are modelled. */
    int columns() {
        return layout.features();
    }

    /**
     * What each column adds to one row's score.
     *
     * @param scores of the chunk, with {@link RowScores.Detail#COLUMNS}
     */
    double[] of(EncodedRows rows, RowScores scores, int row) {
        double[] parts = new double[columns()];
        for (int column = 0; column < parts.length; column++) {
            parts[column] = alone(rows, scores, row, column);
        }
        scoring.addDistances(rows, row, parts);
        return parts;
    }

    // But for the distance, which is one of all columns.
    private double alone(EncodedRows rows, RowScores scores, int row, int column) {
        double[] logDensities = scores.columnReconstructions();
        int from = row * width;
        double sum = 0;
        for (int i = layout.offset(column); i < layout.offset(column + 1); i++) {
            sum += logDensities[from + i] - scoring.stretching(i, rows, row);
        }
        double logJacobian = scoring.hasUnits() ? layout.logJacobian(column, rows.values(), rows.observed(), from) : 0;
        return -(sum + logJacobian)
                - scoring.codeLength(layout.offset(column), rows, row)
                + scoring.tail(column, rows, row);
    }
}
