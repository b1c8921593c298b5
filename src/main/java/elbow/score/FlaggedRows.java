package elbow.score;

import elbow.vae.RowScores;
import elbow.vae.RowScores.Detail;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * Scores the rows of one partition in their order, and explains those above a threshold alone. They are few, and the
 * kernel works on a whole block however few they are: so rows are held back until there are some to be explained at
 * once.
 */
final class FlaggedRows implements Iterator<ScoredRow> {
    private static final int MOST_HELD = 10_000;

    /** Encoded values of the rows that are held, at most: what is read of them is about as large. */
    private static final int MOST_VALUES = 1 << 22;

    private final ScoredRows scored;
    private final Explanation explanation;
    private final double threshold;
    private final EncodedRows flagged;
    private final RowScores details;
    private final ColumnParts parts;
    private final int mostHeld;
    private final Deque<ScoredRow> held = new ArrayDeque<>();
    private final Deque<Row[]> explained = new ArrayDeque<>();
    private Row @Nullable [] last;

    FlaggedRows(ScoredRows scored, AnomalyScoring scoring, Explanation explanation, double threshold) {
        this.scored = scored;
        this.explanation = explanation;
        this.threshold = threshold;
        flagged = scored.used().newChunk();
        details = scored.used().newScores(Set.of(Detail.COLUMNS, Detail.EXPECTATIONS));
        parts = new ColumnParts(explanation.layout(), scoring);
        mostHeld = Math.max(
                flagged.capacity(),
                Math.min(MOST_HELD, MOST_VALUES / scored.used().columns()));
    }

    @Override
    public boolean hasNext() {
        if (held.isEmpty()) {
            fill();
        }
        return !held.isEmpty();
    }

    @Override
    public ScoredRow next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        ScoredRow row = held.remove();
        last = isFlagged(row) ? explained.remove() : null;
        return row;
    }

    /** The explanation of the row that {@link #next} returned last; null if it is not flagged. */
    Row @Nullable [] explanation() {
        return last;
    }

    private boolean isFlagged(ScoredRow row) {
        return row.isAnomaly(threshold);
    }

    private void fill() {
        flagged.clear();
        boolean stays = true;
        while (stays && held.size() < mostHeld && flagged.count() < flagged.capacity() && scored.hasNext()) {
            ScoredRow row = scored.next();
            held.add(row);
            if (isFlagged(row)) {
                scored.copyTo(flagged);
            }
            // The network of a group is in use until the first row of another one is asked for.
            stays = scored.stays();
        }
        if (flagged.count() == 0) {
            return;
        }
        // A second pass over the few that are flagged: columns and expectations in the first would cost every row.
        scored.used().score(flagged, details);
        int place = 0;
        for (ScoredRow row : held) {
            if (isFlagged(row)) {
                explained.add(explanation.explain(row.input(), flagged, place++, parts, details, scored.normal()));
            }
        }
    }
}
