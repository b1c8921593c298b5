package elbow.compare;

import java.io.Serializable;
import java.util.Comparator;
import java.util.List;

/** A row that one model flags and the other does not. The first in order is the one furthest above the threshold. */
final class ChangedRow implements Serializable, Comparable<ChangedRow> {
    private static final long serialVersionUID = 1L;

    // By what is shown of the rows at last: those that are equal in all of it are the same to a reader.
    private static final Comparator<ChangedRow> ORDER = Comparator.comparingDouble((ChangedRow row) -> -row.excess)
            .thenComparing(row -> row.shown)
            .thenComparingDouble(row -> row.first)
            .thenComparingDouble(row -> row.second);

    private final double excess;
    private final double first;
    private final double second;
    private final ShownRow shown;

    /**
     * @param excess of the score over the threshold of the model that flags it, in nats
     * @param first score of the first model
     * @param second score of the second model
     * @param shown what is shown of the row
     */
    ChangedRow(double excess, double first, double second, ShownRow shown) {
        this.excess = excess;
        this.first = first;
        this.second = second;
        this.shown = shown;
    }

    double excess() {
        return excess;
    }

    double first() {
        return first;
    }

    double second() {
        return second;
    }

    List<String> values() {
        return shown.values();
    }

    /** A PNG file of the row's image, in base 64; empty if there is none. */
    String picture() {
        return shown.picture();
    }

    @Override
    public int compareTo(ChangedRow other) {
        return ORDER.compare(this, other);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ChangedRow row && compareTo(row) == 0;
    }

    @Override
    public int hashCode() {
        return Double.hashCode(excess) + 31 * shown.hashCode();
    }
}
