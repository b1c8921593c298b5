package elbow.vae.layer;

import elbow.math.Activation;
import elbow.math.Blas;
import elbow.math.Blas.Destination;
import elbow.math.Blas.Transpose;
import elbow.math.FloatMemory;
import org.jspecify.annotations.Nullable;

/**
 * The product for scoring: always over the same number of rows, with a rounding of a row that does not depend on the
 * row's place (away from the edges).
 *
 * <p>A BLAS computes a product in tiles, and tiles of different shapes round differently. With rows along the first
 * dimension of a column-major product they lie in the lanes of one vector register and are all treated alike; OpenBLAS
 * with rows along the second was seen to round rows 0-5 and 6-11 of every twelve differently. So the transposed result
 * is computed and turned round afterwards. Every matrix begins with a cache line, whatever the parameters' memory does:
 * a BLAS is free to round by the alignment of what it is given.
 */
final class PlaceIndependentProduct implements RowProduct {
    /** Features per tile: with a scoring network's rows the tile fits a first-level cache. */
    private static final int TILE_FEATURES = 8;

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
    private @Nullable FloatMemory weights;
    private @Nullable FloatMemory alignedWeights;

    PlaceIndependentProduct(int inputs, int outputs, Activation activation, int rows) {
        this.inputs = inputs;
        this.outputs = outputs;
        this.activation = activation;
        this.rows = rows;
        bias = new float[outputs];
        product = new float[TILE_FEATURES * rows];
        biased = new float[TILE_FEATURES * rows];
        activated = new float[TILE_FEATURES * rows];
        turned = new float[rows * outputs];
        transposed = FloatMemory.allocate((long) rows * outputs);
    }

    @Override
    public void bind(FloatMemory newWeights, FloatMemory newBias) {
        weights = aligned(newWeights);
        newBias.get(0, bias, outputs);
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

    @Override
    public void forward(int used, FloatMemory input, FloatMemory output, @Nullable FloatMemory preactivation) {
        multiply(Dense.bound(weights), input, transposed, rows, inputs, outputs);
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

    @Override
    public void keepAlike(boolean[] alike) {
        AlikePlaces.keep(alike, inputs, outputs);
    }

    @Override
    public void close() {
        if (alignedWeights != null) {
            alignedWeights.close();
        }
        transposed.close();
    }

    private void addBias(int from, float value) {
        for (int i = from; i < from + rows; i++) {
            biased[i] = product[i] + value;
        }
    }
}
