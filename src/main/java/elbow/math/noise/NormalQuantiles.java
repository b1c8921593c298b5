package elbow.math.noise;

/**
 * Many values of {@link NormalQuantile} at once, bit for bit, in vectorized loops, each in a method of its own for the
 * compiler: the formula of the centre for all probabilities, then that of the tails for the 15% that lie outside,
 * gathered without a branch. Holds its scratch memory; not thread-safe.
 */
final class NormalQuantiles {
    private static final long CENTRE_BITS = Double.doubleToRawLongBits(NormalQuantile.CENTRE);

    private final int[] places;
    private final double[] exponents;
    private final double[] mantissas;
    private final double[] radii;
    private final double[] magnitudes;

    NormalQuantiles(int maximumCount) {
        // One more: written before it is known whether it counts.
        places = new int[maximumCount + 1];
        exponents = new double[maximumCount];
        mantissas = new double[maximumCount];
        radii = new double[maximumCount];
        magnitudes = new double[maximumCount];
    }

    /**
     * {@link NormalQuantile#of(double)} of the first {@code count} probabilities.
     *
     * @throws IllegalArgumentException if a probability does not lie in (0, 1)
     */
    void of(double[] probabilities, double[] quantiles, int count) {
        centre(probabilities, quantiles, count);
        int outside = gather(probabilities, places, count);
        split(probabilities, places, exponents, mantissas, outside);
        radii(exponents, mantissas, radii, outside);
        tails(radii, magnitudes, outside);
        scatter(probabilities, places, radii, magnitudes, quantiles, outside);
    }

    private static void centre(double[] probabilities, double[] quantiles, int count) {
        for (int i = 0; i < count; i++) {
            quantiles[i] = NormalQuantile.centre(probabilities[i] - 0.5);
        }
    }

    // Places outside the centre, or of what is not a number; how many they are.
    private static int gather(double[] probabilities, int[] places, int count) {
        int outside = 0;
        for (int i = 0; i < count; i++) {
            long distance = Double.doubleToRawLongBits(Math.abs(probabilities[i] - 0.5));
            places[outside] = i;
            // Magnitudes are in the order of their bits, NaN last. A comparison would become a branch that
            // nobody can foresee.
            outside += (int) ((CENTRE_BITS - distance) >>> 63);
        }
        return outside;
    }

    private static void split(double[] probabilities, int[] places, double[] exponents, double[] mantissas, int count) {
        for (int i = 0; i < count; i++) {
            double probability = probabilities[places[i]];
            double tail = Math.min(probability, 1 - probability);
            int exponent = NormalQuantile.exponent(tail);
            exponents[i] = exponent;
            mantissas[i] = NormalQuantile.mantissa(tail, exponent);
        }
    }

    private static void radii(double[] exponents, double[] mantissas, double[] radii, int count) {
        for (int i = 0; i < count; i++) {
            radii[i] = Math.sqrt(-NormalQuantile.log(exponents[i], mantissas[i]));
        }
    }

    private static void tails(double[] radii, double[] magnitudes, int count) {
        for (int i = 0; i < count; i++) {
            magnitudes[i] = NormalQuantile.tail(radii[i]);
        }
    }

    private static void scatter(
            double[] probabilities, int[] places, double[] radii, double[] magnitudes, double[] quantiles, int count) {
        for (int i = 0; i < count; i++) {
            int place = places[i];
            double probability = probabilities[place];
            // The far tails, and what is no probability, go the long way.
            quantiles[place] = radii[i] <= NormalQuantile.FAR && probability > 0 && probability < 1
                    ? Math.copySign(magnitudes[i], probability - 0.5)
                    : NormalQuantile.of(probability);
        }
    }
}
