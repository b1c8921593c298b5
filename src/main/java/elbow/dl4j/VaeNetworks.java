package elbow.dl4j;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.vae.Initialisation;
import elbow.vae.VaeSpec;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.learning.config.IUpdater;

/** Makes and takes apart DL4J networks that are one {@link VaeLayer}. */
public final class VaeNetworks {
    private VaeNetworks() {}

    /**
     * A network with initial parameters.
     *
     * @param spec what the VAE is
     * @param scoringSamples posterior samples per row when the network scores rows
     * @param updater the optimizer, with its learning rate
     * @param seed of the initial parameters and of all noise in training and scoring
     * @param columnMeans means of the encoded training columns, length {@code spec.inputSize()}: where the decoder's
     *     output starts, see {@link Initialisation#setOutputMeans}
     */
    public static MultiLayerNetwork create(
            VaeSpec spec, int scoringSamples, IUpdater updater, long seed, float[] columnMeans) {
        MultiLayerConfiguration configuration = new NeuralNetConfiguration.Builder()
                .seed(seed)
                .updater(updater)
                .list()
                .layer(new VaeLayer(spec, scoringSamples))
                .build();
        MultiLayerNetwork network = new MultiLayerNetwork(configuration);
        network.init();
        Initialisation.setOutputMeans(spec, columnMeans, NativeViews.of(network.params()));
        return network;
    }

    /**
     * The layer of a network that is one {@link VaeLayer}.
     *
     * @throws ElbowException of category MODEL if the network is anything else
     */
    public static VaeLayer layerOf(MultiLayerNetwork network) {
        if (network.getnLayers() == 1 && network.getLayer(0).conf().getLayer() instanceof VaeLayer layer) {
            return layer;
        }
        String first = network.getnLayers() == 0
                ? "nothing"
                : network.getLayer(0).conf().getLayer().getClass().getName();
        throw new ElbowException(
                ErrorCategory.MODEL,
                "network must be one VaeLayer, but has " + network.getnLayers() + " layers, the first a " + first);
    }

    /** A copy of the network's parameters, in the order of the kernel's layout. */
    public static float[] parametersOf(MultiLayerNetwork network) {
        return network.params().toFloatVector();
    }
}
