package elbow.ml;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntArrayParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/**
 * The network, its prior and its posterior: the section {@code model} of {@code reference.conf}. A setter checks
 * nothing by itself: values are checked together, before any row is read.
 *
 * @param <T> what has the params, and setters return
 */
public interface NetworkParams<T> extends Params {
    /** How encoder and decoder see an image: dense (a pixel is an input like any other) or convolutional. */
    default Param<String> network() {
        return SettingParams.text(this, "network");
    }

    /** Sets {@link #network}. */
    default T setNetwork(String value) {
        return SettingParams.set(this, network(), value);
    }

    /** The value of {@link #network}. */
    default String getNetwork() {
        return SettingParams.textOf(this, network());
    }

    /** Channels that each convolution of the encoder makes, from the image on; the decoder's go back the same way. */
    default IntArrayParam convolutionChannels() {
        return SettingParams.integers(this, "convolutionChannels");
    }

    /** Sets {@link #convolutionChannels}. */
    default T setConvolutionChannels(int... values) {
        return SettingParams.set(this, convolutionChannels(), values.clone());
    }

    /** The value of {@link #convolutionChannels}; empty: auto. */
    default Optional<List<Integer>> getConvolutionChannels() {
        return SettingParams.optionalInts(this, convolutionChannels());
    }

    /** Pixels of a patch's sides, from the largest stride to 64. */
    default IntParam convolutionKernel() {
        return SettingParams.integer(this, "convolutionKernel");
    }

    /** Sets {@link #convolutionKernel}. */
    default T setConvolutionKernel(int value) {
        return SettingParams.set(this, convolutionKernel(), value);
    }

    /** The value of {@link #convolutionKernel}. */
    default int getConvolutionKernel() {
        return SettingParams.intOf(this, convolutionKernel());
    }

    /**
     * Pixels from one patch to the next, for each convolution of the encoder; their product must divide height and
     * width.
     */
    default IntArrayParam convolutionStrides() {
        return SettingParams.integers(this, "convolutionStrides");
    }

    /** Sets {@link #convolutionStrides}. */
    default T setConvolutionStrides(int... values) {
        return SettingParams.set(this, convolutionStrides(), values.clone());
    }

    /** The value of {@link #convolutionStrides}; empty: auto. */
    default Optional<List<Integer>> getConvolutionStrides() {
        return SettingParams.optionalInts(this, convolutionStrides());
    }

    /** Dimensions of the latent space. */
    default IntParam latentSize() {
        return SettingParams.integer(this, "latentSize");
    }

    /** Sets {@link #latentSize}. */
    default T setLatentSize(int value) {
        return SettingParams.set(this, latentSize(), value);
    }

    /** The value of {@link #latentSize}; empty: auto. */
    default OptionalInt getLatentSize() {
        return SettingParams.optionalInt(this, latentSize());
    }

    /** Units of each hidden layer of the encoder, from the input or the last convolution on. */
    default IntArrayParam encoderSizes() {
        return SettingParams.integers(this, "encoderSizes");
    }

    /** Sets {@link #encoderSizes}. */
    default T setEncoderSizes(int... values) {
        return SettingParams.set(this, encoderSizes(), values.clone());
    }

    /** The value of {@link #encoderSizes}; empty: auto. */
    default Optional<List<Integer>> getEncoderSizes() {
        return SettingParams.optionalInts(this, encoderSizes());
    }

    /** Units of each hidden layer of the decoder, from the latent space on. */
    default IntArrayParam decoderSizes() {
        return SettingParams.integers(this, "decoderSizes");
    }

    /** Sets {@link #decoderSizes}. */
    default T setDecoderSizes(int... values) {
        return SettingParams.set(this, decoderSizes(), values.clone());
    }

    /** The value of {@link #decoderSizes}; empty: auto. */
    default Optional<List<Integer>> getDecoderSizes() {
        return SettingParams.optionalInts(this, decoderSizes());
    }

    /** Activation of the hidden layers: tanh, sigmoid, softplus, relu, leaky-relu, elu, gelu or silu. */
    default Param<String> activation() {
        return SettingParams.text(this, "activation");
    }

    /** Sets {@link #activation}. */
    default T setActivation(String value) {
        return SettingParams.set(this, activation(), value);
    }

    /** The value of {@link #activation}. */
    default String getActivation() {
        return SettingParams.textOf(this, activation());
    }

    /** Variance of the Gaussian likelihood. */
    default Param<String> variance() {
        return SettingParams.text(this, "variance");
    }

    /** Sets {@link #variance}. */
    default T setVariance(String value) {
        return SettingParams.set(this, variance(), value);
    }

    /** The value of {@link #variance}. */
    default String getVariance() {
        return SettingParams.textOf(this, variance());
    }

    /**
     * Lower bound of the Gaussian likelihood's variance, in standardised units; keeps constant columns from unbounded
     * densities.
     */
    default DoubleParam varianceFloor() {
        return SettingParams.number(this, "varianceFloor");
    }

    /** Sets {@link #varianceFloor}. */
    default T setVarianceFloor(double value) {
        return SettingParams.set(this, varianceFloor(), value);
    }

    /** The value of {@link #varianceFloor}. */
    default double getVarianceFloor() {
        return SettingParams.doubleOf(this, varianceFloor());
    }

    /**
     * How several layers of latents hang together: none (there is one layer), bottom-up (each layer is drawn given the
     * one below, from the data upwards) or ladder (the encoder goes all the way up, then each layer is drawn given the
     * one above and the encoder).
     */
    default Param<String> hierarchy() {
        return SettingParams.text(this, "hierarchy");
    }

    /** Sets {@link #hierarchy}. */
    default T setHierarchy(String value) {
        return SettingParams.set(this, hierarchy(), value);
    }

    /** The value of {@link #hierarchy}. */
    default String getHierarchy() {
        return SettingParams.textOf(this, hierarchy());
    }

    /** Latents of each layer above the lowest, from it upwards. */
    default IntArrayParam upperLatentSizes() {
        return SettingParams.integers(this, "upperLatentSizes");
    }

    /** Sets {@link #upperLatentSizes}. */
    default T setUpperLatentSizes(int... values) {
        return SettingParams.set(this, upperLatentSizes(), values.clone());
    }

    /** The value of {@link #upperLatentSizes}; empty: auto. */
    default Optional<List<Integer>> getUpperLatentSizes() {
        return SettingParams.optionalInts(this, upperLatentSizes());
    }

    /** Units of the hidden layers up to each layer of upper-latent-sizes, and down from it. */
    default IntArrayParam upperUnits() {
        return SettingParams.integers(this, "upperUnits");
    }

    /** Sets {@link #upperUnits}. */
    default T setUpperUnits(int... values) {
        return SettingParams.set(this, upperUnits(), values.clone());
    }

    /** The value of {@link #upperUnits}; empty: auto. */
    default Optional<List<Integer>> getUpperUnits() {
        return SettingParams.optionalInts(this, upperUnits());
    }

    /** How many hidden layers lie between two layers of latents, up and down each. */
    default IntParam upperHiddenLayers() {
        return SettingParams.integer(this, "upperHiddenLayers");
    }

    /** Sets {@link #upperHiddenLayers}. */
    default T setUpperHiddenLayers(int value) {
        return SettingParams.set(this, upperHiddenLayers(), value);
    }

    /** The value of {@link #upperHiddenLayers}. */
    default int getUpperHiddenLayers() {
        return SettingParams.intOf(this, upperHiddenLayers());
    }

    /**
     * Distribution of the latents before anything is known of a row, which what the posteriors of all rows add up to
     * should look like.
     */
    default Param<String> prior() {
        return SettingParams.text(this, "prior");
    }

    /** Sets {@link #prior}. */
    default T setPrior(String value) {
        return SettingParams.set(this, prior(), value);
    }

    /** The value of {@link #prior}. */
    default String getPrior() {
        return SettingParams.textOf(this, prior());
    }

    /** Gaussians of the mixture, or pseudo-inputs. */
    default IntParam priorComponents() {
        return SettingParams.integer(this, "priorComponents");
    }

    /** Sets {@link #priorComponents}. */
    default T setPriorComponents(int value) {
        return SettingParams.set(this, priorComponents(), value);
    }

    /** The value of {@link #priorComponents}; empty: auto. */
    default OptionalInt getPriorComponents() {
        return SettingParams.optionalInt(this, priorComponents());
    }

    /** Affine couplings of the flow; two change every latent once. */
    default IntParam priorCouplings() {
        return SettingParams.integer(this, "priorCouplings");
    }

    /** Sets {@link #priorCouplings}. */
    default T setPriorCouplings(int value) {
        return SettingParams.set(this, priorCouplings(), value);
    }

    /** The value of {@link #priorCouplings}. */
    default int getPriorCouplings() {
        return SettingParams.intOf(this, priorCouplings());
    }

    /** Hidden units of each coupling's network, and of the conditional prior's. */
    default IntParam priorUnits() {
        return SettingParams.integer(this, "priorUnits");
    }

    /** Sets {@link #priorUnits}. */
    default T setPriorUnits(int value) {
        return SettingParams.set(this, priorUnits(), value);
    }

    /** The value of {@link #priorUnits}. */
    default int getPriorUnits() {
        return SettingParams.intOf(this, priorUnits());
    }

    /** Distribution of the latents of a row. */
    default Param<String> posterior() {
        return SettingParams.text(this, "posterior");
    }

    /** Sets {@link #posterior}. */
    default T setPosterior(String value) {
        return SettingParams.set(this, posterior(), value);
    }

    /** The value of {@link #posterior}. */
    default String getPosterior() {
        return SettingParams.textOf(this, posterior());
    }

    /** Steps of the posterior's flow. */
    default IntParam posteriorSteps() {
        return SettingParams.integer(this, "posteriorSteps");
    }

    /** Sets {@link #posteriorSteps}. */
    default T setPosteriorSteps(int value) {
        return SettingParams.set(this, posteriorSteps(), value);
    }

    /** The value of {@link #posteriorSteps}; empty: auto. */
    default OptionalInt getPosteriorSteps() {
        return SettingParams.optionalInt(this, posteriorSteps());
    }

    /** Hidden units of each step's network, and values of context that the encoder gives it, for iaf. */
    default IntParam posteriorUnits() {
        return SettingParams.integer(this, "posteriorUnits");
    }

    /** Sets {@link #posteriorUnits}. */
    default T setPosteriorUnits(int value) {
        return SettingParams.set(this, posteriorUnits(), value);
    }

    /** The value of {@link #posteriorUnits}. */
    default int getPosteriorUnits() {
        return SettingParams.intOf(this, posteriorUnits());
    }
}
