package elbow.vae.layer;

import elbow.math.Activation;
import elbow.math.Blas;
import elbow.math.Blas.Destination;
import elbow.math.Blas.Transpose;
import elbow.math.FloatMemory;
import elbow.math.VectorLoops;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * activation(input x weights + bias). One product forward, two backward; everything else is one pass over tiles of
 * whole rows, with the bias repeated for each row of the tile.
 */
final class Dense implements Layer {
    private final ParameterBlock weightBlock;
    private final ParameterBlock biasBlock;
    private final Activation activation;
    private final Workspace workspace;
    private final int inputs;
    private final int outputs;
    private final int tileRows;
    private final float[] bias;
    private final float[] sums;
    private final FloatMemory output;
    private final @Nullable FloatMemory preactivation;

    private @Nullable FloatMemory weights;
    private @Nullable FloatMemory biasMemory;
    private @Nullable FloatMemory weightGradient;
    private @Nullable FloatMemory biasGradient;
    private @Nullable FloatMemory delta;

    Dense(String name, ParameterLayout layout, Activation activation, int maximumRows, Workspace workspace) {
        this.weightBlock = layout.block(ParameterLayout.weights(name));
        this.biasBlock = layout.block(ParameterLayout.bias(name));
        this.activation = activation;
        this.workspace = workspace;
        this.inputs = weightBlock.rows();
        this.outputs = weightBlock.columns();
        this.tileRows = Math.min(maximumRows, Workspace.rowsPerTile(outputs));
        this.bias = new float[tileRows * outputs];
        this.sums = new float[tileRows * outputs];
        this.output = FloatMemory.allocate((long) maximumRows * outputs);
        this.preactivation =
                activation.needsPreactivation() ? FloatMemory.allocate((long) maximumRows * outputs) : null;
    }

    @Override
    public void bind(FloatMemory parameters, FloatMemory gradients) {
        weights = parameters.slice(weightBlock.offset(), weightBlock.length());
        biasMemory = parameters.slice(biasBlock.offset(), biasBlock.length());
        weightGradient = gradients.slice(weightBlock.offset(), weightBlock.length());
        biasGradient = gradients.slice(biasBlock.offset(), biasBlock.length());
    }

    @Override
    public FloatMemory output() {
        return output;
    }

    @Override
    public void forward(int rows, FloatMemory input) {
        // The product adds to the biases: a BLAS that overwrites first writes zeros there.
        bound(biasMemory).get(0, bias, outputs);
        Workspace.repeatRow(bias, outputs, tileRows);
        for (int row = 0; row < rows; row += tileRows) {
            output.put(row * outputs, bias, Math.min(tileRows, rows - row) * outputs);
        }
        Blas.multiply(
                Transpose.NO,
                Transpose.NO,
                rows,
                outputs,
                inputs,
                input,
                bound(weights),
                output,
                Destination.ACCUMULATE);
        if (activation != Activation.IDENTITY) {
            activate(rows);
        }
    }

    @Override
    public void backward(int rows, FloatMemory input, FloatMemory outputGradient) {
        // The values of the output have served by now, so its memory takes the gradient before the activation.
        FloatMemory target = activation == Activation.IDENTITY ? outputGradient : output;
        delta = target;
        Arrays.fill(sums, 0f);
        for (int row = 0; row < rows; row += tileRows) {
            int count = Math.min(tileRows, rows - row) * outputs;
            backwardTile(row * outputs, count, outputGradient, target);
        }
        Workspace.sumRows(sums, outputs, tileRows, workspace.first);
        bound(biasGradient).put(0, sums, outputs);
        Blas.multiply(
                Transpose.YES,
                Transpose.NO,
                inputs,
                outputs,
                rows,
                input,
                target,
                bound(weightGradient),
                Destination.OVERWRITE);
    }

    @Override
    public void inputGradient(int rows, FloatMemory destination) {
        Blas.multiply(
                Transpose.NO,
                Transpose.YES,
                rows,
                inputs,
                outputs,
                bound(delta),
                bound(weights),
                destination,
                Destination.OVERWRITE);
    }

    @Override
    public void close() {
        output.close();
        if (preactivation != null) {
            preactivation.close();
        }
    }

    private void activate(int rows) {
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

    private void backwardTile(int offset, int count, FloatMemory outputGradient, FloatMemory target) {
        float[] gradient = workspace.first;
        outputGradient.get(offset, gradient, count);
        if (activation == Activation.IDENTITY) {
            VectorLoops.accumulate(gradient, sums, count);
            return;
        }
        float[] values = workspace.second;
        float[] arguments = workspace.third;
        float[] result = workspace.fourth;
        output.get(offset, values, count);
        if (preactivation != null) {
            preactivation.get(offset, arguments, count);
        }
        activation.backward(arguments, values, gradient, result, count);
        target.put(offset, result, count);
        VectorLoops.accumulate(result, sums, count);
    }

    private static FloatMemory bound(@Nullable FloatMemory memory) {
        if (memory == null) {
            throw new IllegalStateException("bind must come before forward, and backward before inputGradient");
        }
        return memory;
    }
}
