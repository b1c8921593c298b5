package elbow.math.noise;

import elbow.math.LogDensities;

/**
 * As many random words as needed from one: for draws that no fixed number of uniform values gives. Equal first words
 * give equal streams.
 */
public final class WordStream {
    /** Rates from here on are drawn as rounded normal values, whose distribution differs by less than 1e-4 then. */
    private static final double NORMAL_RATE = 1e8;

    private long state;
    private boolean first = true;
    private final int word;

    /** A stream that begins with {@code word}. */
    public WordStream(int word) {
        this.word = word;
        state = word;
    }

    /** The next word: the given one, then SplitMix64 from it. */
    public int next() {
        if (first) {
            first = false;
            return word;
        }
        long mixed = Mix.bits(state);
        state += 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 32);
    }

    /**
     * A draw of the gamma distribution with scale 1. See: G. Marsaglia, W. W. Tsang. A simple method for generating
     * gamma variables. ACM Transactions on Mathematical Software 26, 2000.
     *
     * @param shape above 0
     */
    public double gamma(double shape) {
        if (shape < 1) {
            return gamma(shape + 1) * Math.pow(uniform(), 1 / shape);
        }
        double d = shape - 1.0 / 3;
        double c = 1 / Math.sqrt(9 * d);
        while (true) {
            double x = NormalQuantile.of(uniform());
            double root = 1 + c * x;
            double cube = root * root * root;
            if (root > 0 && Math.log(uniform()) < 0.5 * x * x + d - d * cube + d * Math.log(cube)) {
                return d * cube;
            }
        }
    }

    /**
     * A draw of the Poisson distribution: masses are subtracted from a uniform value in the order mode, mode + 1, mode
     * - 1, ... until it is used up.
     *
     * @param rate at least 0
     */
    public double poisson(double rate) {
        if (rate >= NORMAL_RATE) {
            return Math.rint(rate + Math.sqrt(rate) * NormalQuantile.of(uniform()));
        }
        if (rate < Double.MIN_NORMAL) {
            return 0;
        }
        double mode = Math.floor(rate);
        double left = uniform() - Math.exp(LogDensities.poisson(mode, Math.log(rate)));
        double above = Math.exp(LogDensities.poisson(mode, Math.log(rate)));
        double below = above;
        double up = mode;
        double down = mode;
        // What is left when both masses vanish is rounding: the mode then.
        while (left >= 0 && (above > 0 || below > 0)) {
            up++;
            above *= rate / up;
            left -= above;
            if (left < 0) {
                return up;
            }
            below *= down / rate;
            down = Math.max(0, down - 1);
            left -= below;
            if (left < 0) {
                return down;
            }
        }
        return mode;
    }

    private double uniform() {
        return KeyedNoise.uniform(next());
    }
}
