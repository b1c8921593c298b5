package elbow.score;

import elbow.data.feature.FeatureLayout;

/**
 * What each column of the table adds to the anomaly scores of a chunk of rows, in nats: -E_q[log p(x_j|z)] of its
 * variables less its share of the log-Jacobian, as far as the anomaly score has it, and less what an image costs by its
 * texture. 0 for a missing value. With the KL divergence they sum to the anomaly score, to rounding.
 */
final class ColumnParts {
    private final FeatureLayout layout;
    private final AnomalyScoring scoring;
    private final int width;
    private final double[] logDensities;

    ColumnParts(FeatureLayout layout, AnomalyScoring scoring) {
        this.layout = layout;
        this.scoring = scoring;
        width = layout.offset(layout.features());
        logDensities = new double[ScoringReplica.CHUNK_ROWS * width];
    }

    /** Where {@link ScoringReplica#scoreColumns} puts the log-densities of the chunk. */
    double[] logDensities() {
        return logDensities;
    }

    /** How many columns the table has. */
    int columns() {
        return layout.features();
    }

    /** What one column adds to one row's score. */
    double part(EncodedRows rows, int row, int column) {
        int from = row * width;
        double sum = 0;
        for (int i = layout.offset(column); i < layout.offset(column + 1); i++) {
            sum += logDensities[from + i] - scoring.stretching(i, rows, row);
        }
        return -(sum + layout.logJacobian(column, rows.values(), rows.observed(), from))
                - scoring.codeLength(layout.offset(column), rows, row);
    }
}
