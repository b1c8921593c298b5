package elbow.train.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import elbow.SharedSpark;
import elbow.base.Configuration;
import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.dl4j.VaeNetworks;
import elbow.train.averaging.MomentMerge;
import elbow.train.averaging.OuterOptimizer;
import elbow.train.plan.AveragingPlan;
import elbow.vae.VaeSpec;
import elbow.vae.likelihood.Gaussian;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;

/** Elbow's training master as a user of DL4J works with it. */
@Tag("kernels")
class AveragingMasterIT {
    private static final int COLUMNS = 6;
    private static final int BATCH = 32;

    private final JavaSparkContext spark =
            JavaSparkContext.fromSparkContext(SharedSpark.session().sparkContext());
    private final JavaRDD<DataSet> rows = spark.parallelize(batches(), 3);

    @Test
    void everyFitTrainsOneEpoch() {
        MultiLayerNetwork network = network(new Adam(1e-2));
        double untrained = meanElbo(network);
        AtomicInteger rounds = new AtomicInteger();
        network.addListeners(new BaseTrainingListener() {
            @Override
            public void iterationDone(Model model, int iteration, int epoch) {
                rounds.incrementAndGet();
            }
        });
        try (AveragingMaster master =
                AveragingMaster.builder(2, BATCH).averagingFrequency(5).build()) {
            SparkDl4jMultiLayer distributed = new SparkDl4jMultiLayer(spark, network, master);
            for (int epoch = 0; epoch < 15; epoch++) {
                distributed.fit(rows);
            }
        }
        assertThat(meanElbo(network)).isGreaterThan(untrained + 3);
        assertThat(network.getEpochCount()).isEqualTo(15);
        assertThat(rounds.get()).isGreaterThanOrEqualTo(30);
        // Adam's state is the network's own: the next fit, under whatever master, goes on with it.
        assertThat(VaeNetworks.momentsOf(network)).isPresent();
        assertThat(network.getUpdater().getStateViewArray().maxNumber().doubleValue())
                .isPositive();
    }

    @Test
    void fitsAreReproducibleForAnyPartitioning() {
        assertThat(twoEpochs(rows, 4)).isEqualTo(twoEpochs(spark.parallelize(batches(), 7), 4));
    }

    @Test
    void theOuterOptimizerIsThatOfRoundsNoLongerThanAPass() {
        // Momentum is lower the longer a round is; these passes are shorter than both.
        assertThat(twoEpochs(rows, 1000)).isEqualTo(twoEpochs(rows, 2000));
    }

    @Test
    void unsetOptionsAreTheConfigurationsDefaults() {
        AveragingPlan averaging = AveragingMaster.builder(4, BATCH).build().averaging();

        assertThat(averaging).isEqualTo(AveragingPlan.resolve(Configuration.defaults(), 4));
        assertThat(averaging.outer().at(500)).isEqualTo(new OuterOptimizer.Nesterov(0.7, 0.8));
        assertThat(AveragingMaster.builder(1, BATCH).build().averaging().outer().at(500))
                .isEqualTo(new OuterOptimizer.Average());
    }

    @Test
    void setOptionsReplaceOnlyTheirDefault() {
        OuterOptimizer slowMo = new OuterOptimizer.SlowMo(0.9, 0.6);
        AveragingMaster master = AveragingMaster.builder(4, BATCH)
                .outer(slowMo)
                .averagingFrequency(7)
                .build();

        assertThat(master.averaging().outer().at(7)).isEqualTo(slowMo);
        assertThat(master.averaging().outer().longestRound()).isEqualTo(1000);
        assertThat(master.averaging().frequency()).hasValue(7);
        assertThat(master.averaging().moments()).isEqualTo(MomentMerge.AVERAGE);
        assertThat(master.toJson())
                .contains("\"outer\" : \"slowmo\"", "\"outerMomentum\" : 0.6", "\"averagingFrequency\" : 7");
    }

    @Test
    void anotherNetworkIsTrainedAsByANewMaster() {
        MultiLayerNetwork second = network(new Sgd(1e-3), 43);
        try (AveragingMaster master =
                AveragingMaster.builder(3, BATCH).averagingFrequency(4).build()) {
            new SparkDl4jMultiLayer(spark, network(new Sgd(1e-3)), master).fit(rows);
            new SparkDl4jMultiLayer(spark, second, master).fit(rows);
        }
        MultiLayerNetwork alone = network(new Sgd(1e-3), 43);
        try (AveragingMaster master =
                AveragingMaster.builder(3, BATCH).averagingFrequency(4).build()) {
            new SparkDl4jMultiLayer(spark, alone, master).fit(rows);
        }
        assertThat(second.params().toFloatVector()).isEqualTo(alone.params().toFloatVector());
    }

    private float[] twoEpochs(JavaRDD<DataSet> data, int frequency) {
        MultiLayerNetwork network = network(new Sgd(1e-3));
        try (AveragingMaster master =
                AveragingMaster.builder(3, BATCH).averagingFrequency(frequency).build()) {
            SparkDl4jMultiLayer distributed = new SparkDl4jMultiLayer(spark, network, master);
            distributed.fit(data);
            distributed.fit(data);
        }
        return network.params().toFloatVector();
    }

    @Test
    void aNetworkThatIsNoVaeLayerIsRefused() {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .list()
                .layer(new OutputLayer.Builder().nIn(COLUMNS).nOut(2).build())
                .build());
        network.init();
        AveragingMaster master = AveragingMaster.builder(2, BATCH).build();
        assertThatThrownBy(() -> new SparkDl4jMultiLayer(spark, network, master).fit(rows))
                .isInstanceOfSatisfying(
                        ElbowException.class, e -> assertThat(e.category()).isEqualTo(ErrorCategory.MODEL))
                .hasMessageStartingWith("network must be one VaeLayer, but has 1 layers, the first a ");
    }

    @Test
    void anUpdaterThatTheKernelDoesNotHaveIsRefused() {
        AveragingMaster master = AveragingMaster.builder(2, BATCH).build();
        MultiLayerNetwork network = network(new Nesterovs(1e-3));
        assertThatThrownBy(() -> new SparkDl4jMultiLayer(spark, network, master).fit(rows))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("updater of the network must be Sgd, or Adam with its authors' constants");
    }

    private static MultiLayerNetwork network(IUpdater updater) {
        return network(updater, 42);
    }

    private static MultiLayerNetwork network(IUpdater updater, long seed) {
        VaeSpec spec = VaeSpec.builder(COLUMNS, 2)
                .encoder(16)
                .decoder(16)
                .likelihood(Gaussian.learned(Gaussian.Variance.PER_COLUMN, 1e-3))
                .build();
        return VaeNetworks.create(spec, 4, updater, seed, new float[COLUMNS]);
    }

    private static double meanElbo(MultiLayerNetwork network) {
        List<DataSet> batches = batches();
        return -batches.stream().mapToDouble(network::score).sum() / batches.size();
    }

    /** Two common factors, noise of standard deviation 0.1. */
    private static List<DataSet> batches() {
        Random random = new Random(11);
        List<DataSet> batches = new ArrayList<>();
        for (int batch = 0; batch < 24; batch++) {
            float[][] values = new float[BATCH][COLUMNS];
            for (float[] row : values) {
                double first = random.nextGaussian();
                double second = random.nextGaussian();
                for (int column = 0; column < COLUMNS; column++) {
                    double angle = column;
                    row[column] =
                            (float) (Math.cos(angle) * first + Math.sin(angle) * second + 0.1 * random.nextGaussian());
                }
            }
            var matrix = Nd4j.createFromArray(values);
            batches.add(new DataSet(matrix, matrix));
        }
        return batches;
    }
}
