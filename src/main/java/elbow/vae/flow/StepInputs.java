package elbow.vae.flow;

import java.util.Arrays;

/** What an encoder gives the steps of a flow for each row of a minibatch, and the gradients that come back. */
public final class StepInputs {
    /** rows x {@link #width}. */
    final float[] values;

    /** rows x {@link #width}. */
    final double[] gradients;

    private final int width;
    private final float[] narrow;

    /** For at most that many rows of that many values. */
    public StepInputs(int maximumRows, int width) {
        this.width = width;
        values = new float[Math.multiplyExact(maximumRows, width)];
        gradients = new double[values.length];
        narrow = new float[values.length];
    }

    /** Values of a row. */
    public int width() {
        return width;
    }

    /** Where the values go, row by row. */
    public float[] values() {
        return values;
    }

    /** Sets the gradients to 0. */
    public void clearGradients() {
        Arrays.fill(gradients, 0);
    }

    /** The gradients, row by row, as float; the same array every time. */
    public float[] narrowGradients() {
        for (int i = 0; i < narrow.length; i++) {
            narrow[i] = (float) gradients[i];
        }
        return narrow;
    }
}
