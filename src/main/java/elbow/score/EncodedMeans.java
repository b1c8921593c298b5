package elbow.score;

import elbow.data.shard.PackedRows;
import elbow.model.LatentUse;
import elbow.vae.RowScores;
import elbow.vae.RowScores.Detail;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * Means over the encoded rows of a distributed data set, in nats per row: of the original columns once
 * {@link elbow.data.feature.FeatureEncoder#logJacobian} is added to ELBO and reconstruction. Summed in the order of
 * partitions, so that they do not depend on which task finished first; the use of the latents without rounding, so that
 * it does not depend on the partitions either.
 *
 * @param rows how many rows
 * @param elbo mean ELBO
 * @param trimmedElbo the same without a share of the rows, those of the lowest ELBO ({@link ElboBins}); without such a
 *     share the same
 * @param reconstruction mean reconstruction term
 * @param kl mean KL divergence
 * @param latents how much each latent dimension is used
 */
public record EncodedMeans(
        long rows, double elbo, double trimmedElbo, double reconstruction, double kl, LatentUse latents) {
    // Where the sums stand in the array that a task returns.
    private static final int ELBO = 0;
    private static final int RECONSTRUCTION = 1;
    private static final int KL = 2;
    private static final int ROWS = 3;
    private static final int SUMS = 4;

    private static final Set<Detail> DETAILS = Set.of(Detail.LATENTS, Detail.KL_BY_LATENT);

    /** Scores every row by {@code model}. NaN where there are no rows. */
    public static EncodedMeans of(JavaSparkContext spark, JavaRDD<PackedRows> blocks, ScoringModel model) {
        return of(spark, blocks, model, 0);
    }

    /**
     * As {@link #of(JavaSparkContext, JavaRDD, ScoringModel)}.
     *
     * @param trimmedShare of the rows that the trimmed ELBO is without, in [0, 1)
     */
    public static EncodedMeans of(
            JavaSparkContext spark, JavaRDD<PackedRows> blocks, ScoringModel model, double trimmedShare) {
        boolean trims = trimmedShare > 0;
        Broadcast<ScoringModel> broadcast = spark.broadcast(model);
        try {
            List<Part> parts = blocks.mapPartitions(rows -> part(rows, broadcast.value(), trims))
                    .collect();
            double[] total = new double[SUMS];
            LatentSums latents = new LatentSums(model.spec().latentSize());
            ElboBins elbos = new ElboBins();
            for (Part part : parts) {
                for (int i = 0; i < SUMS; i++) {
                    total[i] += part.sums[i];
                }
                latents.merge(part.latents);
                elbos.merge(part.elbos);
            }
            double rows = total[ROWS];
            return new EncodedMeans(
                    (long) rows,
                    total[ELBO] / rows,
                    trims ? elbos.trimmed(trimmedShare) : total[ELBO] / rows,
                    total[RECONSTRUCTION] / rows,
                    total[KL] / rows,
                    latents.use());
        } finally {
            broadcast.destroy();
        }
    }

    private static Iterator<Part> part(Iterator<PackedRows> blocks, ScoringModel model, boolean trims) {
        try (ModelInTask used = new ModelInTask(model)) {
            Part part = new Part(used.latentSize(), trims);
            used.scoreAll(blocks, DETAILS, part::add);
            part.latents.seal();
            return List.of(part).iterator();
        }
    }

    /** The sums over one partition. No record: Spark's Kryo cannot write records. */
    private static final class Part implements Serializable {
        private static final long serialVersionUID = 1L;

        final double[] sums = new double[SUMS];
        final LatentSums latents;
        final ElboBins elbos = new ElboBins();
        private final boolean trims;

        Part(int latentSize, boolean trims) {
            this.trims = trims;
            latents = new LatentSums(latentSize);
        }

        void add(EncodedRows rows, RowScores scores) {
            for (int row = 0; row < rows.count(); row++) {
                double elbo = scores.elbo(row) + rows.logJacobian(row);
                sums[ELBO] += elbo;
                if (trims) {
                    elbos.add(elbo);
                }
                sums[RECONSTRUCTION] += scores.reconstruction(row) + rows.logJacobian(row);
                sums[KL] += scores.kl(row);
            }
            sums[ROWS] += rows.count();
            latents.add(rows.count(), scores);
        }
    }
}
