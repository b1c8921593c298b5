package elbow.math;

/**
 * exp, softplus and a little arithmetic in double, element-wise, without calls, so that the JIT compiler vectorizes
 * them. Arrays are at least {@code count} long and no output is also an input.
 */
public final class DoubleLoops {
    /** {@link #exp} treats arguments beyond this magnitude as this magnitude. */
    public static final double EXP_LIMIT = 40;

    private static final double SCALE = 1.0 / 128;
    private static final double HALF_LOG_2 = 0.34657359027997264;
    private static final double SQRT_2 = 1.4142135623730951;

    private DoubleLoops() {}

    /** Widens. */
    public static void widen(float[] x, double[] result, int count) {
        for (int i = 0; i < count; i++) {
            result[i] = x[i];
        }
    }

    /** Narrows. */
    public static void narrow(double[] x, float[] result, int count) {
        narrow(x, result, 0, count);
    }

    /** Narrows to the elements from {@code result[at]} on. */
    public static void narrow(double[] x, float[] result, int at, int count) {
        for (int i = 0; i < count; i++) {
            result[at + i] = (float) x[i];
        }
    }

    /** result = -x. */
    public static void negate(double[] x, double[] result, int count) {
        for (int i = 0; i < count; i++) {
            result[i] = -x[i];
        }
    }

    /** result = x - y. */
    public static void subtract(double[] x, double[] y, double[] result, int count) {
        for (int i = 0; i < count; i++) {
            result[i] = x[i] - y[i];
        }
    }

    /** result = 1 / x. */
    public static void invert(double[] x, double[] result, int count) {
        for (int i = 0; i < count; i++) {
            result[i] = 1 / x[i];
        }
    }

    /** result = x * y. */
    public static void multiply(double[] x, double[] y, double[] result, int count) {
        for (int i = 0; i < count; i++) {
            result[i] = x[i] * y[i];
        }
    }

    /**
     * exp(x) for x in [-40, 40], the value at the limit beyond; relative error at most 5e-13. NaN gives NaN.
     *
     * <p>The Taylor polynomial of degree 11 at x / 128, squared seven times.
     */
    public static void exp(double[] x, double[] result, int count) {
        for (int i = 0; i < count; i++) {
            double t = Math.max(-EXP_LIMIT, Math.min(EXP_LIMIT, x[i])) * SCALE;
            double p = 1
                    + t
                            * (1
                                    + t
                                            * (1.0 / 2
                                                    + t
                                                            * (1.0 / 6
                                                                    + t
                                                                            * (1.0 / 24
                                                                                    + t
                                                                                            * (1.0 / 120
                                                                                                    + t
                                                                                                            * (1.0 / 720
                                                                                                                    + t
                                                                                                                            * (1.0
                                                                                                                                            / 5040
                                                                                                                                    + t
                                                                                                                                            * (1.0
                                                                                                                                                            / 40320
                                                                                                                                                    + t
                                                                                                                                                            * (1.0
                                                                                                                                                                            / 362880
                                                                                                                                                                    + t
                                                                                                                                                                            * (1.0
                                                                                                                                                                                            / 3628800
                                                                                                                                                                                    + t
                                                                                                                                                                                            * (1.0
                                                                                                                                                                                                    / 39916800)))))))))));
            double p2 = p * p;
            double p4 = p2 * p2;
            double p8 = p4 * p4;
            double p16 = p8 * p8;
            double p32 = p16 * p16;
            double p64 = p32 * p32;
            result[i] = p64 * p64;
        }
    }

    /**
     * log(1 + exp(x)), absolute error at most 1e-13 (plus rounding of the result) for every double; NaN gives NaN.
     *
     * <p>max(x, 0) + log(1 + e) with e = exp(-|x|); the logarithm is log(2)/2 + 2 atanh(s) with s = (1 + e - sqrt 2) /
     * (1 + e + sqrt 2), whose magnitude is at most 0.172.
     */
    public static void softplus(double[] x, double[] scratch, double[] result, int count) {
        negativeMagnitude(x, result, count);
        exp(result, scratch, count);
        for (int i = 0; i < count; i++) {
            double s = (1 - SQRT_2 + scratch[i]) / (1 + SQRT_2 + scratch[i]);
            double q = s * s;
            double series = 1
                    + q
                            * (1.0 / 3
                                    + q
                                            * (1.0 / 5
                                                    + q
                                                            * (1.0 / 7
                                                                    + q
                                                                            * (1.0 / 9
                                                                                    + q
                                                                                            * (1.0 / 11
                                                                                                    + q
                                                                                                            * (1.0 / 13
                                                                                                                    + q
                                                                                                                            * (1.0
                                                                                                                                            / 15
                                                                                                                                    + q
                                                                                                                                            * (1.0
                                                                                                                                                            / 17
                                                                                                                                                    + q
                                                                                                                                                            * (1.0
                                                                                                                                                                    / 19)))))))));
            result[i] = Math.max(x[i], 0) + (HALF_LOG_2 + 2 * s * series);
        }
    }

    /**
     * The sum of {@code count} elements from {@code from}, in four interleaved partial sums: one alone waits for every
     * addition to end before the next begins.
     */
    public static double sum(double[] x, int from, int count) {
        double sum0 = 0;
        double sum1 = 0;
        double sum2 = 0;
        double sum3 = 0;
        int end = from + count;
        int i = from;
        for (; i < end - 3; i += 4) {
            sum0 += x[i];
            sum1 += x[i + 1];
            sum2 += x[i + 2];
            sum3 += x[i + 3];
        }
        for (; i < end; i++) {
            sum0 += x[i];
        }
        return (sum0 + sum1) + (sum2 + sum3);
    }

    private static void negativeMagnitude(double[] x, double[] result, int count) {
        for (int i = 0; i < count; i++) {
            result[i] = -Math.abs(x[i]);
        }
    }
}
