package elbow.vae;

import elbow.math.Activation;
import elbow.math.Blas;
import elbow.math.Blas.Destination;
import elbow.math.Blas.Transpose;
import elbow.math.FloatMemory;
import org.jspecify.annotations.Nullable;

/**
 * activation(input x weights + bias) for scoring: the same function as {@link Dense} forward, over a fixed number of
 * rows, with a product whose rounding of a row does not depend on the row's place (away from the edges of the block).
 *
 * <p>A BLAS computes a product in tiles, and tiles of different shapes round differently. With rows along the first
 * dimension of a column-major product they lie in the lanes of one vector register and are all treated alike; OpenBLAS
 * with rows along the second was seen to round rows 0-5 and 6-11 of every twelve differently. So the transposed result
 * is computed and turned round afterwards. Every matrix begins with a cache line, whatever the parameters' memory does:
 * a BLAS is free to round by the alignment of what it is given.
 */
final class BlockDense implements AutoCloseable {
    /** Features per tile: with the rows of a block the tile fits a first-level cache. */
    private static final int TILE_FEATURES = 8;

    private final ParameterBlock weightBlock;
    private final ParameterBlock biasBlock;
    private final Activation activation;
    private final int rows;
    private final int inputs;
    private final int outputs;
    private final float[] bias;
    private final float[] product;
    private final float[] biased;
    private final float[] activated;
    private final float[] turned;
    private final FloatMemory transposed;
    private final FloatMemory output;
    private @Nullable FloatMemory weights;
    private @Nullable FloatMemory alignedWeights;

    BlockDense(String name, ParameterLayout layout, Activation activation, int rows) {
        weightBlock = layout.block(ParameterLayout.weights(name));
        biasBlock = layout.block(ParameterLayout.bias(name));
        this.activation = activation;
        this.rows = rows;
        inputs = weightBlock.rows();
        outputs = weightBlock.columns();
        bias = new float[outputs];
        product = new float[TILE_FEATURES * rows];
        biased = new float[TILE_FEATURES * rows];
        activated = new float[TILE_FEATURES * rows];
        turned = new float[rows * outputs];
        transposed = FloatMemory.allocate((long) rows * outputs);
        output = FloatMemory.allocate((long) rows * outputs);
    }

    void bind(FloatMemory parameters) {
        weights = aligned(parameters.slice(weightBlock.offset(), weightBlock.length()));
        parameters.get(biasBlock.offset(), bias, outputs);
    }

    private FloatMemory aligned(FloatMemory values) {
        if (values.isAligned()) {
            return values;
        }
        if (alignedWeights == null) {
            alignedWeights = FloatMemory.allocate(values.length());
        }
        alignedWeights.put(values);
        return alignedWeights;
    }

    FloatMemory output() {
        return output;
    }

    void forward(FloatMemory input) {
        if (weights == null) {
            throw new IllegalStateException("bind must come before forward");
        }
        multiply(weights, input, transposed, rows, inputs, outputs);
        for (int feature = 0; feature < outputs; feature += TILE_FEATURES) {
            int features = Math.min(TILE_FEATURES, outputs - feature);
            int count = features * rows;
            transposed.get(feature * rows, product, count);
            for (int f = 0; f < features; f++) {
                addBias(f * rows, bias[feature + f]);
            }
            activation.forward(biased, activated, count);
            for (int row = 0; row < rows; row++) {
                int to = row * outputs + feature;
                for (int f = 0; f < features; f++) {
                    turned[to + f] = activated[f * rows + row];
                }
            }
        }
        output.put(0, turned, rows * outputs);
    }

    /** The product, of a block of inputs with the weights as they are stored: outputs x rows. */
    static void multiply(
            FloatMemory weights, FloatMemory input, FloatMemory transposed, int rows, int inputs, int outputs) {
        Blas.multiply(
                Transpose.YES, Transpose.YES, outputs, rows, inputs, weights, input, transposed, Destination.OVERWRITE);
    }

    /** As {@link AlikePlaces#keep}, for this layer's product. */
    void keepAlike(boolean[] alike) {
        AlikePlaces.keep(alike, inputs, outputs);
    }

    @Override
    public void close() {
        if (alignedWeights != null) {
            alignedWeights.close();
        }
        transposed.close();
        output.close();
    }

    private void addBias(int from, float value) {
        for (int i = from; i < from + rows; i++) {
            biased[i] = product[i] + value;
        }
    }
}
