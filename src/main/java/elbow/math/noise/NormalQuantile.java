package elbow.math.noise;

import elbow.base.Check;

/**
 * The inverse of the standard normal distribution function, relative error about 1e-16.
 *
 * <p>See: M. J. Wichura. Algorithm AS 241: the percentage points of the normal distribution. Applied Statistics 37,
 * 1988 (PPND16). commons-math3's goes through the inverse of erf at 2 p - 1, where the lower tail's digits are lost.
 */
public final class NormalQuantile {
    /** Half the width of the central interval, in probability. */
    static final double CENTRE = 0.425;

    /** The root of minus the logarithm of the tail's probability up to which {@link #tail} holds. */
    static final double FAR = 5;

    private static final int MANTISSA_BITS = 52;
    private static final double LOG_2 = 0.6931471805599453;
    private static final double SQRT_2 = 1.4142135623730951;

    private NormalQuantile() {}

    /**
     * The value that a standard normal variable stays below with the given probability.
     *
     * @throws IllegalArgumentException if the probability does not lie in (0, 1)
     */
    public static double of(double probability) {
        double centred = probability - 0.5;
        return Math.abs(centred) <= CENTRE ? centre(centred) : outside(probability);
    }

    private static double outside(double probability) {
        if (!(probability > 0 && probability < 1)) {
            Check.argument(false, "probability", "lie in (0, 1)", probability);
        }
        double tail = Math.min(probability, 1 - probability);
        int exponent = exponent(tail);
        double log = tail < Double.MIN_NORMAL ? StrictMath.log(tail) : log(exponent, mantissa(tail, exponent));
        double radius = Math.sqrt(-log);
        double magnitude = radius <= FAR ? tail(radius) : farTail(radius);
        return Math.copySign(magnitude, probability - 0.5);
    }

    /** e of a normal (not subnormal) double x = 2^e m with m in [1/sqrt 2, sqrt 2). */
    static int exponent(double x) {
        return Math.getExponent(x * SQRT_2);
    }

    /** x 2^-e, exactly. */
    static double mantissa(double x, int exponent) {
        return Double.longBitsToDouble(Double.doubleToRawLongBits(x) - ((long) exponent << MANTISSA_BITS));
    }

    /**
     * The natural logarithm of 2^e m, relative error about 3e-16 below 0.5. Plain arithmetic, so that it is the same on
     * every platform, as StrictMath's is, without leaving Java for native code.
     *
     * <p>e log 2 + 2 atanh(s), s = (m - 1) / (m + 1), whose magnitude is at most 0.1716.
     */
    static double log(double exponent, double mantissa) {
        double s = (mantissa - 1) / (mantissa + 1);
        double q = s * s;
        double series = 1.0 / 21;
        series = series * q + 1.0 / 19;
        series = series * q + 1.0 / 17;
        series = series * q + 1.0 / 15;
        series = series * q + 1.0 / 13;
        series = series * q + 1.0 / 11;
        series = series * q + 1.0 / 9;
        series = series * q + 1.0 / 7;
        series = series * q + 1.0 / 5;
        series = series * q + 1.0 / 3;
        series = series * q + 1;
        return exponent * LOG_2 + 2 * s * series;
    }

    /** The quantile in the central interval, from the probability less a half. */
    static double centre(double q) {
        double r = 0.180625 - q * q;
        double numerator = 2509.0809287301227;
        numerator = numerator * r + 33430.57558358813;
        numerator = numerator * r + 67265.7709270087;
        numerator = numerator * r + 45921.95393154987;
        numerator = numerator * r + 13731.69376550946;
        numerator = numerator * r + 1971.5909503065513;
        numerator = numerator * r + 133.14166789178438;
        numerator = numerator * r + 3.3871328727963665;
        double denominator = 5226.495278852854;
        denominator = denominator * r + 28729.085735721943;
        denominator = denominator * r + 39307.89580009271;
        denominator = denominator * r + 21213.794301586597;
        denominator = denominator * r + 5394.196021424751;
        denominator = denominator * r + 687.1870074920579;
        denominator = denominator * r + 42.31333070160091;
        denominator = denominator * r + 1;
        return q * numerator / denominator;
    }

    /** The magnitude outside of it, up to {@link #FAR}. */
    static double tail(double radius) {
        double r = radius - 1.6;
        double numerator = 0.0007745450142783414;
        numerator = numerator * r + 0.022723844989269184;
        numerator = numerator * r + 0.2417807251774506;
        numerator = numerator * r + 1.2704582524523684;
        numerator = numerator * r + 3.6478483247632045;
        numerator = numerator * r + 5.769497221460691;
        numerator = numerator * r + 4.630337846156546;
        numerator = numerator * r + 1.4234371107496835;
        double denominator = 1.0507500716444169e-9;
        denominator = denominator * r + 0.0005475938084995345;
        denominator = denominator * r + 0.015198666563616457;
        denominator = denominator * r + 0.14810397642748008;
        denominator = denominator * r + 0.6897673349851;
        denominator = denominator * r + 1.6763848301838038;
        denominator = denominator * r + 2.053191626637759;
        denominator = denominator * r + 1;
        return numerator / denominator;
    }

    private static double farTail(double radius) {
        double r = radius - FAR;
        double numerator = 2.0103343992922881e-7;
        numerator = numerator * r + 2.7115555687434876e-5;
        numerator = numerator * r + 0.0012426609473880784;
        numerator = numerator * r + 0.026532189526576124;
        numerator = numerator * r + 0.29656057182850487;
        numerator = numerator * r + 1.7848265399172913;
        numerator = numerator * r + 5.463784911164114;
        numerator = numerator * r + 6.657904643501103;
        double denominator = 2.0442631033899397e-15;
        denominator = denominator * r + 1.421511758316446e-7;
        denominator = denominator * r + 1.8463183175100548e-5;
        denominator = denominator * r + 0.0007868691311456133;
        denominator = denominator * r + 0.014875361290850615;
        denominator = denominator * r + 0.1369298809227358;
        denominator = denominator * r + 0.599832206555888;
        denominator = denominator * r + 1;
        return numerator / denominator;
    }
}
