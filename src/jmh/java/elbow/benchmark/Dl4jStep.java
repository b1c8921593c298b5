package elbow.benchmark;

import java.util.List;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.variational.BernoulliReconstructionDistribution;
import org.deeplearning4j.nn.conf.layers.variational.GaussianReconstructionDistribution;
import org.deeplearning4j.nn.conf.layers.variational.ReconstructionDistribution;
import org.deeplearning4j.nn.conf.layers.variational.VariationalAutoencoder;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

/** DL4J's own variational autoencoder layer, trained by {@code pretrainLayer}. */
final class Dl4jStep implements Step {
    private final MultiLayerNetwork network;
    private final INDArray features;

    Dl4jStep(Workload workload) {
        ReconstructionDistribution distribution = workload.bernoulli()
                ? new BernoulliReconstructionDistribution(Activation.SIGMOID)
                : new GaussianReconstructionDistribution(Activation.IDENTITY);
        MultiLayerConfiguration configuration = new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(new Adam(1e-4))
                .list()
                .layer(new VariationalAutoencoder.Builder()
                        .nIn(workload.spec().inputSize())
                        .nOut(workload.spec().latentSize())
                        .encoderLayerSizes(sizes(workload.spec().encoderSizes()))
                        .decoderLayerSizes(sizes(workload.spec().decoderSizes()))
                        .activation(Activation.TANH)
                        .pzxActivationFunction(Activation.IDENTITY)
                        .reconstructionDistribution(distribution)
                        .numSamples(workload.samples())
                        .build())
                .build();
        network = new MultiLayerNetwork(configuration);
        network.init();
        features = Nd4j.createFromArray(workload.rows())
                .reshape(workload.batch(), workload.spec().inputSize());
    }

    @Override
    public void run() {
        network.pretrainLayer(0, features);
    }

    @Override
    public void close() {
        // Its arrays belong to workspaces and are freed with them.
    }

    private static int[] sizes(List<Integer> sizes) {
        return sizes.stream().mapToInt(Integer::intValue).toArray();
    }
}
