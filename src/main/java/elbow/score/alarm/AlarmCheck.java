package elbow.score.alarm;

import elbow.data.feature.TrainingRange;
import elbow.data.feature.TrainingRange.Beyond;
import elbow.data.reference.ColumnCounts;
import elbow.data.reference.ColumnTally;
import elbow.data.reference.DataReference;
import elbow.model.Calibration;
import elbow.model.TrainedModel;
import elbow.score.ScoredCounts;
import elbow.score.alarm.Alarm.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Holds scored rows against training: the share that is flagged against what the calibration says of the threshold, and
 * each column's values against the training rows. {@link AlarmRule} says how far is too far.
 */
public final class AlarmCheck {
    private final TrainedModel model;
    private final Optional<DataReference> reference;
    private final double threshold;

    /**
     * A check of rows that a model scores.
     *
     * @param reference how its training rows are spread; empty: columns are not checked
     * @param threshold above which rows are flagged
     */
    public AlarmCheck(TrainedModel model, Optional<DataReference> reference, double threshold) {
        this.model = model;
        this.reference = reference;
        this.threshold = threshold;
    }

    /** The share of normal rows that the threshold flags, as far as the calibration knows. */
    public double expectedFlagged() {
        // Rows are flagged that score higher, not as high.
        return model.calibration().tailProbability(Math.nextUp(threshold));
    }

    /** What is wrong with rows; nothing if they are as in training. */
    public List<Alarm> alarms(ScoredCounts counts) {
        return alarms(counts, counts.flagged(), "are flagged");
    }

    /**
     * As {@link #alarms(ScoredCounts)} for rows that were flagged by another rule than a fixed threshold, under which
     * no share is too large: the share above the check's threshold is held against training.
     *
     * @param above rows above it
     */
    public List<Alarm> alarms(ScoredCounts counts, long above) {
        return alarms(counts, above, "score above the model's threshold");
    }

    private List<Alarm> alarms(ScoredCounts counts, long flagged, String what) {
        List<Alarm> alarms = new ArrayList<>();
        infinite(counts).ifPresent(alarms::add);
        flagged(flagged, counts.rows(), what).ifPresent(alarms::add);
        if (reference.isPresent()) {
            for (ColumnTally column : counts.columns().columns(model.encoder())) {
                of(column, reference.get()).ifPresent(alarms::add);
            }
        }
        return alarms;
    }

    // Even a single one counts: no training row had such a score, or there would be no threshold.
    private static Optional<Alarm> infinite(ScoredCounts counts) {
        if (counts.notFinite() == 0) {
            return Optional.empty();
        }
        double share = (double) counts.notFinite() / counts.rows();
        return Optional.of(new Alarm(
                Kind.INFINITE,
                Optional.empty(),
                share,
                0,
                count(counts.notFinite()) + " of " + count(counts.rows()) + " rows, " + percent(share)
                        + ", have a score that is not finite, and are flagged: their values are beyond all that the"
                        + " model can compute with"));
    }

    private Optional<Alarm> flagged(long flagged, long rows, String what) {
        Calibration calibration = model.calibration();
        double expected = expectedFlagged();
        if (!AlarmRule.isFarAbove(flagged, rows, expected * calibration.rows(), (double) calibration.rows())) {
            return Optional.empty();
        }
        double share = (double) flagged / rows;
        return Optional.of(new Alarm(
                Kind.FLAGGED,
                Optional.empty(),
                share,
                expected,
                count(flagged) + " of " + count(rows) + " rows " + what + ", " + percent(share)
                        + ", but of rows as in training " + percent(expected) + " would be"));
    }

    // The first alarm explains those that would come after it.
    private Optional<Alarm> of(ColumnTally column, DataReference training) {
        Optional<ColumnCounts> before = training.columns().stream()
                .filter(counts -> counts.column().equals(column.column()))
                .findFirst();
        double trainingRows =
                training.columns().stream().mapToLong(ColumnCounts::rows).max().orElse(0);
        return missing(column, before, trainingRows)
                .or(() -> before.flatMap(counts -> beyond(column, counts)))
                .or(() -> before.flatMap(counts -> constant(column, counts)));
    }

    private static Optional<Alarm> missing(ColumnTally column, Optional<ColumnCounts> before, double trainingRows) {
        if (before.isEmpty() && column.feature().hasGaps()) {
            // A time: nobody has counted how often training had none.
            return Optional.empty();
        }
        double expected = before.map(ColumnCounts::missing).orElse(0L);
        if (!AlarmRule.isFarAbove(column.missing(), column.rows(), expected, trainingRows)) {
            return Optional.empty();
        }
        return Optional.of(alarm(
                Kind.MISSING,
                column,
                (double) column.missing() / column.rows(),
                expected / trainingRows,
                "has no value in " + count(column.missing()) + " of " + count(column.rows()) + " rows"));
    }

    private static Optional<Alarm> beyond(ColumnTally column, ColumnCounts before) {
        TrainingRange range = column.feature().trainingRange();
        long[] bins = before.counts();
        double expected = range.beyond() == Beyond.UNSEEN ? bins[bins.length - 1] : 0;
        if (range.beyond() == Beyond.NOTHING
                || !AlarmRule.isFarAbove(column.beyond(), column.present(), expected, (double) before.present())) {
            return Optional.empty();
        }
        String what = range.beyond() == Beyond.UNSEEN
                ? "has a category that training did not have"
                : "is outside the range of training, " + column.text(range.lowest()) + " to "
                        + column.text(range.highest()) + ",";
        return Optional.of(alarm(
                range.beyond() == Beyond.UNSEEN ? Kind.UNSEEN : Kind.OUTSIDE,
                column,
                (double) column.beyond() / column.present(),
                expected / before.present(),
                what + " in " + count(column.beyond()) + " of " + count(column.present()) + " values"));
    }

    private static Optional<Alarm> constant(ColumnTally column, ColumnCounts before) {
        return column.constant()
                .filter(value -> AlarmRule.isFarAbove(
                        column.present(), column.present(), (double) before.countNear(value), (double)
                                before.present()))
                .map(value -> alarm(
                        Kind.CONSTANT,
                        column,
                        1,
                        (double) before.countNear(value) / before.present(),
                        "is " + column.text(value) + " in all " + count(column.present()) + " rows that have a value"));
    }

    private static Alarm alarm(Kind kind, ColumnTally column, double share, double expected, String what) {
        return new Alarm(
                kind,
                Optional.of(column.column()),
                share,
                expected,
                "column " + column.column() + " " + what
                        + (kind == Kind.CONSTANT
                                ? "; in training in at most "
                                : ", " + percent(share) + "; in training in ")
                        + percent(expected));
    }

    private static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    private static String percent(double share) {
        double percent = 100 * share;
        String format =
                percent == Math.rint(percent) ? "%.0f %%" : percent < 0.1 || percent > 99.9 ? "%.3f %%" : "%.1f %%";
        return String.format(Locale.ROOT, format, percent);
    }
}
