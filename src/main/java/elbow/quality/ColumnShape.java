package elbow.quality;

import java.util.List;

/**
 * How alike the values of a column are spread in both tables.
 *
 * @param column which one
 * @param score from 0 to 1, the same: of numbers 1 - the largest difference of the distribution functions (the
 *     complement of the Kolmogorov-Smirnov statistic), of categories 1 - half the sum of the differences of their
 *     shares (the complement of the total variation distance); over values that are there. NaN if the real table has
 *     none
 * @param realMissing share of the real rows without a value
 * @param syntheticMissing the same of the synthetic ones
 * @param bars for a picture: of numbers bins of equal width, of categories the most frequent ones
 */
public record ColumnShape(
        ComparedColumn column, double score, double realMissing, double syntheticMissing, List<Bar> bars) {
    public ColumnShape {
        bars = List.copyOf(bars);
    }

    /**
     * A pair of bars.
     *
     * @param label the category, or the bin's start; empty for what the picture leaves out
     * @param from of the bin, in the column's unit; 0 for a category
     * @param to of the bin; 0 for a category
     * @param real share of the real values
     * @param synthetic share of the synthetic values
     */
    public record Bar(String label, double from, double to, double real, double synthetic) {}
}
