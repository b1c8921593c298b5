package elbow.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import elbow.SharedSpark;
import elbow.vae.VaeSpec;
import elbow.vae.likelihood.Gaussian;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.variational.GaussianReconstructionDistribution;
import org.deeplearning4j.nn.conf.layers.variational.VariationalAutoencoder;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

/** DL4J's own training master over a real Spark context, driving a {@link VaeLayer} network as it drives any other. */
class StockMasterIT {
    private static final int COLUMNS = 6;
    private static final int BATCH = 32;
    private static final int BATCHES = 24;

    private final JavaSparkContext spark =
            JavaSparkContext.fromSparkContext(SharedSpark.session().sparkContext());
    private final List<DataSet> batches = batches();

    @Test
    void stockParameterAveragingTrainsAVaeLayer() {
        VaeSpec spec = VaeSpec.builder(COLUMNS, 2)
                .encoder(16)
                .decoder(16)
                .likelihood(Gaussian.learned(Gaussian.Variance.PER_COLUMN, 1e-3))
                .build();
        MultiLayerNetwork network = VaeNetworks.create(spec, 4, new Adam(1e-2), 42, new float[COLUMNS]);
        double untrained = meanElbo(network);

        MultiLayerNetwork trained = fit(network, 15);

        // Columns of unit variance that two latents explain: a Gaussian without latents stays below -6 * 1.42 nats.
        assertThat(untrained).isLessThan(-8);
        assertThat(meanElbo(trained)).isGreaterThan(untrained + 3);
    }

    @Test
    void stockParameterAveragingCannotTrainTheVaeOfDl4j() {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(42)
                .updater(new Adam(1e-2))
                .list()
                .layer(new VariationalAutoencoder.Builder()
                        .nIn(COLUMNS)
                        .nOut(2)
                        .encoderLayerSizes(16)
                        .decoderLayerSizes(16)
                        .activation(Activation.TANH)
                        .reconstructionDistribution(new GaussianReconstructionDistribution(Activation.IDENTITY))
                        .build())
                .build());
        network.init();
        float[] before = network.params().toFloatVector();

        assertThatThrownBy(() -> fit(network, 1)).hasMessageContaining("final layer is not an IOutputLayer");

        assertThat(network.params().toFloatVector()).isEqualTo(before);
    }

    private MultiLayerNetwork fit(MultiLayerNetwork network, int epochs) {
        ParameterAveragingTrainingMaster master = new ParameterAveragingTrainingMaster.Builder(2, BATCH)
                .batchSizePerWorker(BATCH)
                .averagingFrequency(5)
                .saveUpdater(true)
                .rngSeed(1)
                .build();
        SparkDl4jMultiLayer distributed = new SparkDl4jMultiLayer(spark, network, master);
        JavaRDD<DataSet> rows = spark.parallelize(batches, 2);
        for (int epoch = 0; epoch < epochs; epoch++) {
            distributed.fit(rows);
        }
        master.deleteTempFiles(spark);
        return distributed.getNetwork();
    }

    private double meanElbo(MultiLayerNetwork network) {
        double sum = 0;
        for (DataSet batch : batches) {
            sum -= network.score(batch);
        }
        return sum / batches.size();
    }

    /** Rows on a plane in six dimensions, with noise of standard deviation 0.1 and columns of about unit variance. */
    private static List<DataSet> batches() {
        Random random = new Random(11);
        double[][] loadings = new double[COLUMNS][2];
        for (double[] loading : loadings) {
            double angle = random.nextDouble() * 2 * Math.PI;
            loading[0] = Math.cos(angle);
            loading[1] = Math.sin(angle);
        }
        List<DataSet> batches = new ArrayList<>();
        for (int batch = 0; batch < BATCHES; batch++) {
            float[] rows = new float[BATCH * COLUMNS];
            for (int row = 0; row < BATCH; row++) {
                double first = random.nextGaussian();
                double second = random.nextGaussian();
                for (int column = 0; column < COLUMNS; column++) {
                    rows[row * COLUMNS + column] = (float)
                            (loadings[column][0] * first + loadings[column][1] * second + 0.1 * random.nextGaussian());
                }
            }
            batches.add(new DataSet(
                    Nd4j.createFromArray(rows).reshape(BATCH, COLUMNS),
                    Nd4j.createFromArray(rows).reshape(BATCH, COLUMNS)));
        }
        return batches;
    }
}
