package elbow.vae;

import elbow.base.Check;
import elbow.math.FloatMemory;
import elbow.math.noise.NoiseStream;
import elbow.vae.input.InputLoader;
import elbow.vae.input.InputTransform;
import elbow.vae.input.RowBatch;
import elbow.vae.input.RowSpec;
import elbow.vae.layer.ParameterBlock;
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
        layout.requireLength("parameters", parameters.length());
        Check.argument(
                columnMeans.length == spec.inputSize(),
                "columnMeans' length",
                "be " + spec.inputSize(),
                columnMeans.length);
        for (int column = 0; column < columnMeans.length; column++) {
            float mean = columnMeans[column];
            Check.argument(Float.isFinite(mean), "columnMeans[" + column + "]", "be finite", mean);
        }
        LikelihoodHead.start(spec.likelihoods(), columnMeans, NetworkParts.outputBias(layout), layout, parameters);
    }

    /**
     * Sets the pseudo-inputs of a prior that has some to rows, as the encoder sees them without binarisation:
     * pseudo-input k to row k, beginning anew after the last row. Where a value is missing they have what the encoder
     * has then.
     *
     * @param rows at least one
     * @throws IllegalArgumentException if the rows do not fit the spec, or its prior has no pseudo-inputs
     */
    public static void setPseudoInputs(VaeSpec spec, RowBatch rows, FloatMemory parameters) {
        ParameterLayout layout = spec.layout();
        layout.requireLength("parameters", parameters.length());
        Check.argument(
                spec.pseudoInputs() > 0,
                "prior",
                "be one of pseudo-inputs",
                spec.prior().type());
        Check.positive("rows of the batch", rows.count());
        Check.argument(
                rows.columns() == spec.inputSize(), "columns of the batch", "be " + spec.inputSize(), rows.columns());
        RowSpec plain =
                new RowSpec(spec.row().groups(), InputTransform.NONE, spec.row().missingColumns());
        ParameterBlock block = NetworkParts.pseudoInputs(layout);
        int width = block.columns();
        float[] row = new float[width];
        try (FloatMemory values = FloatMemory.allocate((long) rows.count() * rows.columns());
                FloatMemory seen = FloatMemory.allocate((long) rows.count() * width)) {
            FloatMemory encoderInput = plain.isSharedByEncoder() ? values : seen;
            new InputLoader(plain, values, encoderInput).load(rows, 0, rows.count(), 0);
            for (int k = 0; k < block.rows(); k++) {
                encoderInput.get(k % rows.count() * width, row, width);
                parameters.put(block.offset() + k * width, row, width);
            }
        }
    }
}
