package elbow.quality;

/**
 * How alike two columns go together in both tables.
 *
 * @param first column
 * @param second column
 * @param method how it was measured
 * @param real the correlation in the real table; NaN for contingencies
 * @param synthetic the correlation in the synthetic table; NaN for contingencies
 * @param score from 0 to 1, the same; NaN where it says nothing: one of two numbers never varies
 */
public record PairTrend(String first, String second, Method method, double real, double synthetic, double score) {
    /** How a pair is measured. */
    public enum Method {
        /** Of two numbers: 1 - half the difference of the (Pearson) correlations. */
        CORRELATION,
        /** Of others: 1 - half the sum of the differences of the cells' shares, numbers in ten intervals. */
        CONTINGENCY
    }
}
