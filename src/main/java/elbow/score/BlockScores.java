package elbow.score;

import elbow.data.Block;
import elbow.data.FeatureLayout;
import elbow.model.NormalParts;
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
    private final List<String> columns;
    private final double[] partSums;

    private BlockScores(double[] elbo, double[] reconstruction, double[] kl, List<String> columns, double[] partSums) {
        this.elbo = elbo;
        this.reconstruction = reconstruction;
        this.kl = kl;
        this.columns = columns;
        this.partSums = partSums;
    }

    /**
     * Scores every row by {@code model}.
     *
     * @param layout of the rows
     */
    public static BlockScores of(
            JavaSparkContext spark, JavaRDD<Block> blocks, ScoringModel model, FeatureLayout layout) {
        Broadcast<ScoringModel> broadcast = spark.broadcast(model);
        try {
            List<Chunk> chunks = blocks.mapPartitions(rows -> scored(rows, broadcast.value(), layout))
                    .collect();
            double[] partSums = new double[layout.features()];
            for (Chunk chunk : chunks) {
                for (int i = 0; i < partSums.length; i++) {
                    partSums[i] += chunk.partSums[i];
                }
            }
            return new BlockScores(
                    concatenated(chunks.stream().map(chunk -> chunk.elbo).toList()),
                    concatenated(
                            chunks.stream().map(chunk -> chunk.reconstruction).toList()),
                    concatenated(chunks.stream().map(chunk -> chunk.kl).toList()),
                    layout.columns(),
                    partSums);
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

    /** What each part of the anomaly score is on average over the rows, at least one. */
    public NormalParts normalParts() {
        double[] means = Arrays.stream(partSums).map(sum -> sum / rows()).toArray();
        return new NormalParts(columns, means, meanKl());
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElse(Double.NaN);
    }

    private static double[] concatenated(List<double[]> parts) {
        return parts.stream().flatMapToDouble(Arrays::stream).toArray();
    }

    private static Iterator<Chunk> scored(Iterator<Block> blocks, ScoringModel model, FeatureLayout layout) {
        try (ScoringReplica replica = new ScoringReplica(model)) {
            ColumnParts parts = new ColumnParts(layout);
            Chunk.Builder chunk = new Chunk.Builder(parts);
            replica.scoreAllColumns(blocks, parts.logDensities(), chunk::add);
            return List.of(chunk.build()).iterator();
        }
    }

    /** The scores of one partition. No record: Spark's Kryo cannot write records. */
    private static final class Chunk implements Serializable {
        private static final long serialVersionUID = 1L;

        final double[] elbo;
        final double[] reconstruction;
        final double[] kl;
        final double[] partSums;

        Chunk(double[] elbo, double[] reconstruction, double[] kl, double[] partSums) {
            this.elbo = elbo;
            this.reconstruction = reconstruction;
            this.kl = kl;
            this.partSums = partSums;
        }

        static final class Builder {
            private double[] elbo = new double[1024];
            private double[] reconstruction = new double[1024];
            private double[] kl = new double[1024];
            private final ColumnParts parts;
            private final double[] partSums;
            private int rows;

            Builder(ColumnParts parts) {
                this.parts = parts;
                partSums = new double[parts.columns()];
            }

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
                    for (int column = 0; column < partSums.length; column++) {
                        partSums[column] += parts.part(encoded, row, column);
                    }
                }
            }

            Chunk build() {
                return new Chunk(
                        Arrays.copyOf(elbo, rows),
                        Arrays.copyOf(reconstruction, rows),
                        Arrays.copyOf(kl, rows),
                        partSums);
            }
        }
    }
}
