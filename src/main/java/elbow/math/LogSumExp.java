package elbow.math;

/** log of a sum of exponentials without overflow. */
public final class LogSumExp {
    private LogSumExp() {}

    /**
     * log(exp(values[0]) + exp(values[stride]) + ...), {@code count} terms from {@code offset}. Negative infinity if
     * all terms are negative infinity (or there is none).
     */
    public static double of(double[] values, int offset, int stride, int count) {
        double maximum = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < count; i++) {
            maximum = Math.max(maximum, values[offset + i * stride]);
        }
        if (Double.isInfinite(maximum)) {
            return maximum;
        }
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += Math.exp(values[offset + i * stride] - maximum);
        }
        return maximum + Math.log(sum);
    }
}
