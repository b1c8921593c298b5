package elbow.data.infer;

import elbow.data.encoding.CommonValues;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Finds the values of a column of numbers that stand out: those that far more rows have than the values beside them.
 * All values are looked at as long as they are counted, at most {@value LevelCounts#MOST} different ones; of more, only
 * 0, the least and the greatest, where amounts that need not be there and amounts that are cut off gather. By another
 * {@link Rule} all numbers of a column are common if they are few.
 */
final class CommonValueSearch {
    /** The most that a column has. */
    static final int MOST = 16;

    /** Of the rows that have a value, for all but the first. */
    private static final double LEAST_SHARE = 0.01;

    /** The same where the values beside are not counted. */
    private static final double LEAST_SHARE_AMONG_MANY = 0.05;

    /** With fewer rows a value is a rarity. */
    static final long LEAST_ROWS = 20;

    /** Times as many rows as the value before and the one after have. */
    private static final double OVER_NEIGHBOURS = 4;

    /** Different values that are left, if they are counted: fewer are no distribution of numbers. */
    private static final int LEAST_OTHERS = 10;

    /** Of the rows that have a value, for all numbers of a column to be common. */
    private static final double LEAST_COVERED = 0.5;

    /** Rows that other numbers count as where there are none, so that they are not impossible. */
    private static final double NEARLY_NONE = 0.25;

    /** Which numbers of a column are common. */
    enum Rule {
        /** Those that stand out. */
        OUTSTANDING,
        /** Of few different ones all that are no rarity. */
        ALL
    }

    private static final Comparator<Counted> MOST_FREQUENT_FIRST =
            Comparator.comparingLong((Counted each) -> -each.rows()).thenComparingDouble(Counted::value);

    private record Counted(double value, long rows) {}

    private CommonValueSearch() {}

    /**
     * The values that stand out, the most frequent first; empty if none has that share of the rows, or too few rows
     * have another value.
     *
     * @param firstShare that the most frequent one has at least, of the rows that have a value
     */
    static Optional<CommonValues> of(NumberSummary numbers, double firstShare) {
        List<Counted> found = (numbers.levels.overflown() ? amongMany(numbers) : amongCounted(numbers))
                .stream()
                        .filter(each -> each.rows() >= LEAST_ROWS && each.rows() >= LEAST_SHARE * numbers.count)
                        .sorted(MOST_FREQUENT_FIRST)
                        .limit(MOST)
                        .toList();
        if (found.isEmpty() || found.get(0).rows() < firstShare * numbers.count) {
            return Optional.empty();
        }
        long others = numbers.count - found.stream().mapToLong(Counted::rows).sum();
        boolean few = !numbers.levels.overflown() && numbers.levels.size() - found.size() < LEAST_OTHERS;
        return few || !areNumbers(others, numbers.count)
                ? Optional.empty()
                : Optional.of(commonValues(found, 1, numbers.count));
    }

    /** Whether so many of all rows are enough to tell how numbers are distributed. */
    static boolean areNumbers(long others, long rows) {
        return others >= LEAST_ROWS && others >= LEAST_SHARE * rows;
    }

    /**
     * All values that at least {@value #LEAST_ROWS} rows have, the most frequent first; empty if there are more
     * different values than are counted, or half of the rows have others.
     */
    static Optional<CommonValues> all(NumberSummary numbers) {
        List<Counted> found = new ArrayList<>();
        long covered = 0;
        for (double value : numbers.levels.sorted()) {
            long rows = numbers.levels.count(value);
            if (rows >= LEAST_ROWS) {
                found.add(new Counted(value + 0.0, rows));
                covered += rows;
            }
        }
        if (found.isEmpty() || covered < LEAST_COVERED * numbers.count) {
            return Optional.empty();
        }
        // So small a part of each that its rows are still what they are when they are rounded.
        double part = covered == numbers.count ? 1 - NEARLY_NONE / numbers.count : 1;
        return Optional.of(
                commonValues(found.stream().sorted(MOST_FREQUENT_FIRST).toList(), part, numbers.count));
    }

    private static CommonValues commonValues(List<Counted> found, double part, long rows) {
        return new CommonValues(
                found.stream().map(Counted::value).toList(),
                found.stream().map(each -> each.rows() * part / rows).toList());
    }

    private static List<Counted> amongMany(NumberSummary numbers) {
        List<Counted> candidates = new ArrayList<>();
        candidates.add(new Counted(numbers.minimum + 0.0, numbers.minimumCount));
        candidates.add(new Counted(numbers.maximum + 0.0, numbers.maximumCount));
        if (numbers.minimum < 0 && numbers.maximum > 0) {
            candidates.add(new Counted(0, numbers.zeros));
        }
        return candidates.stream()
                .filter(each -> each.rows() >= LEAST_SHARE_AMONG_MANY * numbers.count)
                .toList();
    }

    private static List<Counted> amongCounted(NumberSummary numbers) {
        double[] values = numbers.levels.sorted();
        List<Counted> found = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            long own = numbers.levels.count(values[i]);
            long before = i == 0 ? 0 : numbers.levels.count(values[i - 1]);
            long after = i == values.length - 1 ? 0 : numbers.levels.count(values[i + 1]);
            if (own >= OVER_NEIGHBOURS * Math.max(before, after)) {
                found.add(new Counted(values[i] + 0.0, own));
            }
        }
        return found;
    }
}
