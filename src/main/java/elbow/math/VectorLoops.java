package elbow.math;

/**
 * Element-wise loops in the form that the JIT compiler vectorizes. In all of them the arrays are at least {@code count}
 * long and no output is also an input, unless the method says so.
 */
public final class VectorLoops {
    private VectorLoops() {}

    /** tanh(x), absolute error at most 4e-7 for every float; NaN gives NaN. */
    public static void tanh(float[] x, float[] result, int count) {
        for (int i = 0; i < count; i++) {
            result[i] = RationalTanh.of(x[i]);
        }
    }

    /** 1 / (1 + exp(-x)), absolute error at most 3e-7 for every float; NaN gives NaN. */
    public static void sigmoid(float[] x, float[] result, int count) {
        for (int i = 0; i < count; i++) {
            result[i] = 0.5f + 0.5f * RationalTanh.of(0.5f * x[i]);
        }
    }

    /** result = x + y. */
    public static void add(float[] x, float[] y, float[] result, int count) {
        for (int i = 0; i < count; i++) {
            result[i] = x[i] + y[i];
        }
    }

    /** sum += x. */
    public static void accumulate(float[] x, float[] sum, int count) {
        for (int i = 0; i < count; i++) {
            sum[i] += x[i];
        }
    }

    /** result = x - y. */
    public static void subtract(float[] x, float[] y, float[] result, int count) {
        for (int i = 0; i < count; i++) {
            result[i] = x[i] - y[i];
        }
    }

    /** result = x * y. */
    public static void multiply(float[] x, float[] y, float[] result, int count) {
        for (int i = 0; i < count; i++) {
            result[i] = x[i] * y[i];
        }
    }

    /** lowest = min(lowest, x); NaN stays. */
    public static void lower(float[] x, float[] lowest, int count) {
        for (int i = 0; i < count; i++) {
            lowest[i] = Math.min(lowest[i], x[i]);
        }
    }

    /** highest = max(highest, x); NaN stays. */
    public static void raise(float[] x, float[] highest, int count) {
        for (int i = 0; i < count; i++) {
            highest[i] = Math.max(highest[i], x[i]);
        }
    }

    /** marks += 0 x: NaN from the first value on that is NaN or infinite, else as before. */
    public static void markNotFinite(float[] x, float[] marks, int count) {
        for (int i = 0; i < count; i++) {
            marks[i] += 0f * x[i];
        }
    }
}
