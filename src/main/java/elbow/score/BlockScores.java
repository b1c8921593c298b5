package elbow.score;

import elbow.data.Block;
import elbow.vae.RowScores;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * The scores of each encoded row of a distributed data set, brought to the driver (32 bytes per row) in the order of
 * partitions; in nats, higher is better: of the original columns once {@link elbow.data.FeatureEncoder#logJacobian} is
 * added to ELBO and reconstruction.
 */
public final class BlockScores {
    private final double[] elbo;
    private final double[] reconstruction;
    private final double[] kl;
    private final double[] anomaly;

    private BlockScores(double[] elbo, double[] reconstruction, double[] kl, double[] anomaly) {
        this.elbo = elbo;
        this.reconstruction = reconstruction;
        this.kl = kl;
        this.anomaly = anomaly;
    }

    /** Scores every row by {@code model}. */
    public static BlockScores of(
            JavaSparkContext spark, JavaRDD<Block> blocks, ScoringModel model, AnomalyScoring scoring) {
        Broadcast<ScoringModel> broadcast = spark.broadcast(model);
        try {
            List<Chunk> chunks = blocks.mapPartitions(rows -> scored(rows, broadcast.value(), scoring))
                    .collect();
            return new BlockScores(
                    concatenated(chunks.stream().map(chunk -> chunk.elbo).toList()),
                    concatenated(
                            chunks.stream().map(chunk -> chunk.reconstruction).toList()),
                    concatenated(chunks.stream().map(chunk -> chunk.kl).toList()),
                    concatenated(chunks.stream().map(chunk -> chunk.anomaly).toList()));
        } finally {
            broadcast.destroy();
        }
    }

    public int rows() {
        return elbo.length;
    }

    /** Mean ELBO; NaN where there are no rows. */
    public double meanElbo() {
        return mean(elbo);
    }

    /** Mean reconstruction term. */
    public double meanReconstruction() {
        return mean(reconstruction);
    }

    /** Mean KL divergence. */
    public double meanKl() {
        return mean(kl);
    }

    /**
     * The rows' anomaly scores, in nats.
     *
     * @param logJacobian of the encoder, in nats
     */
    public double[] anomalyScores(double logJacobian) {
        return Arrays.stream(anomaly).map(value -> value - logJacobian).toArray();
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElse(Double.NaN);
    }

    private static double[] concatenated(List<double[]> parts) {
        return parts.stream().flatMapToDouble(Arrays::stream).toArray();
    }

    private static Iterator<Chunk> scored(Iterator<Block> blocks, ScoringModel model, AnomalyScoring scoring) {
        try (ScoringReplica replica = new ScoringReplica(model)) {
            Chunk.Builder chunk = new Chunk.Builder(scoring);
            replica.scoreAll(blocks, chunk::add);
            return List.of(chunk.build()).iterator();
        }
    }

    /** The scores of one partition. No record: Spark's Kryo cannot write records. */
    private static final class Chunk implements Serializable {
        private static final long serialVersionUID = 1L;

        final double[] elbo;
        final double[] reconstruction;
        final double[] kl;
        final double[] anomaly;

        Chunk(double[] elbo, double[] reconstruction, double[] kl, double[] anomaly) {
            this.elbo = elbo;
            this.reconstruction = reconstruction;
            this.kl = kl;
            this.anomaly = anomaly;
        }

        static final class Builder {
            private final AnomalyScoring scoring;
            private double[] elbo = new double[1024];
            private double[] reconstruction = new double[1024];
            private double[] kl = new double[1024];
            private double[] anomaly = new double[1024];
            private int rows;

            Builder(AnomalyScoring scoring) {
                this.scoring = scoring;
            }

            void add(EncodedRows encoded, RowScores scores) {
                int count = encoded.count();
                if (rows + count > elbo.length) {
                    int capacity = Math.max(rows + count, 2 * elbo.length);
                    elbo = Arrays.copyOf(elbo, capacity);
                    reconstruction = Arrays.copyOf(reconstruction, capacity);
                    kl = Arrays.copyOf(kl, capacity);
                    anomaly = Arrays.copyOf(anomaly, capacity);
                }
                for (int row = 0; row < count; row++, rows++) {
                    elbo[rows] = scores.elbo(row) + encoded.logJacobian(row);
                    reconstruction[rows] = scores.reconstruction(row) + encoded.logJacobian(row);
                    kl[rows] = scores.kl(row);
                    anomaly[rows] = scoring.score(elbo[rows], encoded, row);
                }
            }

            Chunk build() {
                return new Chunk(
                        Arrays.copyOf(elbo, rows),
                        Arrays.copyOf(reconstruction, rows),
                        Arrays.copyOf(kl, rows),
                        Arrays.copyOf(anomaly, rows));
            }
        }
    }
}
