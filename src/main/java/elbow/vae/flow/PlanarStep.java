package elbow.vae.flow;

import elbow.math.FloatMemory;
import org.jspecify.annotations.Nullable;

/**
 * A planar flow (Rezende and Mohamed. Variational inference with normalizing flows. ICML 2015, equation 10) whose
 * parameters the encoder gives for each row (van den Berg, Hasenclever, Tomczak, Welling. Sylvester normalizing flows.
 * UAI 2018):
 *
 * <pre>z' = z + v tanh(w z + b),   log-determinant log(1 + (1 - tanh^2) w v)</pre>
 *
 * It is invertible where w v > -1 (appendix A.1 there). The published way to see to it moves the encoder's u along w by
 * a multiple of w / |w|^2, which jumps at w = 0. Here u is scaled instead: v = u m(a) / a with a = w u and m(a) =
 * softplus(a + log(e - 1)) - 1. So w v = m(a) > -1, every such flow can be reached, all is smooth, and u = 0 is the
 * identity.
 */
public final class PlanarStep implements FlowStep {
    /** softplus of it is 1. */
    private static final double SHIFT = Math.log(Math.E - 1);

    // m(a) = SLOPE a + CURVE a^2 + CUBE a^3 + ... around 0.
    private static final double SLOPE = 1 - 1 / Math.E;
    private static final double CURVE = SLOPE * (1 - SLOPE) / 2;
    private static final double CUBE = SLOPE * (1 - SLOPE) * (1 - 2 * SLOPE) / 6;
    private static final double QUARTIC = SLOPE * (1 - SLOPE) * (1 - 6 * SLOPE + 6 * SLOPE * SLOPE) / 24;

    /** Below it the series' error is smaller than that of the quotient. */
    private static final double NEAR = 1e-3;

    private final int size;
    private final int offset;
    private final StepInputs inputs;
    private final double[] before;

    /**
     * @param number of the step among others
     * @param inputs what the encoder gives: w, u and b of each step
     */
    public PlanarStep(int size, int number, StepInputs inputs, int maximumRows) {
        this.size = size;
        this.inputs = inputs;
        offset = number * width(size);
        before = new double[Math.multiplyExact(maximumRows, size)];
    }

    /** Values that the encoder gives for each row and step. */
    public static int width(int size) {
        return 2 * size + 1;
    }

    @Override
    public void bind(FloatMemory parameters, @Nullable FloatMemory gradients) {
        // All it needs is the encoder's.
    }

    @Override
    public void begin() {
        // Has no parameters.
    }

    @Override
    public void forward(int rows, double[] latents, double[] logDeterminants) {
        System.arraycopy(latents, 0, before, 0, rows * size);
        for (int row = 0; row < rows; row++) {
            int w = row * inputs.width() + offset;
            int at = row * size;
            double along = along(w);
            double tanh = Math.tanh(plane(w, at));
            double move = factor(along) * tanh;
            for (int i = 0; i < size; i++) {
                latents[at + i] += move * inputs.values[w + size + i];
            }
            logDeterminants[row] += Math.log(determinant(tanh, along));
        }
    }

    @Override
    public void backward(int rows, double[] gradient, double[] ofLogDeterminants) {
        for (int row = 0; row < rows; row++) {
            int w = row * inputs.width() + offset;
            int u = w + size;
            int at = row * size;
            double along = along(w);
            double factor = factor(along);
            double tanh = Math.tanh(plane(w, at));
            double slope = 1 - tanh * tanh;
            double ofDeterminant = ofLogDeterminants[row] / determinant(tanh, along);
            double reached = 0;
            for (int i = 0; i < size; i++) {
                reached += gradient[at + i] * inputs.values[u + i];
            }
            // The determinant is 1 + (1 - tanh^2) m.
            double ofTanh = factor * reached - 2 * tanh * (softplus(along) - 1) * ofDeterminant;
            double ofPlane = ofTanh * slope;
            double ofAlong = tanh * reached * factorSlope(along) + ofDeterminant * slope * sigmoid(along);
            for (int i = 0; i < size; i++) {
                double g = gradient[at + i];
                inputs.gradients[w + i] += ofPlane * before[at + i] + ofAlong * inputs.values[u + i];
                inputs.gradients[u + i] += g * factor * tanh + ofAlong * inputs.values[w + i];
                gradient[at + i] = g + ofPlane * inputs.values[w + i];
            }
            inputs.gradients[u + size] += ofPlane;
        }
    }

    // w u.
    private double along(int w) {
        double sum = 0;
        for (int i = 0; i < size; i++) {
            sum += (double) inputs.values[w + i] * inputs.values[w + size + i];
        }
        return sum;
    }

    // w z + b.
    private double plane(int w, int at) {
        double sum = inputs.values[w + 2 * size];
        for (int i = 0; i < size; i++) {
            sum += inputs.values[w + i] * before[at + i];
        }
        return sum;
    }

    // 1 + (1 - tanh^2) m as a sum of what is never below 0.
    private static double determinant(double tanh, double along) {
        return tanh * tanh + (1 - tanh * tanh) * softplus(along);
    }

    // m + 1.
    private static double softplus(double along) {
        double x = along + SHIFT;
        return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
    }

    // The derivative of m.
    private static double sigmoid(double along) {
        return 1 / (1 + Math.exp(-along - SHIFT));
    }

    // m / a.
    private static double factor(double along) {
        return Math.abs(along) < NEAR
                ? SLOPE + along * (CURVE + along * (CUBE + along * QUARTIC))
                : (softplus(along) - 1) / along;
    }

    private static double factorSlope(double along) {
        return Math.abs(along) < NEAR
                ? CURVE + along * (2 * CUBE + 3 * along * QUARTIC)
                : (sigmoid(along) - factor(along)) / along;
    }

    @Override
    public void writeGradients() {
        // Has no parameters.
    }

    @Override
    public void close() {
        // Has no memory off the heap.
    }
}
