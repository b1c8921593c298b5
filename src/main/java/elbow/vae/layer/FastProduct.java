package elbow.vae.layer;

import elbow.math.Activation;
import elbow.math.Blas.Destination;
import elbow.math.Blas.Transpose;
import elbow.math.FloatMemory;
import org.jspecify.annotations.Nullable;

/**
 * The product as a BLAS makes it fastest, over any number of rows: how a row is rounded may depend on its place and on
 * the number of rows. Bias and activation are one pass each over tiles of whole rows.
 */
final class FastProduct implements RowProduct {
    private final int inputs;
    private final int outputs;
    private final Activation activation;
    private final int tileRows;
    private final Workspace workspace;
    private final float[] biases;
    private @Nullable FloatMemory weights;
    private @Nullable FloatMemory bias;

    FastProduct(int inputs, int outputs, Activation activation, int maximumRows, Workspace workspace) {
        this.inputs = inputs;
        this.outputs = outputs;
        this.activation = activation;
        this.workspace = workspace;
        tileRows = Math.min(maximumRows, Workspace.rowsPerTile(outputs));
        biases = new float[tileRows * outputs];
    }

    @Override
    public void bind(FloatMemory newWeights, FloatMemory newBias) {
        weights = newWeights;
        bias = newBias;
    }

    @Override
    public void forward(int rows, FloatMemory input, FloatMemory output, @Nullable FloatMemory preactivation) {
        // The product adds to the biases: a BLAS that overwrites first writes zeros there.
        Dense.bound(bias).get(0, biases, outputs);
        Workspace.repeatRow(biases, outputs, tileRows);
        for (int row = 0; row < rows; row += tileRows) {
            output.put(row * outputs, biases, Math.min(tileRows, rows - row) * outputs);
        }
        workspace.products.multiply(
                Transpose.NO,
                Transpose.NO,
                rows,
                outputs,
                inputs,
                input,
                Dense.bound(weights),
                output,
                Destination.ACCUMULATE);
        if (activation != Activation.IDENTITY) {
            activate(rows, output, preactivation);
        }
    }

    private void activate(int rows, FloatMemory output, @Nullable FloatMemory preactivation) {
        float[] arguments = workspace.first;
        float[] activated = workspace.second;
        for (int row = 0; row < rows; row += tileRows) {
            int offset = row * outputs;
            int count = Math.min(tileRows, rows - row) * outputs;
            output.get(offset, arguments, count);
            activation.forward(arguments, activated, count);
            output.put(offset, activated, count);
            if (preactivation != null) {
                preactivation.put(offset, arguments, count);
            }
        }
    }

    @Override
    public void keepAlike(boolean[] alike) {
        throw new IllegalStateException("places are looked at in scoring only");
    }

    @Override
    public void close() {
        // Has no memory of its own off the heap.
    }
}
