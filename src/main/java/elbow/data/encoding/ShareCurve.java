package elbow.data.encoding;

import elbow.base.Check;
import java.io.Serializable;
import java.util.Arrays;
import java.util.TreeSet;
import java.util.function.DoubleUnaryOperator;

/**
 * The distribution function of a column of numbers, kept at some of them: how many rows have less, and how many at most
 * as much. Between two kept numbers rows are taken to be spread evenly. Immutable.
 */
public final class ShareCurve implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Numbers that are kept because they lie at even ranks. */
    private static final int EVEN = 128;

    /** Ratio of the ranks of neighbouring numbers, seen from the nearer end. */
    private static final double RANKS = 1.3;

    /** Parts of equal share from which a number is looked for. */
    private static final int STARTS = 256;

    /** Of so few different numbers all are kept. */
    private static final int FEW = 256;

    private final double[] numbers;
    private final double[] below;
    private final double[] upTo;
    private final long rows;
    // By parts of all rows: the first number that at most so many have.
    private final int[] starts = new int[STARTS + 1];

    /**
     * @param numbers ascending, finite, at least one
     * @param below how many rows have less than each
     * @param upTo how many have at most as much; all of them at the last number
     * @throws IllegalArgumentException if these are not the counts of a distribution
     */
    public ShareCurve(double[] numbers, double[] below, double[] upTo) {
        Check.argument(numbers.length >= 1, "numbers", "be at least one", numbers.length);
        Check.argument(below.length == numbers.length, "below", "be as many as numbers", below.length);
        Check.argument(upTo.length == numbers.length, "upTo", "be as many as numbers", upTo.length);
        rows = (long) upTo[upTo.length - 1];
        double before = 0;
        for (int i = 0; i < numbers.length; i++) {
            Check.argument(
                    Double.isFinite(numbers[i]) && (i == 0 || numbers[i] > numbers[i - 1]),
                    "numbers",
                    "be finite and ascend",
                    numbers[i]);
            Check.argument(
                    below[i] >= before && upTo[i] > below[i] && upTo[i] == Math.rint(upTo[i]),
                    "counts",
                    "be whole and ascend",
                    below[i] + ", " + upTo[i]);
            before = upTo[i];
        }
        Check.argument(below[0] == 0, "rows below the first number", "be 0", below[0]);
        this.numbers = numbers.clone();
        this.below = below.clone();
        this.upTo = upTo.clone();
        int place = 0;
        for (int part = 0; part <= STARTS; part++) {
            while (upTo[place] < rank(part / (double) STARTS)) {
                place++;
            }
            starts[part] = place;
        }
    }

    /**
     * That of some numbers.
     *
     * @param all in any order, at least one, finite
     */
    public static ShareCurve of(double[] all) {
        double[] sorted = all.clone();
        for (int i = 0; i < sorted.length; i++) {
            // 0 and -0 are one number.
            sorted[i] += 0.0;
        }
        Arrays.sort(sorted);
        double[] kept = kept(sorted);
        double[] below = new double[kept.length];
        double[] upTo = new double[kept.length];
        int place = 0;
        for (int i = 0; i < kept.length; i++) {
            while (sorted[place] < kept[i]) {
                place++;
            }
            below[i] = place;
            while (place < sorted.length && sorted[place] == kept[i]) {
                place++;
            }
            upTo[i] = place;
        }
        return new ShareCurve(kept, below, upTo);
    }

    // Ends, ranks that are even and, towards the ends, dense, and what as many rows have as lie between two of those.
    private static double[] kept(double[] sorted) {
        int count = sorted.length;
        double[] different = Arrays.stream(sorted).distinct().toArray();
        if (different.length <= FEW) {
            return different;
        }
        TreeSet<Double> kept = new TreeSet<>();
        for (int i = 0; i <= EVEN; i++) {
            kept.add(sorted[(int) ((long) i * (count - 1) / EVEN)]);
        }
        for (double rank = 1; rank < count / (double) EVEN; rank = Math.max(rank + 1, rank * RANKS)) {
            kept.add(sorted[(int) rank - 1]);
            kept.add(sorted[count - (int) rank]);
        }
        for (int from = 0; from < count; ) {
            int to = from;
            while (to < count && sorted[to] == sorted[from]) {
                to++;
            }
            if (to - from > count / (2.0 * EVEN)) {
                kept.add(sorted[from]);
            }
            from = to;
        }
        return kept.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** This with other numbers for those that are kept; which of them fall together count as one. */
    public ShareCurve with(DoubleUnaryOperator other) {
        double[] changed = new double[numbers.length];
        double[] changedBelow = new double[numbers.length];
        double[] changedUpTo = new double[numbers.length];
        int count = 0;
        for (int i = 0; i < numbers.length; i++) {
            double number = other.applyAsDouble(numbers[i]);
            if (count > 0 && number <= changed[count - 1]) {
                changedUpTo[count - 1] = upTo[i];
            } else {
                changed[count] = number;
                changedBelow[count] = below[i];
                changedUpTo[count++] = upTo[i];
            }
        }
        return new ShareCurve(
                Arrays.copyOf(changed, count), Arrays.copyOf(changedBelow, count), Arrays.copyOf(changedUpTo, count));
    }

    /** The numbers that are kept, ascending. A copy. */
    public double[] numbers() {
        return numbers.clone();
    }

    /** How many rows have less than each of the numbers. A copy. */
    public double[] below() {
        return below.clone();
    }

    /** How many rows have at most each of the numbers. A copy. */
    public double[] upTo() {
        return upTo.clone();
    }

    /** How many rows it is of. */
    public long rows() {
        return rows;
    }

    /** The share of rows below a number, in [0, 1]. */
    public double shareBelow(double number) {
        int place = Arrays.binarySearch(numbers, number);
        return place >= 0 ? below[place] / rows : between(-place - 1, number);
    }

    /** The share of rows that have at most a number, in [0, 1]. */
    public double shareUpTo(double number) {
        int place = Arrays.binarySearch(numbers, number);
        return place >= 0 ? upTo[place] / rows : between(-place - 1, number);
    }

    private double between(int above, double number) {
        if (above == 0) {
            return 0;
        }
        if (above == numbers.length) {
            return 1;
        }
        double part = (number - numbers[above - 1]) / (numbers[above] - numbers[above - 1]);
        return (upTo[above - 1] + part * (below[above] - upTo[above - 1])) / rows;
    }

    /**
     * The share of rows before one of those that have a number, in [0, 1].
     *
     * @param uniform in (0, 1): where among these it stands
     */
    public double share(double number, double uniform) {
        // The last one that is not above it, without branches that depend on it.
        int place = -1;
        for (int left = numbers.length; left > 0; ) {
            int half = (left + 1) >>> 1;
            place += numbers[place + half] <= number ? half : 0;
            left -= half;
        }
        if (place < 0) {
            return 0;
        }
        return numbers[place] == number
                ? (below[place] + uniform * (upTo[place] - below[place])) / rows
                : between(place + 1, number);
    }

    private double rank(double share) {
        return share * rows;
    }

    /** The number that a share of the rows, in [0, 1], has less than or as much as. */
    public double at(double share) {
        double rank = rank(share);
        int low = starts[(int) (share * STARTS)];
        while (upTo[low] < rank) {
            low++;
        }
        if (rank >= below[low] || low == 0) {
            return numbers[low];
        }
        double part = (rank - upTo[low - 1]) / (below[low] - upTo[low - 1]);
        return numbers[low - 1] + part * (numbers[low] - numbers[low - 1]);
    }

    /** The largest difference from another distribution function (Kolmogorov and Smirnov), at the kept numbers. */
    public double distance(ShareCurve other) {
        return Math.max(oneWay(other), other.oneWay(this));
    }

    private double oneWay(ShareCurve other) {
        double largest = 0;
        for (int i = 0; i < numbers.length; i++) {
            largest = Math.max(largest, Math.abs(below[i] / rows - other.shareBelow(numbers[i])));
            largest = Math.max(largest, Math.abs(upTo[i] / rows - other.shareUpTo(numbers[i])));
        }
        return largest;
    }
}
