package elbow.vae.layer;

import elbow.math.Activation;
import elbow.math.FloatMemory;
import elbow.math.noise.KeyedNoise;

/** Where the values of a parameter block start. */
public sealed interface Start {
    /** At 0. */
    Start ZERO = new Zero();

    /**
     * Weights of a layer before {@code activation}: uniform with the variance of He et al. (ICCV 2015) before a
     * rectifying one, else of Glorot and Bengio (AISTATS 2010).
     */
    static Uniform weights(int inputs, int outputs, Activation activation) {
        double variance = rectifies(activation) ? 2.0 / inputs : 2.0 / (inputs + outputs);
        return new Uniform(variance, outputs, 1);
    }

    /**
     * Writes the values.
     *
     * @param noise number of the block among the network's
     */
    void fill(ParameterBlock block, long noiseKey, int noise, FloatMemory parameters);

    /** All values 0. */
    record Zero() implements Start {
        @Override
        public void fill(ParameterBlock block, long noiseKey, int noise, FloatMemory parameters) {
            // Memory starts at 0.
        }
    }

    /**
     * Uniform around 0.
     *
     * @param variance of each value
     * @param firstScaled from this column on values are multiplied by {@code factor}
     */
    record Uniform(double variance, int firstScaled, float factor) implements Start {
        /** These, from a column on smaller or larger. */
        public Uniform scaledFrom(int column, float by) {
            return new Uniform(variance, column, by);
        }

        @Override
        public void fill(ParameterBlock block, long noiseKey, int noise, FloatMemory parameters) {
            // Uniform on [-limit, limit] has variance limit^2 / 3.
            double limit = Math.sqrt(3 * variance);
            int columns = block.columns();
            float[] row = new float[columns];
            int[] bits = new int[columns + KeyedNoise.WORDS - 1];
            for (int r = 0; r < block.rows(); r++) {
                KeyedNoise.bits(noiseKey, r, noise, columns, bits);
                for (int c = 0; c < columns; c++) {
                    row[c] = (float) (limit * (2 * KeyedNoise.uniform(bits[c]) - 1));
                    if (c >= firstScaled) {
                        row[c] *= factor;
                    }
                }
                parameters.put(block.offset() + r * columns, row, columns);
            }
        }
    }

    private static boolean rectifies(Activation activation) {
        return switch (activation) {
            case IDENTITY, TANH, SIGMOID, SOFTPLUS -> false;
            case RELU, LEAKY_RELU, ELU, GELU, SILU -> true;
        };
    }
}
