package elbow.math;

import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import org.jspecify.annotations.Nullable;

/**
 * A sum of doubles without rounding, independent of order and partitioning. The significands are added up as whole
 * numbers, those of each exponent on their own, in the manner of Kulisch's long accumulator ("Computer Arithmetic and
 * Validity", 2013, chapter 8).
 */
public final class ExactSum implements Serializable {
    private static final long serialVersionUID = 1L;

    /** A {@link #units total} counts multiples of 2 to the power of minus this: the least double above 0. */
    static final int UNIT_EXPONENT = 1074;

    /** More digits than a double has. */
    static final MathContext DIGITS = new MathContext(40);

    static final BigDecimal UNITS_PER_ONE = new BigDecimal(BigInteger.ONE.shiftLeft(UNIT_EXPONENT));

    private static final int SIGNIFICAND_BITS = 52;
    private static final long SIGNIFICAND = (1L << SIGNIFICAND_BITS) - 1;
    private static final int EXPONENTS = 1 << 11;
    private static final int PAGE_BITS = 6;
    private static final int PAGE = 1 << PAGE_BITS;

    private BigInteger sealed = BigInteger.ZERO;
    private boolean finite = true;

    // By exponent: 128 bits each, the lower half first. Most exponents never come up.
    private transient long @Nullable [] @Nullable [] pages;

    /** Adds a number; an infinity or NaN makes the sum not finite. */
    public void add(double value) {
        long bits = Double.doubleToRawLongBits(value);
        int exponent = (int) (bits >>> SIGNIFICAND_BITS) & (EXPONENTS - 1);
        if (exponent == EXPONENTS - 1) {
            finite = false;
            return;
        }
        long significand = bits & SIGNIFICAND;
        if (exponent == 0) {
            exponent = 1;
        } else {
            significand |= SIGNIFICAND + 1;
        }
        long signed = bits < 0 ? -significand : significand;
        long[] page = page(exponent);
        int place = 2 * (exponent & (PAGE - 1));
        long low = page[place] + signed;
        page[place] = low;
        page[place + 1] += (signed >> 63) + (Long.compareUnsigned(low, signed) < 0 ? 1 : 0);
    }

    /** Adds a number that came up {@code times} times. */
    void add(double value, long times) {
        if (times == 1) {
            add(value);
        } else {
            ExactSum one = new ExactSum();
            one.add(value);
            finite &= one.finite;
            sealed = sealed.add(one.units().multiply(BigInteger.valueOf(times)));
        }
    }

    /** Makes this ready to travel. */
    public void seal() {
        sealed = units();
        pages = null;
    }

    /** Takes in what another has summed. */
    public void merge(ExactSum other) {
        sealed = sealed.add(other.units());
        finite &= other.finite;
    }

    /** Whether all that was added is a finite number; if not, the total is that of the others. */
    public boolean isFinite() {
        return finite;
    }

    /** The total divided by {@code count}, rounded once; 0 for a count of 0. */
    public double mean(long count) {
        return count == 0
                ? 0
                : new BigDecimal(units())
                        .divide(new BigDecimal(BigInteger.valueOf(count)).multiply(UNITS_PER_ONE), DIGITS)
                        .doubleValue();
    }

    /** The total, in units of 2^-{@value #UNIT_EXPONENT}. */
    BigInteger units() {
        BigInteger total = sealed;
        if (pages == null) {
            return total;
        }
        for (int exponent = 1; exponent < EXPONENTS; exponent++) {
            long[] page = pages[exponent >>> PAGE_BITS];
            if (page != null) {
                int place = 2 * (exponent & (PAGE - 1));
                long low = page[place];
                BigInteger sum = BigInteger.valueOf(page[place + 1])
                        .shiftLeft(Long.SIZE)
                        .add(BigInteger.valueOf(low >>> 1).shiftLeft(1))
                        .add(BigInteger.valueOf(low & 1));
                total = total.add(sum.shiftLeft(exponent - 1));
            }
        }
        return total;
    }

    private long[] page(int exponent) {
        if (pages == null) {
            pages = new long[EXPONENTS >>> PAGE_BITS][];
        }
        long[] page = pages[exponent >>> PAGE_BITS];
        if (page == null) {
            page = new long[2 * PAGE];
            pages[exponent >>> PAGE_BITS] = page;
        }
        return page;
    }
}
