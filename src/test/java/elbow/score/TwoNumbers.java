package elbow.score;

import elbow.data.encoding.EncodedRow;
import elbow.data.encoding.RowEncoder;
import elbow.data.feature.FeatureEncoder;
import elbow.data.feature.TestEncoders;
import elbow.data.shard.PackedRows;
import elbow.data.shard.PackedRowsIterator;
import elbow.vae.input.RowBatch;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.jspecify.annotations.Nullable;

/**
 * A model of two numbers whose scores follow on paper. A linear network with one latent: its posterior has the mean 0.5
 * a + 0.25 b + 0.125 (and 0.75 more where b is missing) of the encoded numbers and the log-variance -1; its decoder
 * expects a = 1.5 z - 0.25 and b = -0.5 z + 1, with variances exp(-0.5) and exp(0.25).
 */
final class TwoNumbers {
    static final StructType SCHEMA =
            new StructType().add("a", DataTypes.DoubleType).add("b", DataTypes.DoubleType);

    static final FeatureEncoder ENCODER =
            TestEncoders.encoder().real("a", 1, 2).real("b", -3, 0.5).gaps("b").build();

    static final double LOG_JACOBIAN = -Math.log(2) - Math.log(0.5);

    private static final double LOG_VARIANCE = -1;
    private static final double[] LOG_VARIANCES = {-0.5, 0.25};

    private static final float[] PARAMETERS = {
        // Posterior: a row each for a, for b, and for whether b is missing; mean and log-variance. Then its bias.
        0.5f,
        0,
        0.25f,
        0,
        0.75f,
        0,
        0.125f,
        -1,
        // Output: of z, then its bias. Then the log-variances of a and b.
        1.5f,
        -0.5f,
        -0.25f,
        1,
        -0.5f,
        0.25f
    };

    private TwoNumbers() {}

    /** As it scores at the posterior mean, or with samples. */
    static ScoringModel model(int samples) {
        return SmallModels.scoring(network(7), samples);
    }

    static MultiLayerNetwork network(long seed) {
        return SmallModels.network(SmallModels.spec(ENCODER, 1), PARAMETERS, seed);
    }

    static Row row(double a, @Nullable Double b) {
        return RowFactory.create(a, b);
    }

    /** Rows that all differ, a third of them without b; their numbers are exact once they are encoded. */
    static List<Row> rows(int count) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(row(1 + (i - 512) / 128.0, i % 3 == 2 ? null : -3 + (i % 16 - 8) / 16.0));
        }
        return rows;
    }

    /** The rows packed to blocks of {@code blockRows} rows. */
    static Iterator<PackedRows> packed(List<Row> rows, int blockRows) {
        RowEncoder encoder = ENCODER.bind(SCHEMA);
        List<EncodedRow> encoded = new ArrayList<>();
        for (Row row : rows) {
            float[] values = new float[2];
            byte[] observed = new byte[2];
            encoder.encode(row, values, observed, 0);
            long key = RowBatch.key(values, observed, 0, 2);
            values[1] = observed[1] == 0 ? Float.NaN : values[1];
            encoded.add(new EncodedRow(0, key, new byte[0], values));
        }
        return PackedRowsIterator.of(encoded.iterator(), encoder, blockRows);
    }

    static double encodedA(Row row) {
        return (row.getDouble(0) - 1) / 2;
    }

    /** 0 where b is missing. */
    static double encodedB(Row row) {
        return row.isNullAt(1) ? 0 : (row.getDouble(1) + 3) / 0.5;
    }

    static double posteriorMean(Row row) {
        return 0.5 * encodedA(row) + 0.25 * encodedB(row) + (row.isNullAt(1) ? 0.75 : 0) + 0.125;
    }

    static double expectedA(Row row) {
        return 1.5 * posteriorMean(row) - 0.25;
    }

    static double expectedB(Row row) {
        return -0.5 * posteriorMean(row) + 1;
    }

    static double kl(Row row) {
        double mean = posteriorMean(row);
        return 0.5 * (Math.exp(LOG_VARIANCE) + mean * mean - 1 - LOG_VARIANCE);
    }

    /** Of the encoded numbers that the row has, at the posterior mean. */
    static double reconstruction(Row row) {
        return logDensityA(row) + logDensityB(row);
    }

    static double logDensityA(Row row) {
        return normal(encodedA(row) - expectedA(row), LOG_VARIANCES[0]);
    }

    /** 0 where b is missing. */
    static double logDensityB(Row row) {
        return row.isNullAt(1) ? 0 : normal(encodedB(row) - expectedB(row), LOG_VARIANCES[1]);
    }

    /** What the row's log-Jacobian has over {@link #LOG_JACOBIAN}: a missing b takes its share away. */
    static double ownLogJacobian(Row row) {
        return row.isNullAt(1) ? Math.log(0.5) : 0;
    }

    /** Of the numbers in their own units, at the posterior mean. */
    static double elbo(Row row) {
        return reconstruction(row) - kl(row) + LOG_JACOBIAN + ownLogJacobian(row);
    }

    private static double normal(double residual, double logVariance) {
        return -0.5 * (residual * residual / Math.exp(logVariance) + logVariance + Math.log(2 * Math.PI));
    }
}
