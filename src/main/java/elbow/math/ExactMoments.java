package elbow.math;

import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * Mean and standard deviation of numbers, rounded once at the end: the same to the bit for any order and partitioning
 * of the numbers.
 */
public final class ExactMoments implements Serializable {
    private static final long serialVersionUID = 1L;

    private long count;
    private final ExactSum sum = new ExactSum();
    private final ExactSum squares = new ExactSum();

    /** Takes in a finite number that came up {@code times} times; fewer than 0: takes it out again. */
    public void add(double value, long times) {
        count += times;
        sum.add(value, times);
        // The square in two doubles: what the first one rounds off is the second.
        double square = value * value;
        squares.add(square, times);
        squares.add(Math.fma(value, value, -square), times);
    }

    /** Makes this ready to travel. */
    public void seal() {
        sum.seal();
        squares.seal();
    }

    /** Takes in the numbers of another. */
    public void merge(ExactMoments other) {
        count += other.count;
        sum.merge(other.sum);
        squares.merge(other.squares);
    }

    /** 0 without numbers. */
    public double mean() {
        return sum.mean(count);
    }

    /** With divisor n; infinite if a square is above the largest double; 0 without numbers. */
    public double standardDeviation() {
        if (count == 0) {
            return 0;
        }
        if (!squares.isFinite()) {
            return Double.POSITIVE_INFINITY;
        }
        return exactVariance().sqrt(ExactSum.DIGITS).doubleValue();
    }

    /** With divisor n; infinite if a square is above the largest double; 0 without numbers. */
    public double variance() {
        if (count == 0) {
            return 0;
        }
        return squares.isFinite() ? exactVariance().doubleValue() : Double.POSITIVE_INFINITY;
    }

    private BigDecimal exactVariance() {
        // (n sum(x^2) - sum(x)^2) / n^2, which loses nothing here.
        BigInteger n = BigInteger.valueOf(count);
        BigInteger difference = n.multiply(squares.units())
                .shiftLeft(ExactSum.UNIT_EXPONENT)
                .subtract(sum.units().pow(2));
        // Squares of tiny numbers are 0 in a double: the difference may then be a hair below it.
        return new BigDecimal(difference.max(BigInteger.ZERO))
                .divide(new BigDecimal(n.pow(2)).multiply(ExactSum.UNITS_PER_ONE.pow(2)), ExactSum.DIGITS);
    }
}
