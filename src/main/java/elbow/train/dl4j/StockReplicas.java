package elbow.train.dl4j;

import elbow.data.shard.PackedRows;
import elbow.failure.StorageFailure;
import elbow.math.BlasChoice;
import elbow.train.Replicas;
import elbow.train.TrainingData;
import elbow.train.plan.TrainingPlan;
import elbow.train.progress.RoundReport;
import elbow.train.progress.TrainingListener;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.spark.api.RDDTrainingApproach;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.deeplearning4j.spark.impl.paramavg.util.ExportSupport;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Replicas under DL4J's own {@code ParameterAveragingTrainingMaster}: averaged with equal weights, Adam moments with
 * them, every {@code averagingFrequency} minibatches.
 *
 * <p>The master reads its minibatches back from files where that works (a local master, or a shared default file
 * system); elsewhere it filters the whole data set anew for each round, which is right but slow.
 */
final class StockReplicas implements Replicas {
    static {
        // Before ND4J loads its BLAS.
        BlasChoice.settle();
    }

    private final TrainingListener listener;
    private final SparkDl4jMultiLayer network;
    private final JavaRDD<DataSet> minibatches;
    private final FileSystem files;
    private final Path exports;
    private final TrainingPlan plan;
    private final long stepsPerEpoch;
    private int epoch;
    private int rounds;
    private long roundStart;
    private INDArray kept;

    StockReplicas(
            JavaSparkContext spark,
            TrainingPlan plan,
            MultiLayerNetwork network,
            TrainingData data,
            TrainingListener listener) {
        this.listener = listener;
        this.plan = plan;
        stepsPerEpoch = TrainingPlan.stepsPerEpoch(data.trainingRows(), plan.replicas(), plan.batchSize());
        kept = network.params().dup();
        boolean exporting = ExportSupport.exportSupported(spark);
        try {
            files = FileSystem.get(spark.hadoopConfiguration());
            String temporary = spark.hadoopConfiguration().get("hadoop.tmp.dir");
            exports = files.makeQualified(new Path(temporary, "elbow-minibatches-" + UUID.randomUUID()));
            if (exporting) {
                // An interrupted run must not leave a second copy of the rows behind.
                files.mkdirs(exports);
                files.deleteOnExit(exports);
            }
        } catch (IOException e) {
            throw StorageFailure.of("make room for minibatches", e);
        }
        ObservedStockMaster master = ObservedStockMaster.of(
                plan,
                exporting ? RDDTrainingApproach.Export : RDDTrainingApproach.Direct,
                exports.toString(),
                this::roundFinished);
        this.network = new SparkDl4jMultiLayer(spark, network, master);
        int batchSize = plan.batchSize();
        minibatches = data.training()
                .byReplica()
                .flatMap(block -> split(block, batchSize).iterator());
        listener.frequencyChosen(plan.averaging().stockFrequency());
    }

    @Override
    public int frequency() {
        return plan.averaging().stockFrequency();
    }

    @Override
    public double overhead() {
        return Double.NaN;
    }

    @Override
    public long leftOut() {
        return 0;
    }

    @Override
    public void trainUntil(int wanted) {
        while (epoch < wanted) {
            epoch++;
            roundStart = System.nanoTime();
            network.fit(minibatches);
        }
    }

    @Override
    public int rounds() {
        return rounds;
    }

    @Override
    public long steps() {
        return epoch * stepsPerEpoch;
    }

    @Override
    public void keep() {
        kept = network.getNetwork().params().dup();
    }

    @Override
    public void restoreKept() {
        network.getNetwork().setParams(kept);
    }

    private void roundFinished(int round, int roundsOfEpoch) {
        rounds++;
        long now = System.nanoTime();
        double rows = (double) plan.replicas() * plan.batchSize() * stepsPerEpoch / roundsOfEpoch;
        double fraction = (epoch - 1 + (double) round / roundsOfEpoch) / plan.epochs();
        listener.roundFinished(new RoundReport(
                rounds,
                epoch,
                plan.epochs(),
                fraction,
                rows / (now - roundStart) * 1e9,
                Double.NaN,
                Double.NaN,
                0,
                Double.NaN));
        roundStart = now;
    }

    private static List<DataSet> split(PackedRows block, int batchSize) {
        List<DataSet> batches = new ArrayList<>();
        for (int from = 0; from < block.rows(); from += batchSize) {
            int count = Math.min(batchSize, block.rows() - from);
            float[] rows = new float[count * block.columns()];
            block.copyRows(from, count, rows);
            if (block.hasMissing()) {
                markMissing(block, from, count, rows);
            }
            INDArray features = Nd4j.createFromArray(rows).reshape(count, block.columns());
            batches.add(new DataSet(features, features));
        }
        return batches;
    }

    // A network of one VaeLayer reads NaN as a missing value.
    private static void markMissing(PackedRows block, int from, int count, float[] rows) {
        byte[] observed = new byte[rows.length];
        block.copyObserved(from, count, observed);
        for (int i = 0; i < rows.length; i++) {
            rows[i] = observed[i] == 0 ? Float.NaN : rows[i];
        }
    }

    /** Removes the minibatch files. */
    @Override
    public void close() {
        try {
            files.delete(exports, true);
            files.cancelDeleteOnExit(exports);
        } catch (IOException e) {
            throw StorageFailure.of("delete " + exports, e);
        }
    }
}
