package elbow.math;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** A few functions to about 100 digits, to hold double arithmetic against. */
final class Decimals {
    static final MathContext DIGITS = new MathContext(110, RoundingMode.HALF_EVEN);

    private static final BigDecimal TINY = new BigDecimal("1e-120");
    private static final BigDecimal TWO = BigDecimal.valueOf(2);
    private static final BigDecimal STEP = new BigDecimal("1e-30");

    /** Stirling's series is used from here on: its terms fall below 1e-110 before they rise again. */
    private static final BigDecimal STIRLING_START = BigDecimal.valueOf(80);

    private static final List<BigDecimal> EVEN_BERNOULLI_NUMBERS = evenBernoulliNumbers(50);

    /** Machin's formula. */
    private static final BigDecimal PI = arctangentOfInverse(5)
            .multiply(BigDecimal.valueOf(16))
            .subtract(arctangentOfInverse(239).multiply(BigDecimal.valueOf(4)));

    static final ReferenceDensity.Arithmetic<BigDecimal> ARITHMETIC = new ReferenceDensity.Arithmetic<>() {
        @Override
        public BigDecimal of(double value) {
            return decimal(value);
        }

        @Override
        public BigDecimal plus(BigDecimal x, BigDecimal y) {
            return x.add(y);
        }

        @Override
        public BigDecimal minus(BigDecimal x, BigDecimal y) {
            return x.subtract(y);
        }

        @Override
        public BigDecimal times(BigDecimal x, BigDecimal y) {
            return x.multiply(y);
        }

        @Override
        public BigDecimal over(BigDecimal x, BigDecimal y) {
            return divide(x, y);
        }

        @Override
        public BigDecimal exp(BigDecimal x) {
            return Decimals.exp(x);
        }

        @Override
        public BigDecimal log(BigDecimal x) {
            return Decimals.log(x);
        }

        @Override
        public BigDecimal logGamma(BigDecimal x) {
            return Decimals.logGamma(x);
        }

        @Override
        public BigDecimal pi() {
            return PI;
        }

        @Override
        public double toDouble(BigDecimal x) {
            return x.doubleValue();
        }
    };

    private Decimals() {}

    /** The double itself, without rounding. */
    static BigDecimal decimal(double value) {
        return new BigDecimal(value);
    }

    static BigDecimal pi() {
        return PI;
    }

    static BigDecimal divide(BigDecimal x, BigDecimal y) {
        return x.divide(y, DIGITS);
    }

    /** Taylor's series at x / 2^40, squared 40 times. */
    static BigDecimal exp(BigDecimal x) {
        MathContext wide = new MathContext(DIGITS.getPrecision() + 30);
        BigDecimal t = x.divide(TWO.pow(40), wide);
        BigDecimal sum = BigDecimal.ONE;
        BigDecimal term = BigDecimal.ONE;
        for (int k = 1; term.abs().compareTo(new BigDecimal("1e-150")) > 0; k++) {
            term = term.multiply(t, wide).divide(BigDecimal.valueOf(k), wide);
            sum = sum.add(term, wide);
        }
        for (int i = 0; i < 40; i++) {
            sum = sum.multiply(sum, wide);
        }
        return sum.round(DIGITS);
    }

    /** Halley's iteration on exp, which triples the digits each time. */
    static BigDecimal log(BigDecimal x) {
        int exponent = x.precision() - x.scale();
        double start = Math.log(x.movePointLeft(exponent).doubleValue()) + exponent * Math.log(10);
        BigDecimal y = decimal(start);
        for (int i = 0; i < 3; i++) {
            BigDecimal e = exp(y);
            y = y.add(divide(TWO.multiply(x.subtract(e)), x.add(e)), DIGITS);
        }
        return y;
    }

    /** log Gamma, by Stirling's series with exact Bernoulli numbers, far beyond the argument. */
    static BigDecimal logGamma(BigDecimal x) {
        BigDecimal shifted = x;
        BigDecimal product = BigDecimal.ONE;
        while (shifted.compareTo(STIRLING_START) < 0) {
            product = product.multiply(shifted, DIGITS);
            shifted = shifted.add(BigDecimal.ONE);
        }
        BigDecimal sum = shifted.subtract(new BigDecimal("0.5"))
                .multiply(log(shifted))
                .subtract(shifted)
                .add(divide(log(TWO.multiply(PI)), TWO));
        BigDecimal power = shifted;
        BigDecimal square = shifted.multiply(shifted, DIGITS);
        for (int k = 1; k <= EVEN_BERNOULLI_NUMBERS.size(); k++) {
            BigDecimal factor = BigDecimal.valueOf(2L * k * (2L * k - 1)).multiply(power);
            sum = sum.add(divide(EVEN_BERNOULLI_NUMBERS.get(k - 1), factor), DIGITS);
            power = power.multiply(square, DIGITS);
        }
        return sum.subtract(log(product), DIGITS);
    }

    /** The derivative by central differences, to about 50 digits. */
    static BigDecimal slope(UnaryOperator<BigDecimal> function, double at) {
        BigDecimal above = function.apply(decimal(at).add(STEP));
        BigDecimal below = function.apply(decimal(at).subtract(STEP));
        return divide(above.subtract(below), TWO.multiply(STEP));
    }

    private static BigDecimal arctangentOfInverse(int inverse) {
        BigDecimal square = BigDecimal.valueOf((long) inverse * inverse);
        BigDecimal power = divide(BigDecimal.ONE, BigDecimal.valueOf(inverse));
        BigDecimal sum = power;
        for (int k = 1; power.compareTo(TINY) > 0; k++) {
            power = divide(power, square);
            BigDecimal term = divide(power, BigDecimal.valueOf(2L * k + 1));
            sum = k % 2 == 0 ? sum.add(term) : sum.subtract(term);
        }
        return sum;
    }

    // B(n) = -sum over k < n of binomial(n + 1, k) B(k) / (n + 1).
    private static List<BigDecimal> evenBernoulliNumbers(int count) {
        MathContext wide = new MathContext(400);
        List<BigDecimal> all = new ArrayList<>(List.of(BigDecimal.ONE));
        List<BigDecimal> even = new ArrayList<>();
        for (int n = 1; n <= 2 * count; n++) {
            BigDecimal sum = BigDecimal.ZERO;
            BigInteger binomial = BigInteger.ONE;
            for (int k = 0; k < n; k++) {
                sum = sum.add(new BigDecimal(binomial).multiply(all.get(k)), wide);
                binomial = binomial.multiply(BigInteger.valueOf(n + 1L - k)).divide(BigInteger.valueOf(k + 1L));
            }
            BigDecimal number = sum.negate().divide(BigDecimal.valueOf(n + 1L), wide);
            all.add(number);
            if (n % 2 == 0) {
                even.add(number);
            }
        }
        return even;
    }
}
