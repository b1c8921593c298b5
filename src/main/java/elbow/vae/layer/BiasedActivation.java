package elbow.vae.layer;

import elbow.math.Activation;
import elbow.math.FloatMemory;
import elbow.math.VectorLoops;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * activation(x + bias) of rows in place, and its gradient: one pass over tiles of whole rows. A row is what the bias is
 * as wide as.
 */
final class BiasedActivation {
    private final Activation activation;
    private final int width;
    private final int tileRows;
    private final Workspace workspace;
    private final float[] sums;

    /** @param maximumRows of that width */
    BiasedActivation(Activation activation, int width, long maximumRows, LayerContext context) {
        this.activation = activation;
        this.width = width;
        tileRows = (int) Math.min(maximumRows, Workspace.rowsPerTile(width));
        workspace = context.workspace();
        sums = new float[context.trains() ? tileRows * width : 0];
    }

    /**
     * Adds the bias to rows of {@code values} and applies the activation.
     *
     * @param preactivation takes the activation's arguments; null if nobody asks for them
     */
    void forward(int rows, FloatMemory bias, FloatMemory values, @Nullable FloatMemory preactivation) {
        float[] biases = workspace.first;
        float[] plain = workspace.second;
        float[] arguments = workspace.third;
        float[] activated = workspace.fourth;
        bias.get(0, biases, width);
        Workspace.repeatRow(biases, width, tileRows);
        for (int row = 0; row < rows; row += tileRows) {
            int offset = row * width;
            int count = Math.min(tileRows, rows - row) * width;
            values.get(offset, plain, count);
            VectorLoops.add(plain, biases, arguments, count);
            if (preactivation != null) {
                preactivation.put(offset, arguments, count);
            }
            if (activation == Activation.IDENTITY) {
                values.put(offset, arguments, count);
            } else {
                activation.forward(arguments, activated, count);
                values.put(offset, activated, count);
            }
        }
    }

    /**
     * Overwrites {@code target} by the gradient before the activation, and the bias's gradient by its sum.
     *
     * @param outputGradient what comes back to the rows
     * @param output what {@link #forward} has made of them, or the like
     * @param preactivation as the activation needs it
     * @param target may be {@code outputGradient} or {@code output}
     */
    void backward(
            int rows,
            FloatMemory outputGradient,
            FloatMemory output,
            @Nullable FloatMemory preactivation,
            FloatMemory target,
            FloatMemory biasGradient) {
        Arrays.fill(sums, 0f);
        for (int row = 0; row < rows; row += tileRows) {
            int count = Math.min(tileRows, rows - row) * width;
            backwardTile(row * width, count, outputGradient, output, preactivation, target);
        }
        Workspace.sumRows(sums, width, tileRows, workspace.first);
        biasGradient.put(0, sums, width);
    }

    private void backwardTile(
            int offset,
            int count,
            FloatMemory outputGradient,
            FloatMemory output,
            @Nullable FloatMemory preactivation,
            FloatMemory target) {
        float[] gradient = workspace.first;
        outputGradient.get(offset, gradient, count);
        if (activation == Activation.IDENTITY) {
            VectorLoops.accumulate(gradient, sums, count);
            if (target != outputGradient) {
                target.put(offset, gradient, count);
            }
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
}
