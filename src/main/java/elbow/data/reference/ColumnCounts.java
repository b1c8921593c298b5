package elbow.data.reference;

import elbow.base.Check;
import java.io.Serializable;
import java.util.Arrays;

/**
 * How often the values of one column fall into bins. Bin 0 holds what is at most the first edge, bin k what is above
 * edge k - 1 and at most edge k, the last bin what is above the last edge.
 *
 * <p>A value is the encoded one of a column of numbers, the code of a category or a level, the mean of an image's
 * pixels.
 */
public final class ColumnCounts implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final int FEW = 16;

    private final String column;
    private final double[] edges;
    private final long[] counts;
    private final long missing;

    /**
     * @param edges ascending, perhaps none
     * @param counts one more than edges
     * @param missing rows without a value
     */
    public ColumnCounts(String column, double[] edges, long[] counts, long missing) {
        for (int i = 0; i < edges.length; i++) {
            Check.argument(Double.isFinite(edges[i]), "edges of " + column, "be finite", edges[i]);
            Check.argument(i == 0 || edges[i] > edges[i - 1], "edges of " + column, "ascend", Arrays.toString(edges));
        }
        Check.argument(
                counts.length == edges.length + 1,
                "counts of " + column,
                "be one more than edges (" + edges.length + ")",
                counts.length);
        for (long count : counts) {
            Check.argument(count >= 0, "counts of " + column, "be at least 0", count);
        }
        Check.argument(missing >= 0, "missing of " + column, "be at least 0", missing);
        this.column = column;
        this.edges = edges.clone();
        this.counts = counts.clone();
        this.missing = missing;
    }

    /** The column's name. */
    public String column() {
        return column;
    }

    /** Where the bins part, ascending. */
    public double[] edges() {
        return edges.clone();
    }

    /** Rows in each bin. */
    public long[] counts() {
        return counts.clone();
    }

    /** Rows without a value. */
    public long missing() {
        return missing;
    }

    /** Rows with a value. */
    public long present() {
        return Arrays.stream(counts).sum();
    }

    /** All rows. */
    public long rows() {
        return present() + missing;
    }

    /** Rows whose value is in the same bin as an encoded value, or a code of a category. */
    public long countNear(double value) {
        return counts[bin(value)];
    }

    /** The bin of a value. */
    int bin(double value) {
        if (edges.length <= FEW) {
            // Without a branch that nobody could predict.
            int bin = 0;
            for (double edge : edges) {
                bin += value > edge ? 1 : 0;
            }
            return bin;
        }
        int found = Arrays.binarySearch(edges, value);
        return found >= 0 ? found : -found - 1;
    }
}
