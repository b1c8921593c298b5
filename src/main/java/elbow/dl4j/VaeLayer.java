package elbow.dl4j;

import elbow.base.Check;
import elbow.math.BlasChoice;
import elbow.vae.VaeScorer;
import elbow.vae.VaeSpec;
import elbow.vae.VaeSpecJson;
import elbow.vae.layer.ParameterLayout;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.nn.conf.memory.MemoryReport;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * A variational autoencoder (Kingma and Welling 2014) as the only layer of a {@code MultiLayerNetwork}; DL4J's
 * configuration class of it.
 *
 * <pre>{@code
 * new NeuralNetConfiguration.Builder().seed(42).updater(new Adam(1e-3)).list()
 *         .layer(new VaeLayer(spec, 16))
 *         .build()
 * }</pre>
 *
 * <p>The network's input is a matrix of shape [rows, spec.inputSize()], {@code FLOAT}, encoded as
 * {@link elbow.vae.likelihood.Likelihood} says; NaN for a missing value in the spec's missing columns (in the first
 * column of a category that is missing), and nowhere else. Labels are not looked at, but DL4J's {@code fit} counts its
 * rows by them: give it the features again, {@code new DataSet(rows, rows)}. Its loss is the mean over the rows of
 * {@code negativeElbo} in nats with the objective's modifiers, its {@code output} the expected value of every column at
 * the posterior mean, and {@code scoreExamples} gives each row's negative ELBO, all constants in it: what Elbow's
 * {@code score} command writes, with the sign turned.
 *
 * <p>A likelihood with an optimal variance trains with that of each minibatch; scores take the variance that
 * {@link VaeNetworks#measureVariances} measures, to be called once after {@code fit}.
 *
 * <p>A program whose first use of ND4J is a builder or an array calls {@link BlasChoice#settle} before it: the BLAS
 * that ND4J has loaded stays.
 *
 * <p>All parameters are one vector, {@value VaeParameters#KEY}, which {@link ParameterLayout} divides. So DL4J's l1,
 * l2, weight decay, weight noise and dropout, which go by parameter name, do not apply and are refused.
 */
public final class VaeLayer extends FeedForwardLayer {
    private static final long serialVersionUID = 1L;

    static {
        // Before ND4J loads its BLAS.
        BlasChoice.settle();
    }

    // DL4J's JSON goes by bean properties; these two are written as they stand.
    @JsonProperty
    private String spec;

    @JsonProperty
    private int scoringSamples;

    private transient @Nullable VaeSpec parsedSpec;

    /**
     * @param spec what the VAE is
     * @param scoringSamples posterior samples per row when scoring, 0 to {@link VaeScorer#MOST_SAMPLES}; 0 scores at
     *     the posterior mean
     */
    public VaeLayer(VaeSpec spec, int scoringSamples) {
        Check.argument(
                scoringSamples >= 0 && scoringSamples <= VaeScorer.MOST_SAMPLES,
                "scoringSamples",
                "lie in 0.." + VaeScorer.MOST_SAMPLES,
                scoringSamples);
        this.spec = VaeSpecJson.write(spec).toString();
        this.scoringSamples = scoringSamples;
        this.nIn = spec.inputSize();
        this.nOut = spec.inputSize();
        this.activationFn = new ActivationIdentity();
    }

    /**
     * Requires that rows can be scored with so many posterior samples.
     *
     * @param name a {@link elbow.base.Parameter}, or the key of a setting
     * @throws elbow.base.ElbowException of category USAGE if they cannot
     */
    public static void requireSamples(Object name, int samples) {
        Check.usage(samples >= 0, name, "be at least 0", samples);
        Check.usage(samples <= VaeScorer.MOST_SAMPLES, name, "be at most " + VaeScorer.MOST_SAMPLES, samples);
    }

    private VaeLayer(String spec, int scoringSamples) {
        this(VaeSpecJson.read("spec of VaeLayer", spec), scoringSamples);
        this.spec = spec;
    }

    /** A layer whose spec stays written as it is, in the words of whichever version wrote it. */
    static VaeLayer ofSpec(String spec, int scoringSamples) {
        return new VaeLayer(spec, scoringSamples);
    }

    /** For DL4J's JSON parser, which sets the fields. */
    @SuppressWarnings("unused")
    private VaeLayer() {
        this.spec = "";
    }

    /** What the VAE is. */
    public VaeSpec spec() {
        if (parsedSpec == null) {
            parsedSpec = VaeSpecJson.read("spec of VaeLayer", spec);
        }
        return parsedSpec;
    }

    /** Posterior samples per row when scoring; 0 scores at the posterior mean. */
    public int scoringSamples() {
        return scoringSamples;
    }

    /** Whether the KL divergence of its scores is in closed form; else it is a mean over samples. */
    public boolean hasClosedKl() {
        return spec().hasClosedKl();
    }

    /**
     * @throws IllegalArgumentException if the network has another layer, another data type than {@code FLOAT}, or
     *     settings that cannot apply to this layer
     */
    @Override
    public Layer instantiate(
            NeuralNetConfiguration configuration,
            @Nullable Collection<TrainingListener> listeners,
            int layerIndex,
            INDArray parametersView,
            boolean initializeParameters,
            DataType networkDataType) {
        Check.argument(layerIndex == 0, "index of VaeLayer in the network", "be 0 (it is the only layer)", layerIndex);
        Check.argument(
                networkDataType == DataType.FLOAT, "data type of a VaeLayer network", "be FLOAT", networkDataType);
        refuseWhatCannotApply();
        VaeOutputLayer layer = new VaeOutputLayer(configuration, networkDataType);
        layer.setListeners(listeners);
        layer.setIndex(layerIndex);
        layer.setParamsViewArray(parametersView);
        Map<String, INDArray> table = initializer().init(configuration, parametersView, initializeParameters);
        layer.setParamTable(table);
        layer.setConf(configuration);
        return layer;
    }

    private void refuseWhatCannotApply() {
        boolean regularized = (regularization != null && !regularization.isEmpty())
                || (regularizationBias != null && !regularizationBias.isEmpty());
        Check.argument(!regularized, "regularization of VaeLayer", "be empty", regularization);
        Check.argument(iDropout == null, "dropout of VaeLayer", "be absent", iDropout);
        Check.argument(weightNoise == null, "weight noise of VaeLayer", "be absent", weightNoise);
    }

    @Override
    public ParamInitializer initializer() {
        return VaeParameters.INSTANCE;
    }

    @Override
    public @Nullable List<Regularization> getRegularizationByParam(String parameter) {
        return null;
    }

    @Override
    public boolean isPretrainParam(String parameter) {
        return false;
    }

    @Override
    public LayerMemoryReport getMemoryReport(InputType inputType) {
        long parameters = spec().layout().length();
        long updaterState = iUpdater == null ? 0 : iUpdater.stateSize(parameters);
        return new LayerMemoryReport.Builder(getLayerName(), VaeLayer.class, inputType, inputType)
                .standardMemory(parameters, updaterState)
                .workingMemory(0, 0, 0, 0)
                .cacheMemory(MemoryReport.CACHE_MODE_ALL_ZEROS, MemoryReport.CACHE_MODE_ALL_ZEROS)
                .build();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof VaeLayer that
                && super.equals(that)
                && spec.equals(that.spec)
                && scoringSamples == that.scoringSamples;
    }

    @Override
    protected boolean canEqual(@Nullable Object other) {
        return other instanceof VaeLayer;
    }

    @Override
    public int hashCode() {
        return Objects.hash(super.hashCode(), spec, scoringSamples);
    }

    @Override
    public VaeLayer clone() {
        return (VaeLayer) super.clone();
    }
}
