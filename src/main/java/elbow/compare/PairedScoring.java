package elbow.compare;

import elbow.score.ColumnScoring;
import elbow.score.ColumnScoring.Scores;
import java.io.Serializable;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;

/**
 * Takes a partition's rows through two models at once: gives an array for each row, then the {@link RowTally} of all.
 * The second model asks the first one for rows, which holds the scores of those that are on their way, a chunk at most,
 * or a window of one that has groups.
 *
 * @param firstThreshold above which the first model flags a row
 * @param secondThreshold above which the second one does
 * @param shown what is shown of the rows that changed sides
 */
record PairedScoring(
        ColumnScoring first,
        ColumnScoring second,
        Comparability columns,
        double firstThreshold,
        double secondThreshold,
        ShownRows shown)
        implements FlatMapFunction<Iterator<Row>, Serializable> {
    // What an array has.
    static final int FIRST_SCORE = 0;
    static final int SECOND_SCORE = 1;
    /** NaN where an ELBO is not finite. */
    static final int DIFFERENCE = 2;

    private static final int VALUES = 3;

    @Override
    public Iterator<Serializable> call(Iterator<Row> rows) {
        RowTally tally = new RowTally(columns, firstThreshold, secondThreshold);
        // Either model may bring rows together by group: a row is found by itself.
        IdentityHashMap<Row, Scores> held = new IdentityHashMap<>();
        Iterator<Scores> ofFirst = first.score(rows);
        Iterator<Scores> ofSecond = second.score(new Iterator<>() {
            @Override
            public boolean hasNext() {
                return ofFirst.hasNext();
            }

            @Override
            public Row next() {
                Scores scores = ofFirst.next();
                held.put(scores.row(), scores);
                return scores.row();
            }
        });
        return new Iterator<>() {
            private boolean over;

            @Override
            public boolean hasNext() {
                return !over;
            }

            @Override
            public Serializable next() {
                if (over) {
                    throw new NoSuchElementException();
                }
                if (!ofSecond.hasNext()) {
                    over = true;
                    return tally.sealed();
                }
                Scores other = ofSecond.next();
                Scores one = Objects.requireNonNull(held.remove(other.row()));
                tally.add(one, other, () -> shown.of(one.row()));
                double[] values = new double[VALUES];
                values[FIRST_SCORE] = one.anomalyScore();
                values[SECOND_SCORE] = other.anomalyScore();
                values[DIFFERENCE] = Double.isFinite(one.elbo()) && Double.isFinite(other.elbo())
                        ? other.elbo() - one.elbo()
                        : Double.NaN;
                return values;
            }
        };
    }
}
