package elbow.train.dl4j;

import com.fasterxml.jackson.databind.node.ObjectNode;
import elbow.base.Check;
import elbow.base.Configuration;
import elbow.base.JsonReader;
import elbow.data.shard.ReplicaShards;
import elbow.data.shard.ShardLayout;
import elbow.data.shard.Shards;
import elbow.dl4j.DataSetRows;
import elbow.dl4j.VaeNetworks;
import elbow.train.averaging.AveragingFrequency;
import elbow.train.averaging.AveragingRounds;
import elbow.train.averaging.AveragingState;
import elbow.train.averaging.MomentMerge;
import elbow.train.averaging.OuterOptimizer;
import elbow.train.averaging.RoundOutcome;
import elbow.train.plan.AveragingPlan;
import elbow.train.plan.OuterOptimizerPlan;
import elbow.vae.VaeSpec;
import elbow.vae.VaeSpecJson;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalInt;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.rdd.RDD;
import org.datavec.spark.util.BroadcastHadoopConfigHolder;
import org.deeplearning4j.core.loader.DataSetLoader;
import org.deeplearning4j.core.loader.MultiDataSetLoader;
import org.deeplearning4j.core.storage.StatsStorageRouter;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.deeplearning4j.spark.api.TrainingHook;
import org.deeplearning4j.spark.api.TrainingMaster;
import org.deeplearning4j.spark.api.TrainingResult;
import org.deeplearning4j.spark.api.TrainingWorker;
import org.deeplearning4j.spark.api.stats.SparkTrainingStats;
import org.deeplearning4j.spark.data.loader.RemoteFileSourceFactory;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Elbow's averaging rounds as a DL4J {@code TrainingMaster}, for networks that are one {@link elbow.dl4j.VaeLayer}:
 *
 * <pre>{@code
 * AveragingMaster master = AveragingMaster.builder(4, 128).build();
 * SparkDl4jMultiLayer distributed = new SparkDl4jMultiLayer(spark, network, master);
 * for (int epoch = 0; epoch < 20; epoch++) {
 *     distributed.fit(rows);
 * }
 * master.close();
 * }</pre>
 *
 * <p>Each {@code fit} is one pass over the rows, which are laid out for the replicas by the first one and kept until
 * another data set comes or the master is closed. Which row of which minibatch they came in does not matter: a replica
 * makes minibatches of its own. Optimizer and learning rate are those of the network's updater, Adam with its authors'
 * constants or plain SGD. The network's listeners hear of every round. Momentum and the measured frequency are those of
 * one network: another one is trained as by a new master.
 */
public final class AveragingMaster
        implements TrainingMaster<TrainingResult, TrainingWorker<TrainingResult>>, AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(AveragingMaster.class);

    /** Rows that travel and are kept together. */
    private static final int BLOCK_ROWS = 512;

    private final int replicas;
    private final int batchSize;
    private final AveragingPlan averaging;
    private Collection<TrainingListener> listeners = List.of();
    private @Nullable ReplicaShards shards;
    private @Nullable ShardedRows shardedRows;

    /** Which network frequency and velocity are of. */
    private WeakReference<MultiLayerNetwork> trained = new WeakReference<>(null);

    private int measuredFrequency;
    private float[] velocity = {};

    private record ShardedRows(RDD<DataSet> rows, long seed, String spec) {}

    private AveragingMaster(Builder settings) {
        replicas = settings.replicas;
        batchSize = settings.batchSize;
        averaging = settings.averaging;
    }

    /**
     * Settings of a master; what is not set is as in {@code reference.conf}, in which the outer optimizer and its
     * momentum follow from the number of replicas and the length of a round.
     *
     * @param replicas how many replicas are trained and averaged, at least 1
     * @param batchSize rows of one minibatch of one replica, at least 1
     */
    public static Builder builder(int replicas, int batchSize) {
        return new Builder(replicas, batchSize);
    }

    /** See {@link AveragingMaster#builder}. */
    public static final class Builder {
        private final int replicas;
        private final int batchSize;
        private AveragingPlan averaging;

        private Builder(int replicas, int batchSize) {
            this.replicas = Check.positive("replicas", replicas);
            this.batchSize = Check.positive("batchSize", batchSize);
            this.averaging = AveragingPlan.resolve(Configuration.defaults(), replicas);
        }

        /** Minibatch steps of a replica between two averagings, at least 1; measured if not set. */
        public Builder averagingFrequency(int steps) {
            Check.positive("averagingFrequency", steps);
            averaging = new AveragingPlan(OptionalInt.of(steps), averaging.outer(), averaging.moments());
            return this;
        }

        /** What the driver makes of the replicas' mean. */
        public Builder outer(OuterOptimizer optimizer) {
            averaging = new AveragingPlan(averaging.frequency(), OuterOptimizerPlan.of(optimizer), averaging.moments());
            return this;
        }

        /** What happens to the replicas' moments between rounds. */
        public Builder moments(MomentMerge merge) {
            averaging = new AveragingPlan(averaging.frequency(), averaging.outer(), merge);
            return this;
        }

        /** The master. */
        public AveragingMaster build() {
            return new AveragingMaster(this);
        }
    }

    /** How the replicas are averaged. */
    AveragingPlan averaging() {
        return averaging;
    }

    /**
     * One pass over the rows of the data sets' features; labels and masks are not looked at.
     *
     * @throws elbow.base.ElbowException of category MODEL if the network is not one VaeLayer
     * @throws IllegalStateException if the parameters of all replicas are no longer finite; the network is then as it
     *     was after the round before
     * @throws IllegalArgumentException if its updater is neither standard Adam nor SGD, or there is no row; rows that
     *     the network does not take are refused by the tasks
     */
    @Override
    public void executeTraining(SparkDl4jMultiLayer distributed, JavaRDD<DataSet> data) {
        MultiLayerNetwork network = distributed.getNetwork();
        NetworkUpdater updater = NetworkUpdater.of(network);
        startAnewWith(network);
        long seed = network.getLayer(0).conf().getSeed();
        long start = network.getIterationCount();
        AveragingRounds rounds = new AveragingRounds(
                distributed.getSparkContext(),
                sharded(data, seed, VaeNetworks.layerOf(network).spec()),
                new AveragingRounds.Plan(
                        VaeNetworks.layerOf(network).spec(),
                        updater.optimizer(),
                        updater.stepSize(network.getEpochCount()),
                        averaging.moments(),
                        averaging.outer().at(1),
                        batchSize,
                        1,
                        seed,
                        start));
        AveragingState state =
                rounds.continued(start, VaeNetworks.parametersOf(network), VaeNetworks.momentsOf(network), velocity);
        int most = steps(rounds, state);
        rounds = rounds.with(averaging.outer().at((int) Math.min(most, rounds.totalSteps())));
        for (long left = rounds.totalSteps(); left > 0; left = start + rounds.totalSteps() - state.step()) {
            RoundOutcome outcome = rounds.run(state, (int) Math.min(most, left));
            state = outcome.requireNext();
            warnOfLeftOut(outcome);
            VaeNetworks.setState(
                    network, state.parameters(), state.firstMoments(), state.secondMoments(), state.step());
            tellListeners(network);
        }
        velocity = state.velocity();
    }

    private void startAnewWith(MultiLayerNetwork network) {
        if (!trained.refersTo(network)) {
            trained = new WeakReference<>(network);
            measuredFrequency = 0;
            velocity = new float[0];
        }
    }

    private void warnOfLeftOut(RoundOutcome outcome) {
        long leftOut = outcome.sums().leftOut();
        if (leftOut > 0) {
            LOGGER.warn(
                    "{} of {} replicas had parameters that are not finite and were left out of the mean",
                    leftOut,
                    replicas);
        }
    }

    private int steps(AveragingRounds rounds, AveragingState state) {
        if (averaging.frequency().isPresent()) {
            return averaging.frequency().getAsInt();
        }
        if (measuredFrequency == 0) {
            int most = (int) Math.min(averaging.outer().longestRound(), rounds.totalSteps());
            measuredFrequency = AveragingFrequency.measured(rounds, state, most);
        }
        return measuredFrequency;
    }

    private ReplicaShards sharded(JavaRDD<DataSet> data, long seed, VaeSpec spec) {
        int columns = spec.inputSize();
        String text = VaeSpecJson.write(spec).toString();
        ShardedRows wanted = new ShardedRows(data.rdd(), seed, text);
        if (shards != null && wanted.equals(shardedRows)) {
            return shards;
        }
        close();
        JavaRDD<float[]> rows = data.mapPartitions(batches -> DataSetRows.of(batches, text));
        ShardLayout layout = ShardLayout.forRows(replicas, rows.count(), Long.BYTES + (long) Float.BYTES * columns);
        shards = ReplicaShards.keep(Shards.ofEncoded(rows, columns, layout, seed, BLOCK_ROWS), layout);
        shardedRows = wanted;
        return shards;
    }

    private void tellListeners(MultiLayerNetwork network) {
        List<TrainingListener> all = new ArrayList<>(listeners);
        all.addAll(network.getListeners());
        for (TrainingListener listener : all) {
            listener.iterationDone(network, network.getIterationCount(), network.getEpochCount());
        }
    }

    /** As {@link #executeTraining(SparkDl4jMultiLayer, JavaRDD)}, each data set loaded from a path. */
    @Override
    public void executeTrainingPaths(
            @Nullable SparkDl4jMultiLayer network,
            @Nullable SparkComputationGraph graph,
            JavaRDD<String> paths,
            @Nullable DataSetLoader loader,
            @Nullable MultiDataSetLoader multiLoader) {
        if (network == null || loader == null) {
            throw noGraph();
        }
        var hadoop = BroadcastHadoopConfigHolder.get(network.getSparkContext());
        executeTraining(network, paths.map(path -> loader.load(new RemoteFileSourceFactory(hadoop).getSource(path))));
    }

    /** Settings by name. */
    @Override
    public String toJson() {
        ObjectNode json = JsonReader.newObject();
        json.put("replicas", replicas);
        json.put("batchSize", batchSize);
        averaging.frequency().ifPresent(steps -> json.put("averagingFrequency", steps));
        json.put("outer", JsonReader.camelCase(averaging.outer().kind()));
        averaging.outer().learningRate().ifPresent(rate -> json.put("outerLearningRate", rate));
        averaging.outer().momentum().ifPresent(momentum -> json.put("outerMomentum", momentum));
        json.put("moments", JsonReader.camelCase(averaging.moments()));
        return JsonReader.pretty(json);
    }

    /** The same: JSON is YAML. */
    @Override
    public String toYaml() {
        return toJson();
    }

    @Override
    public void setListeners(Collection<TrainingListener> wanted) {
        listeners = List.copyOf(wanted);
    }

    @Override
    public void setListeners(@Nullable StatsStorageRouter router, Collection<TrainingListener> wanted) {
        listeners = List.copyOf(wanted);
    }

    @Override
    public void setCollectTrainingStats(boolean collect) {
        Check.argument(!collect, "collectTrainingStats", "be false: Spark's own metrics and web UI show more", collect);
    }

    @Override
    public boolean getIsCollectTrainingStats() {
        return false;
    }

    @Override
    public @Nullable SparkTrainingStats getTrainingStats() {
        return null;
    }

    /** Releases the rows that are kept on the executors. */
    @Override
    public void close() {
        if (shards != null) {
            shards.close();
            shards = null;
            shardedRows = null;
        }
    }

    @Override
    public boolean deleteTempFiles(JavaSparkContext spark) {
        close();
        return true;
    }

    @Override
    public boolean deleteTempFiles(SparkContext spark) {
        close();
        return true;
    }

    @Override
    public TrainingWorker<TrainingResult> getWorkerInstance(SparkDl4jMultiLayer network) {
        throw new UnsupportedOperationException("AveragingMaster's replicas are Spark tasks, not workers of DL4J");
    }

    @Override
    public TrainingWorker<TrainingResult> getWorkerInstance(SparkComputationGraph graph) {
        throw noGraph();
    }

    @Override
    public void executeTraining(SparkComputationGraph graph, JavaRDD<DataSet> data) {
        throw noGraph();
    }

    @Override
    public void executeTrainingMDS(SparkComputationGraph graph, JavaRDD<MultiDataSet> data) {
        throw noGraph();
    }

    @Override
    public void addHook(TrainingHook hook) {
        throw new UnsupportedOperationException("AveragingMaster has no hooks: its replicas do not go through DL4J");
    }

    @Override
    public void removeHook(TrainingHook hook) {
        // There is none.
    }

    private static UnsupportedOperationException noGraph() {
        return new UnsupportedOperationException(
                "AveragingMaster trains a MultiLayerNetwork that is one VaeLayer, no ComputationGraph");
    }
}
