package elbow.vae;

import elbow.base.Check;
import elbow.math.Activation;
import elbow.math.FloatMemory;
import elbow.math.KeyedNoise;
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
     * Sets the bias of the output layer so that the decoder starts at the data's means.
     *
     * @param columnMeans mean of each encoded column
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
        float[] values = new float[bias.columns()];
        int column = 0;
        int output = 0;
        for (LikelihoodGroup group : spec.likelihoods()) {
            for (int i = 0; i < group.columns(); i++) {
                float mean = columnMeans[column + i];
                Check.argument(Float.isFinite(mean), "columnMeans[" + (column + i) + "]", "be finite", mean);
                values[output + i] = group.likelihood().outputForMean(mean);
            }
            column += group.columns();
            output += group.columns() * group.likelihood().outputsPerColumn();
        }
        parameters.put(bias.offset(), values, values.length);
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
