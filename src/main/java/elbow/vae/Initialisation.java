package elbow.vae;

import elbow.base.Check;
import elbow.math.FloatMemory;
import elbow.math.noise.NoiseStream;
import elbow.vae.layer.ParameterLayout;
import elbow.vae.likelihood.LikelihoodHead;

/** Starting values of the parameters. */
public final class Initialisation {
    private Initialisation() {}

    /**
     * Fills {@code parameters} with the starts that the spec's parts declare: see {@link elbow.vae.layer.Start}. The
     * values depend on the parts and the seed alone, and are the same on every platform.
     *
     * @throws IllegalArgumentException if {@code parameters} is not as long as the layout
     */
    public static void initialise(VaeSpec spec, long seed, FloatMemory parameters) {
        spec.layout().start(NoiseStream.INITIALISATION.key(seed, 0), parameters);
    }

    /**
     * Sets the bias of the output layer and the likelihoods' free parameters so that the decoder starts at the data's
     * means: logits at log-odds, categories at their frequencies, counts at their mean.
     *
     * @param columnMeans mean of each encoded column over the rows that have it, for
     *     {@link elbow.vae.likelihood.LogNormal} of its logarithm
     * @throws IllegalArgumentException if there is not one finite mean for each column
     */
    public static void setOutputMeans(VaeSpec spec, float[] columnMeans, FloatMemory parameters) {
        ParameterLayout layout = spec.layout();
        Check.argument(
                parameters.length() == layout.length(),
                "parameters' length",
                "be " + layout.length(),
                parameters.length());
        Check.argument(
                columnMeans.length == spec.inputSize(),
                "columnMeans' length",
                "be " + spec.inputSize(),
                columnMeans.length);
        for (int column = 0; column < columnMeans.length; column++) {
            float mean = columnMeans[column];
            Check.argument(Float.isFinite(mean), "columnMeans[" + column + "]", "be finite", mean);
        }
        LikelihoodHead.start(spec.likelihoods(), columnMeans, Network.outputBias(layout), layout, parameters);
    }
}
