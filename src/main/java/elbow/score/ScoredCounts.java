package elbow.score;

import elbow.data.reference.ColumnTallies;
import java.io.Serializable;

/** What is counted of rows while they are scored. Not thread-safe. */
public final class ScoredCounts implements Serializable {
    private static final long serialVersionUID = 1L;

    private final ColumnTallies columns;
    private final GroupCounts groups;
    private long rows;
    private long flagged;
    private long notFinite;

    /** @param columns with nothing counted yet */
    ScoredCounts(ColumnTallies columns) {
        this(0, 0, 0, columns, new GroupCounts());
    }

    /** What was counted otherwise. */
    public ScoredCounts(long rows, long flagged, long notFinite, ColumnTallies columns) {
        this(rows, flagged, notFinite, columns, new GroupCounts());
    }

    private ScoredCounts(long rows, long flagged, long notFinite, ColumnTallies columns, GroupCounts groups) {
        this.rows = rows;
        this.flagged = flagged;
        this.notFinite = notFinite;
        this.columns = columns;
        this.groups = groups;
    }

    ScoredCounts empty() {
        return new ScoredCounts(columns.empty());
    }

    /** Rows scored. */
    public long rows() {
        return rows;
    }

    /** Rows above the threshold. */
    public long flagged() {
        return flagged;
    }

    /** Rows whose score is not finite; they are flagged. */
    public long notFinite() {
        return notFinite;
    }

    /** What their columns held. */
    public ColumnTallies columns() {
        return columns;
    }

    /** Which network scored them; all 0 for a model of one network. */
    public GroupCounts groups() {
        return groups;
    }

    /** Counts a row that has been scored. */
    void add(ScoredRow row, double threshold) {
        rows++;
        flagged += row.isAnomaly(threshold) ? 1 : 0;
        notFinite += row.hasFiniteScore() ? 0 : 1;
    }

    /** Adds other rows of the same columns. */
    public void merge(ScoredCounts other) {
        rows += other.rows;
        flagged += other.flagged;
        notFinite += other.notFinite;
        columns.merge(other.columns);
        GroupCounts unused = groups.merge(other.groups);
    }
}
