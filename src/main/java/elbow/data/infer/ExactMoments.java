package elbow.data.infer;

import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;

/**
 * Mean and standard deviation of numbers, rounded once at the end: the same to the bit for any order and partitioning
 * of the numbers.
 */
final class ExactMoments implements Serializable {
    private static final long serialVersionUID = 1L;

    /** More digits than a double has. */
    private static final MathContext DIGITS = new MathContext(40);

    private static final BigDecimal UNITS_PER_ONE = new BigDecimal(BigInteger.ONE.shiftLeft(ExactSum.UNIT_EXPONENT));

    private long count;
    private final ExactSum sum = new ExactSum();
    private final ExactSum squares = new ExactSum();

    /** Takes in a finite number that came up {@code times} times. */
    void add(double value, long times) {
        count += times;
        sum.add(value, times);
        // The square in two doubles: what the first one rounds off is the second.
        double square = value * value;
        squares.add(square, times);
        squares.add(Math.fma(value, value, -square), times);
    }

    void seal() {
        sum.seal();
        squares.seal();
    }

    void merge(ExactMoments other) {
        count += other.count;
        sum.merge(other.sum);
        squares.merge(other.squares);
    }

    /** 0 without numbers. */
    double mean() {
        return count == 0
                ? 0
                : quotient(sum.units(), BigInteger.valueOf(count), UNITS_PER_ONE)
                        .doubleValue();
    }

    /** With divisor n; infinite if a square is above the largest double; 0 without numbers. */
    double standardDeviation() {
        if (count == 0) {
            return 0;
        }
        if (!squares.isFinite()) {
            return Double.POSITIVE_INFINITY;
        }
        // (n sum(x^2) - sum(x)^2) / n^2, which loses nothing here.
        BigInteger n = BigInteger.valueOf(count);
        BigInteger difference = n.multiply(squares.units())
                .shiftLeft(ExactSum.UNIT_EXPONENT)
                .subtract(sum.units().pow(2));
        // Squares of tiny numbers are 0 in a double: the difference may then be a hair below it.
        return quotient(difference.max(BigInteger.ZERO), n.pow(2), UNITS_PER_ONE.pow(2))
                .sqrt(DIGITS)
                .doubleValue();
    }

    private static BigDecimal quotient(BigInteger units, BigInteger divisor, BigDecimal unitsPerOne) {
        return new BigDecimal(units).divide(new BigDecimal(divisor).multiply(unitsPerOne), DIGITS);
    }
}
