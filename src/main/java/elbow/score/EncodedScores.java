package elbow.score;

import elbow.data.feature.FeatureLayout;
import elbow.data.shard.PackedRows;
import elbow.model.NormalParts;
import elbow.vae.RowScores;
import elbow.vae.RowScores.Detail;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * The scores of each encoded row of a distributed data set, brought to the driver (32 bytes per row) in the order of
 * partitions; in nats. ELBO and reconstruction are of the original columns, and higher is better, once
 * {@link elbow.data.feature.FeatureEncoder#logJacobian} is added; anomaly scores are what they are.
 */
public final class EncodedScores {
    private final double[] elbo;
    private final double[] reconstruction;
    private final double[] kl;
    private final double[] anomaly;
    private final List<String> columns;
    private final double[] partSums;

    private EncodedScores(
            double[] elbo,
            double[] reconstruction,
            double[] kl,
            double[] anomaly,
            List<String> columns,
            double[] partSums) {
        this.elbo = elbo;
        this.reconstruction = reconstruction;
        this.kl = kl;
        this.anomaly = anomaly;
        this.columns = columns;
        this.partSums = partSums;
    }

    /**
     * Scores every row by {@code model}.
     *
     * @param layout of the rows
     * @param scoring what the anomaly score is
     */
    public static EncodedScores of(
            JavaSparkContext spark,
            JavaRDD<PackedRows> blocks,
            ScoringModel model,
            FeatureLayout layout,
            AnomalyScoring scoring) {
        Broadcast<ScoringModel> broadcast = spark.broadcast(model);
        try {
            List<Chunk> chunks = blocks.mapPartitions(rows -> scored(rows, broadcast.value(), layout, scoring))
                    .collect();
            double[] partSums = new double[layout.features()];
            for (Chunk chunk : chunks) {
                for (int i = 0; i < partSums.length; i++) {
                    partSums[i] += chunk.partSums[i];
                }
            }
            return new EncodedScores(
                    concatenated(chunks.stream().map(chunk -> chunk.elbo).toList()),
                    concatenated(
                            chunks.stream().map(chunk -> chunk.reconstruction).toList()),
                    concatenated(chunks.stream().map(chunk -> chunk.kl).toList()),
                    concatenated(chunks.stream().map(chunk -> chunk.anomaly).toList()),
                    layout.columns(),
                    partSums);
        } finally {
            broadcast.destroy();
        }
    }

    /**
     * The scores of rows that are here, by the parameters that {@code used} has: to the bit those of
     * {@link #of(JavaSparkContext, JavaRDD, ScoringModel, FeatureLayout, AnomalyScoring)}.
     */
    public static EncodedScores of(
            ModelInTask used, List<PackedRows> rows, FeatureLayout layout, AnomalyScoring scoring) {
        Chunk chunk = chunk(used, rows.iterator(), layout, scoring);
        return new EncodedScores(
                chunk.elbo, chunk.reconstruction, chunk.kl, chunk.anomaly, layout.columns(), chunk.partSums);
    }

    /**
     * What each row scores by several formulas, from one pass of the network: a list for each formula, of the rows in
     * the order of partitions.
     */
    public static List<double[]> anomalyScores(
            JavaSparkContext spark, JavaRDD<PackedRows> blocks, ScoringModel model, List<AnomalyScoring> formulas) {
        Broadcast<ScoringModel> broadcast = spark.broadcast(model);
        try {
            List<double[][]> chunks = blocks.mapPartitions(rows -> anomalyScores(rows, broadcast.value(), formulas))
                    .collect();
            return IntStream.range(0, formulas.size())
                    .mapToObj(i ->
                            concatenated(chunks.stream().map(chunk -> chunk[i]).toList()))
                    .toList();
        } finally {
            broadcast.destroy();
        }
    }

    private static Iterator<double[][]> anomalyScores(
            Iterator<PackedRows> blocks, ScoringModel model, List<AnomalyScoring> formulas) {
        List<DoubleStream.Builder> scores =
                formulas.stream().map(formula -> DoubleStream.builder()).toList();
        try (ModelInTask used = new ModelInTask(model)) {
            used.scoreAll(blocks, Set.of(), (encoded, found) -> {
                for (int row = 0; row < encoded.count(); row++) {
                    for (int i = 0; i < formulas.size(); i++) {
                        scores.get(i).add(formulas.get(i).score(found.elbo(row), encoded, row));
                    }
                }
            });
        }
        double[][] all = scores.stream().map(found -> found.build().toArray()).toArray(double[][]::new);
        return List.<double[][]>of(all).iterator();
    }

    public int rows() {
        return elbo.length;
    }

    /** Mean ELBO; NaN where there are no rows. */
    public double meanElbo() {
        return mean(elbo);
    }

    /** Standard error of {@link #meanElbo} as an estimate from these rows; NaN where there are fewer than two. */
    public double elboStandardError() {
        double mean = meanElbo();
        double squares = Arrays.stream(elbo)
                .map(value -> (value - mean) * (value - mean))
                .sum();
        return standardError(squares, rows());
    }

    /**
     * Standard error of a mean over {@code rows}, as an estimate from them: sqrt(squares / (rows - 1) / rows); NaN
     * where there are fewer than two.
     *
     * @param squares sum of the squared distances from the mean
     */
    static double standardError(double squares, long rows) {
        return rows < 2 ? Double.NaN : Math.sqrt(squares / (rows - 1) / rows);
    }

    /** Mean reconstruction term. */
    public double meanReconstruction() {
        return mean(reconstruction);
    }

    /** Mean KL divergence. */
    public double meanKl() {
        return mean(kl);
    }

    /** The ELBO of each row. A copy. */
    public double[] elbos() {
        return elbo.clone();
    }

    /** The rows' anomaly scores, in nats: to the bit those that the model gives to the same rows of a table. */
    public double[] anomalyScores() {
        return anomaly.clone();
    }

    /** Means of the parts of the anomaly score over the rows, at least one. */
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

    private static Iterator<Chunk> scored(
            Iterator<PackedRows> blocks, ScoringModel model, FeatureLayout layout, AnomalyScoring scoring) {
        try (ModelInTask used = new ModelInTask(model)) {
            return List.of(chunk(used, blocks, layout, scoring)).iterator();
        }
    }

    private static Chunk chunk(
            ModelInTask used, Iterator<PackedRows> blocks, FeatureLayout layout, AnomalyScoring scoring) {
        Chunk.Builder chunk = new Chunk.Builder(new ColumnParts(layout, scoring), scoring);
        used.scoreAll(blocks, Set.of(Detail.COLUMNS), chunk::add);
        return chunk.build();
    }

    /** The scores of one partition. No record: Spark's Kryo cannot write records. */
    private static final class Chunk implements Serializable {
        private static final long serialVersionUID = 1L;

        final double[] elbo;
        final double[] reconstruction;
        final double[] kl;
        final double[] anomaly;
        final double[] partSums;

        Chunk(double[] elbo, double[] reconstruction, double[] kl, double[] anomaly, double[] partSums) {
            this.elbo = elbo;
            this.reconstruction = reconstruction;
            this.kl = kl;
            this.anomaly = anomaly;
            this.partSums = partSums;
        }

        static final class Builder {
            private final AnomalyScoring scoring;
            private double[] elbo = new double[1024];
            private double[] reconstruction = new double[1024];
            private double[] kl = new double[1024];
            private double[] anomaly = new double[1024];
            private final ColumnParts parts;
            private final double[] partSums;
            private int rows;

            Builder(ColumnParts parts, AnomalyScoring scoring) {
                this.parts = parts;
                this.scoring = scoring;
                partSums = new double[parts.columns()];
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
                    anomaly[rows] = scoring.score(scores.elbo(row), encoded, row);
                    double[] ofRow = parts.of(encoded, scores, row);
                    for (int column = 0; column < partSums.length; column++) {
                        partSums[column] += ofRow[column];
                    }
                }
            }

            Chunk build() {
                return new Chunk(
                        Arrays.copyOf(elbo, rows),
                        Arrays.copyOf(reconstruction, rows),
                        Arrays.copyOf(kl, rows),
                        Arrays.copyOf(anomaly, rows),
                        partSums);
            }
        }
    }
}
