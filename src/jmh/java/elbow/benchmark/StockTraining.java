package elbow.benchmark;

import elbow.dl4j.VaeNetworks;
import elbow.vae.VaeSpec;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.spark.api.RDDTrainingApproach;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** DL4J's own parameter averaging at its best: minibatches exported to files, Adam's state averaged as well. */
final class StockTraining {
    private static final int REPLICAS = 2;

    private StockTraining() {}

    /** A plain autoencoder of the spec's layer sizes: dense layers, the last one with a loss. */
    static MultiLayerNetwork autoencoder(VaeSpec spec, boolean binary) {
        var layers = new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(new Adam(1e-3))
                .activation(Activation.TANH)
                .list();
        int width = spec.inputSize();
        for (int size : spec.encoderSizes()) {
            layers.layer(new DenseLayer.Builder().nIn(width).nOut(size).build());
            width = size;
        }
        layers.layer(new DenseLayer.Builder()
                .nIn(width)
                .nOut(spec.latentSize())
                .activation(Activation.IDENTITY)
                .build());
        width = spec.latentSize();
        for (int size : spec.decoderSizes()) {
            layers.layer(new DenseLayer.Builder().nIn(width).nOut(size).build());
            width = size;
        }
        layers.layer(new OutputLayer.Builder(binary ? LossFunction.XENT : LossFunction.MSE)
                .nIn(width)
                .nOut(spec.inputSize())
                .activation(binary ? Activation.SIGMOID : Activation.IDENTITY)
                .build());
        return initialised(new MultiLayerNetwork(layers.build()));
    }

    /** The VAE itself. */
    static MultiLayerNetwork vae(VaeSpec spec) {
        return VaeNetworks.create(spec, 1, new Adam(1e-3), 1, new float[spec.inputSize()]);
    }

    private static MultiLayerNetwork initialised(MultiLayerNetwork network) {
        network.init();
        return network;
    }

    /** Rows per second of a second pass over the rows: the first one exports them and warms up. */
    static double examplesPerSecond(
            JavaSparkContext spark,
            MultiLayerNetwork network,
            JavaRDD<DataSet> minibatches,
            long rows,
            int batch,
            int frequency,
            Path directory) {
        ParameterAveragingTrainingMaster master = new ParameterAveragingTrainingMaster.Builder(REPLICAS, batch)
                .batchSizePerWorker(batch)
                .averagingFrequency(frequency)
                .saveUpdater(true)
                .rngSeed(1)
                .exportDirectory(directory.toUri().toString())
                .rddTrainingApproach(RDDTrainingApproach.Export)
                .build();
        SparkDl4jMultiLayer distributed = new SparkDl4jMultiLayer(spark, network, master);
        distributed.fit(minibatches);
        long start = System.nanoTime();
        distributed.fit(minibatches);
        double seconds = (System.nanoTime() - start) * 1e-9;
        master.deleteTempFiles(spark);
        return rows / seconds;
    }

    /** Minibatches of a distributed data set, at random places as they come. */
    static JavaRDD<DataSet> minibatches(JavaRDD<float[]> rows, int batch) {
        return rows.mapPartitions(all -> new MinibatchIterator(all, batch));
    }

    /** The frequencies that are tried. */
    static List<Integer> frequencies() {
        return List.of(5, 25, 100);
    }
}
