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
 * The scores of each encoded row of a distributed data set, brought to the driver (24 bytes per row) in the order of
 * partitions; in nats, higher is better: of the original columns once {@link elbow.data.FeatureEncoder#logJacobian} is
 * added to ELBO and reconstruction.
 */
public final class BlockScores {
    private final double[] elbo;
    private final double[] reconstruction;
    private final double[] kl;

    private BlockScores(double[] elbo, double[] reconstruction, double[] kl) {
        this.elbo = elbo;
        this.reconstruction = reconstruction;
        this.kl = kl;
    }

    /** Scores every row by {@code model}. */
    public static BlockScores of(JavaSparkContext spark, JavaRDD<Block> blocks, ScoringModel model) {
        Broadcast<ScoringModel> broadcast = spark.broadcast(model);
        try {
            List<Chunk> chunks = blocks.mapPartitions(rows -> scored(rows, broadcast.value()))
                    .collect();
            return new BlockScores(
                    concatenated(chunks.stream().map(chunk -> chunk.elbo).toList()),
                    concatenated(
                            chunks.stream().map(chunk -> chunk.reconstruction).toList()),
                    concatenated(chunks.stream().map(chunk -> chunk.kl).toList()));
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
     * The rows' anomaly scores, {@code -elbo}, of their original columns.
     *
     * @param logJacobian of the encoder, in nats
     */
    public double[] anomalyScores(double logJacobian) {
        return Arrays.stream(elbo).map(value -> -(value + logJacobian)).toArray();
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElse(Double.NaN);
    }

    private static double[] concatenated(List<double[]> parts) {
        return parts.stream().flatMapToDouble(Arrays::stream).toArray();
    }

    private static Iterator<Chunk> scored(Iterator<Block> blocks, ScoringModel model) {
        try (ScoringReplica replica = new ScoringReplica(model)) {
            Chunk.Builder chunk = new Chunk.Builder();
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

        Chunk(double[] elbo, double[] reconstruction, double[] kl) {
            this.elbo = elbo;
            this.reconstruction = reconstruction;
            this.kl = kl;
        }

        static final class Builder {
            private double[] elbo = new double[1024];
            private double[] reconstruction = new double[1024];
            private double[] kl = new double[1024];
            private int rows;

            void add(EncodedRows encoded, RowScores scores) {
                int count = encoded.count();
                if (rows + count > elbo.length) {
                    int capacity = Math.max(rows + count, 2 * elbo.length);
                    elbo = Arrays.copyOf(elbo, capacity);
                    reconstruction = Arrays.copyOf(reconstruction, capacity);
                    kl = Arrays.copyOf(kl, capacity);
                }
                for (int row = 0; row < count; row++, rows++) {
                    elbo[rows] = scores.elbo(row) + encoded.logJacobian(row);
                    reconstruction[rows] = scores.reconstruction(row) + encoded.logJacobian(row);
                    kl[rows] = scores.kl(row);
                }
            }

            Chunk build() {
                return new Chunk(
                        Arrays.copyOf(elbo, rows), Arrays.copyOf(reconstruction, rows), Arrays.copyOf(kl, rows));
            }
        }
    }
}
