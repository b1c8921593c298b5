package elbow.compare;

import elbow.math.ExactMoments;
import elbow.math.ExactSum;
import elbow.score.ColumnScoring.Scores;
import java.io.Serializable;
import java.util.function.Supplier;

/**
 * What is summed of the rows that two models have scored. The same for any order and partitioning of the rows: sums are
 * exact, and of the rows that changed sides those are kept that are first in an order of their own.
 */
final class RowTally implements Serializable {
    private static final long serialVersionUID = 1L;

    private final int[] sharedInFirst;
    private final int[] sharedInSecond;
    private final double firstThreshold;
    private final double secondThreshold;

    long rows;
    /** Of which an ELBO is not finite; they are in no mean. */
    long notFinite;

    long flaggedByBoth;
    long flaggedByFirst;
    long flaggedBySecond;
    /** Rows that the second model, or the first one, gives the higher ELBO. */
    long higherInSecond;

    long higherInFirst;
    final ExactMoments firstElbo = new ExactMoments();
    final ExactMoments secondElbo = new ExactMoments();
    final ExactMoments difference = new ExactMoments();
    final ExactSum firstKl = new ExactSum();
    final ExactSum secondKl = new ExactSum();
    final ExactMoments klDifference = new ExactMoments();
    final ExactSum[] firstColumns;
    final ExactSum[] secondColumns;
    /** Of the columns that both model, in the order of {@link Comparability#shared}. */
    final ExactMoments[] columnDifferences;

    final ValueSketch differences = new ValueSketch();
    final ValueSketch firstScores = new ValueSketch();
    final ValueSketch secondScores = new ValueSketch();
    final ChangedRows onlyFirst = new ChangedRows();
    final ChangedRows onlySecond = new ChangedRows();

    /** No rows yet. */
    RowTally(Comparability columns, double firstThreshold, double secondThreshold) {
        this.firstThreshold = firstThreshold;
        this.secondThreshold = secondThreshold;
        sharedInFirst = columns.placesInFirst();
        sharedInSecond = columns.placesInSecond();
        firstColumns = sums(columns.first().size());
        secondColumns = sums(columns.second().size());
        columnDifferences = new ExactMoments[sharedInFirst.length];
        for (int i = 0; i < columnDifferences.length; i++) {
            columnDifferences[i] = new ExactMoments();
        }
    }

    private static ExactSum[] sums(int columns) {
        ExactSum[] sums = new ExactSum[columns];
        for (int i = 0; i < columns; i++) {
            sums[i] = new ExactSum();
        }
        return sums;
    }

    /**
     * Takes in a row.
     *
     * @param shown what is shown of it, asked for if it is among the strangest that changed sides
     */
    void add(Scores first, Scores second, Supplier<ShownRow> shown) {
        rows++;
        addSides(first.anomalyScore(), second.anomalyScore(), shown);
        if (!Double.isFinite(first.elbo()) || !Double.isFinite(second.elbo())) {
            notFinite++;
            return;
        }
        double change = second.elbo() - first.elbo();
        higherInSecond += change > 0 ? 1 : 0;
        higherInFirst += change < 0 ? 1 : 0;
        firstElbo.add(first.elbo(), 1);
        secondElbo.add(second.elbo(), 1);
        difference.add(change, 1);
        differences.add(change);
        firstKl.add(first.kl());
        secondKl.add(second.kl());
        klDifference.add(second.kl() - first.kl(), 1);
        add(firstColumns, first.columns());
        add(secondColumns, second.columns());
        for (int i = 0; i < columnDifferences.length; i++) {
            columnDifferences[i].add(second.columns()[sharedInSecond[i]] - first.columns()[sharedInFirst[i]], 1);
        }
    }

    private void addSides(double first, double second, Supplier<ShownRow> shown) {
        boolean inFirst = isFlagged(first, firstThreshold);
        boolean inSecond = isFlagged(second, secondThreshold);
        flaggedByFirst += inFirst ? 1 : 0;
        flaggedBySecond += inSecond ? 1 : 0;
        flaggedByBoth += inFirst && inSecond ? 1 : 0;
        if (inFirst != inSecond) {
            double excess = inFirst ? first - firstThreshold : second - secondThreshold;
            (inFirst ? onlyFirst : onlySecond).add(excess, () -> new ChangedRow(excess, first, second, shown.get()));
        }
        if (Double.isFinite(first)) {
            firstScores.add(first);
        }
        if (Double.isFinite(second)) {
            secondScores.add(second);
        }
    }

    // As is_anomaly has it: a row whose score is not finite is strange by every threshold.
    private static boolean isFlagged(double score, double threshold) {
        return !Double.isFinite(score) || score > threshold;
    }

    private static void add(ExactSum[] sums, double[] values) {
        for (int i = 0; i < sums.length; i++) {
            sums[i].add(values[i]);
        }
    }

    /** Makes this ready to travel. */
    RowTally sealed() {
        firstElbo.seal();
        secondElbo.seal();
        difference.seal();
        firstKl.seal();
        secondKl.seal();
        klDifference.seal();
        for (ExactSum sum : firstColumns) {
            sum.seal();
        }
        for (ExactSum sum : secondColumns) {
            sum.seal();
        }
        for (ExactMoments moments : columnDifferences) {
            moments.seal();
        }
        return this;
    }

    /** Takes in what another has counted of other rows; returns this. */
    RowTally merge(RowTally other) {
        rows += other.rows;
        notFinite += other.notFinite;
        flaggedByBoth += other.flaggedByBoth;
        flaggedByFirst += other.flaggedByFirst;
        flaggedBySecond += other.flaggedBySecond;
        higherInSecond += other.higherInSecond;
        higherInFirst += other.higherInFirst;
        firstElbo.merge(other.firstElbo);
        secondElbo.merge(other.secondElbo);
        difference.merge(other.difference);
        firstKl.merge(other.firstKl);
        secondKl.merge(other.secondKl);
        klDifference.merge(other.klDifference);
        merge(firstColumns, other.firstColumns);
        merge(secondColumns, other.secondColumns);
        for (int i = 0; i < columnDifferences.length; i++) {
            columnDifferences[i].merge(other.columnDifferences[i]);
        }
        differences.merge(other.differences);
        firstScores.merge(other.firstScores);
        secondScores.merge(other.secondScores);
        onlyFirst.merge(other.onlyFirst);
        onlySecond.merge(other.onlySecond);
        return this;
    }

    private static void merge(ExactSum[] sums, ExactSum[] others) {
        for (int i = 0; i < sums.length; i++) {
            sums[i].merge(others[i]);
        }
    }

    /** Rows that are in the means. */
    long measured() {
        return rows - notFinite;
    }

    /** The standard error of a mean over the measured rows, with divisor rows - 1; NaN of fewer than two. */
    double standardError(ExactMoments moments) {
        double measured = measured();
        return measured < 2 ? Double.NaN : moments.standardDeviation() / Math.sqrt(measured - 1);
    }

    /** NaN without rows. */
    double mean(ExactMoments moments) {
        return measured() == 0 ? Double.NaN : moments.mean();
    }

    /** NaN without rows. */
    double mean(ExactSum sum) {
        return measured() == 0 ? Double.NaN : sum.mean(measured());
    }
}
