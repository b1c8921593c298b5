package elbow.dl4j;

import elbow.base.Check;
import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.math.BlasChoice;
import elbow.math.FloatMemory;
import elbow.vae.Initialisation;
import elbow.vae.OptimalVariances;
import elbow.vae.StartParameters;
import elbow.vae.VaeSpec;
import elbow.vae.input.RowBatch;
import java.util.Arrays;
import java.util.Optional;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.IUpdater;

/** Makes and takes apart DL4J networks that are one {@link VaeLayer}. */
public final class VaeNetworks {
    static {
        // Before ND4J loads its BLAS.
        BlasChoice.settle();
    }

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
     * Sets the pseudo-inputs of a network whose prior has some to rows to train on, see
     * {@link Initialisation#setPseudoInputs}. Without it they start as noise.
     *
     * @param rows encoded, complete or with gaps; those whose posteriors are to make up the prior at the start
     * @throws IllegalArgumentException if the rows do not fit the network, or its prior has no pseudo-inputs
     */
    public static void setPseudoInputs(MultiLayerNetwork network, RowBatch rows) {
        Initialisation.setPseudoInputs(layerOf(network).spec(), rows, NativeViews.of(network.params()));
    }

    /** Starts a network from the parameters of another one, as far as both have them. */
    public static void startFrom(MultiLayerNetwork network, StartParameters start) {
        start.putInto(layerOf(network).spec(), NativeViews.of(network.params()));
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

    /**
     * Measures a network's optimal variances on training rows, and stores them: what scores rows takes them, and
     * nothing else changes them. To be called when a network that has any was trained by DL4J itself; Elbow's own
     * training ends with it. Does nothing to other networks.
     *
     * @param rows encoded rows, as the network takes them: at best all that it was trained on
     */
    public static void measureVariances(MultiLayerNetwork network, INDArray rows) {
        VaeSpec spec = layerOf(network).spec();
        if (OptimalVariances.areIn(spec)) {
            OptimalVariances variances = new OptimalVariances(spec);
            ((VaeOutputLayer) network.getLayer(0)).addSquaredErrors(rows, variances);
            storeVariances(network, variances);
        }
    }

    /** Stores optimal variances that were measured. */
    public static void storeVariances(MultiLayerNetwork network, OptimalVariances variances) {
        variances.store(NativeViews.of(network.params()));
    }

    /**
     * Puts a network where a run stands: parameters, Adam moments and step count, so that DL4J's {@code fit} goes on
     * from there.
     *
     * @param parameters in the order of the kernel's layout
     * @param firstMoments as long as the parameters; null leaves the network's updater as it is
     * @param secondMoments likewise
     * @param steps minibatch steps that have led here
     */
    public static void setState(
            MultiLayerNetwork network,
            float[] parameters,
            float @Nullable [] firstMoments,
            float @Nullable [] secondMoments,
            long steps) {
        NativeViews.of(network.params()).put(0, parameters, parameters.length);
        if (firstMoments != null && secondMoments != null) {
            // DL4J's Adam keeps all first moments before all second ones.
            FloatMemory moments = NativeViews.of(network.getUpdater().getStateViewArray());
            Check.argument(
                    moments.length() == 2 * parameters.length,
                    "updater state's length",
                    "be twice that of the parameters",
                    moments.length());
            moments.put(0, firstMoments, firstMoments.length);
            moments.put(firstMoments.length, secondMoments, secondMoments.length);
        }
        int iterations = Math.toIntExact(Math.min(Integer.MAX_VALUE, steps));
        network.getLayerWiseConfigurations().setIterationCount(iterations);
        network.setIterationCount(iterations);
    }

    /**
     * The first and second Adam moments of a network, each as long as the parameters; empty without an Adam updater.
     */
    public static Optional<float[][]> momentsOf(MultiLayerNetwork network) {
        INDArray state = network.getUpdater().getStateViewArray();
        int length = (int) network.numParams();
        if (state == null || state.length() != 2L * length) {
            return Optional.empty();
        }
        float[] both = state.toFloatVector();
        return Optional.of(new float[][] {Arrays.copyOf(both, length), Arrays.copyOfRange(both, length, 2 * length)});
    }
}
