package elbow.score;

import elbow.data.shard.PackedRows;
import elbow.vae.RowScores;
import elbow.vae.RowScores.Detail;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * Means over the encoded rows of a distributed data set, in nats per row: of the original columns once
 * {@link elbow.data.feature.FeatureEncoder#logJacobian} is added to ELBO and reconstruction. Summed in the order of
 * partitions, so that they do not depend on which task finished first.
 *
 * @param rows how many rows
 * @param elbo mean ELBO
 * @param reconstruction mean reconstruction term
 * @param kl mean KL divergence
 * @param activeUnits latent dimensions whose posterior mean has a variance above 0.01 over the rows (Burda, Grosse and
 *     Salakhutdinov 2016, section 5.2)
 */
public record EncodedMeans(long rows, double elbo, double reconstruction, double kl, int activeUnits) {
    private static final double ACTIVE_VARIANCE = 0.01;

    // Where the sums stand in the array that a task returns; behind them, for each latent, sum and sum of squares.
    private static final int ELBO = 0;
    private static final int RECONSTRUCTION = 1;
    private static final int KL = 2;
    private static final int ROWS = 3;
    private static final int LATENTS = 4;

    /** Scores every row by {@code model}. NaN where there are no rows. */
    public static EncodedMeans of(JavaSparkContext spark, JavaRDD<PackedRows> blocks, ScoringModel model) {
        Broadcast<ScoringModel> broadcast = spark.broadcast(model);
        try {
            List<double[]> partitions =
                    blocks.mapPartitions(rows -> sums(rows, broadcast.value())).collect();
            double[] total = new double[LATENTS + 2 * model.spec().latentSize()];
            for (double[] partition : partitions) {
                for (int i = 0; i < total.length; i++) {
                    total[i] += partition[i];
                }
            }
            return of(total);
        } finally {
            broadcast.destroy();
        }
    }

    private static EncodedMeans of(double[] total) {
        double rows = total[ROWS];
        int active = 0;
        for (int i = LATENTS; i < total.length; i += 2) {
            double mean = total[i] / rows;
            if (total[i + 1] / rows - mean * mean > ACTIVE_VARIANCE) {
                active++;
            }
        }
        return new EncodedMeans(
                (long) rows, total[ELBO] / rows, total[RECONSTRUCTION] / rows, total[KL] / rows, active);
    }

    private static Iterator<double[]> sums(Iterator<PackedRows> blocks, ScoringModel model) {
        try (ScoringReplica replica = new ScoringReplica(model)) {
            int latentSize = replica.latentSize();
            double[] sums = new double[LATENTS + 2 * latentSize];
            replica.scoreAll(blocks, Set.of(Detail.LATENTS), (rows, scores) -> add(rows, scores, latentSize, sums));
            return List.of(sums).iterator();
        }
    }

    private static void add(EncodedRows rows, RowScores scores, int latentSize, double[] sums) {
        float[] means = scores.means();
        for (int row = 0; row < rows.count(); row++) {
            sums[ELBO] += scores.elbo(row) + rows.logJacobian(row);
            sums[RECONSTRUCTION] += scores.reconstruction(row) + rows.logJacobian(row);
            sums[KL] += scores.kl(row);
            for (int latent = 0; latent < latentSize; latent++) {
                double mean = means[row * latentSize + latent];
                sums[LATENTS + 2 * latent] += mean;
                sums[LATENTS + 2 * latent + 1] += mean * mean;
            }
        }
        sums[ROWS] += rows.count();
    }
}
