package elbow.data.infer;

import java.util.function.DoubleUnaryOperator;

/**
 * Mean and standard deviation of a function of numbers, from their histogram: a function that is smooth at the scale of
 * a bucket, 1/64 of the number.
 *
 * @param deviation with divisor n; at least a hair above 0, so that it can divide
 */
record Moments(double mean, double deviation) {
    private static final double LEAST_DEVIATION = 1e-6;

    static Moments of(ValueHistogram histogram, DoubleUnaryOperator function) {
        double[] sums = new double[3];
        histogram.visit((value, times) -> {
            double result = function.applyAsDouble(value);
            sums[0] += times;
            sums[1] += times * result;
        });
        double mean = sums[1] / sums[0];
        histogram.visit((value, times) -> {
            double difference = function.applyAsDouble(value) - mean;
            sums[2] += times * difference * difference;
        });
        return new Moments(mean, Math.max(LEAST_DEVIATION, Math.sqrt(sums[2] / sums[0])));
    }
}
