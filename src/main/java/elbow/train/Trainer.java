package elbow.train;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.dl4j.VaeNetworks;
import elbow.model.HistoryEntry;
import elbow.score.BlockMeans;
import elbow.score.ScoringModel;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Trains a plan's network on Spark, measures it between epochs, and keeps its best state. */
public final class Trainer {
    /** Posterior samples per row of the measurements between epochs: a mean over many rows needs no more. */
    private static final int MEASURING_SAMPLES = 1;

    private final JavaSparkContext spark;
    private final TrainingPlan plan;
    private final TrainingListener listener;
    private final List<HistoryEntry> history = new ArrayList<>();
    private double trainingSeconds;

    private Trainer(JavaSparkContext spark, TrainingPlan plan, TrainingListener listener) {
        this.spark = spark;
        this.plan = plan;
        this.listener = listener;
    }

    /**
     * Runs a plan.
     *
     * @throws ElbowException of category DIVERGED if the network's ELBO on the held-out rows is no longer finite
     */
    public static TrainingOutcome train(
            JavaSparkContext spark, TrainingPlan plan, TrainingData data, TrainingListener listener) {
        return new Trainer(spark, plan, listener).train(data);
    }

    private TrainingOutcome train(TrainingData data) {
        MultiLayerNetwork network = VaeNetworks.create(
                plan.spec(),
                plan.scoringSamples(),
                plan.optimizer().updater(plan.learningRate()),
                plan.seed(),
                data.encoder().columnMeans());
        measure(network, data, 0, 0, 0);
        int kept = 0;
        INDArray best = network.params().dup();
        long steps = 0;
        try (StockReplicas replicas = new StockReplicas(spark, plan, network, data.training(), listener)) {
            for (int epoch = 1; epoch <= plan.epochs(); epoch++) {
                long start = System.nanoTime();
                replicas.trainEpoch(epoch);
                double seconds = (System.nanoTime() - start) * 1e-9;
                trainingSeconds += seconds;
                steps += TrainingPlan.stepsPerEpoch(data.trainingRows(), plan.replicas(), plan.batchSize());
                HistoryEntry entry = measure(network, data, replicas.rounds(), steps, data.trainingRows() / seconds);
                // Before the KL term has its full weight the ELBO is not what training maximises.
                boolean settled = steps >= plan.spec().objective().klSchedule().settledAt();
                if (settled && (kept == 0 || entry.elbo() > history.get(kept).elbo())) {
                    kept = epoch;
                    best.assign(network.params());
                }
            }
        }
        if (kept == 0) {
            kept = plan.epochs();
        } else {
            network.setParams(best);
        }
        return new TrainingOutcome(network, history, kept, trainingSeconds);
    }

    private HistoryEntry measure(
            MultiLayerNetwork network, TrainingData data, int rounds, long steps, double examplesPerSecond) {
        ScoringModel model = ScoringModel.of(network, MEASURING_SAMPLES);
        BlockMeans validation = BlockMeans.of(spark, data.validation(), model);
        BlockMeans training = BlockMeans.of(spark, data.trainingSample(), model);
        double logJacobian = data.encoder().logJacobian();
        HistoryEntry entry = new HistoryEntry(
                history.size(),
                rounds,
                steps,
                history.size() * data.trainingRows(),
                trainingSeconds,
                validation.elbo() + logJacobian,
                validation.reconstruction() + logJacobian,
                validation.kl(),
                training.elbo() + logJacobian,
                validation.activeUnits(),
                examplesPerSecond);
        if (!Double.isFinite(entry.elbo())) {
            throw new ElbowException(
                    ErrorCategory.DIVERGED,
                    "mean ELBO of the held-out rows must stay finite, but is " + entry.elbo() + " after epoch "
                            + entry.epoch() + "; try a smaller training.learning-rate (it is " + plan.learningRate()
                            + ")");
        }
        history.add(entry);
        listener.measured(entry);
        return entry;
    }
}
