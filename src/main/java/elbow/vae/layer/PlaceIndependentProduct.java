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
 * is computed and turned round afterwards.
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
        weights = newWeights;
        newBias.get(0, bias, outputs);
    }

    @Override
    public void forward(int used, FloatMemory input, FloatMemory output, @Nullable FloatMemory preactivation) {
        Blas.multiply(
                Transpose.YES,
                Transpose.YES,
                outputs,
                rows,
                inputs,
                Dense.bound(weights),
                input,
                transposed,
                Destination.OVERWRITE);
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

    @Override
    public void markUnlike(boolean[] alike) {
        float[] values = transposed.toArray();
        for (int feature = 0; feature < outputs; feature++) {
            float middle = values[feature * rows + rows / 2];
            for (int row = 0; row < rows; row++) {
                alike[row] &= values[feature * rows + row] == middle;
            }
        }
    }

    @Override
    public void close() {
        transposed.close();
    }

    private void addBias(int from, float value) {
        for (int i = from; i < from + rows; i++) {
            biased[i] = product[i] + value;
        }
    }
}
