package elbow.vae;

import elbow.base.Check;
import elbow.math.Activation;
import elbow.math.FloatMemory;
import elbow.math.KeyedNoise;
import elbow.vae.layer.ParameterBlock;
import elbow.vae.layer.ParameterLayout;
import elbow.vae.likelihood.Likelihood;
import elbow.vae.likelihood.LikelihoodGroup;
import java.util.Arrays;
import java.util.List;

/** Starting values of the parameters. */
public final class Initialisation {
    /** Weights of the log-variances start this much smaller: the posterior starts near the prior's width. */
    private static final float LOG_VARIANCE_FACTOR = 0.1f;

    private Initialisation() {}

    /**
     * Fills {@code parameters}: uniform weights with the variance of Glorot and Bengio (AISTATS 2010), or of He et al.
     * (ICCV 2015) for layers with a rectifying activation; biases and free parameters of likelihoods 0. The values
     * depend on the spec's sizes and the seed alone, on every platform.
     *
     * @throws IllegalArgumentException if {@code parameters} is not as long as the layout
     */
    public static void initialise(VaeSpec spec, long seed, FloatMemory parameters) {
        ParameterLayout layout = ParameterLayout.of(spec);
        requireLength(layout, parameters);
        parameters.clear();
        long key = NoiseStream.INITIALISATION.key(seed, 0);
        List<ParameterBlock> blocks = layout.blocks();
        for (int index = 0; index < blocks.size(); index++) {
            ParameterBlock block = blocks.get(index);
            if (block.kind() == ParameterBlock.Kind.WEIGHTS) {
                weights(spec, block, key, index, parameters);
            }
        }
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
        ParameterLayout layout = ParameterLayout.of(spec);
        requireLength(layout, parameters);
        Check.argument(
                columnMeans.length == spec.inputSize(),
                "columnMeans' length",
                "be " + spec.inputSize(),
                columnMeans.length);
        ParameterBlock bias = layout.block(ParameterLayout.bias(ParameterLayout.OUTPUT));
        for (int column = 0; column < columnMeans.length; column++) {
            float mean = columnMeans[column];
            Check.argument(Float.isFinite(mean), "columnMeans[" + column + "]", "be finite", mean);
        }
        int column = 0;
        int output = bias.offset();
        for (int index = 0; index < spec.likelihoods().size(); index++) {
            LikelihoodGroup group = spec.likelihoods().get(index);
            float[] means = Arrays.copyOfRange(columnMeans, column, column + group.columns());
            start(group, index, means, layout, output, parameters);
            column += group.columns();
            output += group.outputs();
        }
    }

    private static void start(
            LikelihoodGroup group,
            int index,
            float[] means,
            ParameterLayout layout,
            int output,
            FloatMemory parameters) {
        Likelihood likelihood = group.likelihood();
        float[][] outputs = new float[likelihood.outputPlanes()][group.planeWidth()];
        float[][] free = new float[likelihood.freeParameters().size()][];
        for (int plane = 0; plane < free.length; plane++) {
            free[plane] = new float
                    [layout.block(ParameterLayout.likelihoodName(index, plane)).columns()];
        }
        likelihood.start(means, outputs, free);
        for (int plane = 0; plane < outputs.length; plane++) {
            parameters.put(output + plane * group.planeWidth(), outputs[plane], group.planeWidth());
        }
        for (int plane = 0; plane < free.length; plane++) {
            int at = layout.block(ParameterLayout.likelihoodName(index, plane)).offset();
            parameters.put(at, free[plane], free[plane].length);
        }
    }

    private static void weights(VaeSpec spec, ParameterBlock block, long key, int index, FloatMemory parameters) {
        boolean posterior = block.name().equals(ParameterLayout.weights(ParameterLayout.POSTERIOR));
        boolean linear = posterior || block.name().equals(ParameterLayout.weights(ParameterLayout.OUTPUT));
        double variance =
                !linear && rectifies(spec.activation()) ? 2.0 / block.rows() : 2.0 / (block.rows() + block.columns());
        // Uniform on [-limit, limit] has variance limit^2 / 3.
        double limit = Math.sqrt(3 * variance);
        int columns = block.columns();
        float[] row = new float[columns];
        int[] bits = new int[columns + 3];
        for (int r = 0; r < block.rows(); r++) {
            KeyedNoise.bits(key, r, index, columns, bits);
            for (int c = 0; c < columns; c++) {
                row[c] = (float) (limit * (2 * KeyedNoise.uniform(bits[c]) - 1));
                if (posterior && c >= spec.latentSize()) {
                    row[c] *= LOG_VARIANCE_FACTOR;
                }
            }
            parameters.put(block.offset() + r * columns, row, columns);
        }
    }

    private static boolean rectifies(Activation activation) {
        return switch (activation) {
            case IDENTITY, TANH, SIGMOID, SOFTPLUS -> false;
            case RELU, LEAKY_RELU, ELU, GELU, SILU -> true;
        };
    }

    private static void requireLength(ParameterLayout layout, FloatMemory parameters) {
        Check.argument(
                parameters.length() == layout.length(),
                "parameters' length",
                "be " + layout.length(),
                parameters.length());
    }
}
