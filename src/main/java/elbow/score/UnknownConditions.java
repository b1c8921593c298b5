package elbow.score;

import elbow.data.feature.FeatureEncoder;
import elbow.data.feature.TrainingRange.Beyond;
import elbow.data.reference.ColumnTallies;
import elbow.data.reference.ColumnTally;
import elbow.model.TrainedModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Tells of rows whose conditions a model does not know. The network sees 0, the average of the training rows, of a
 * category or level that training has not seen, and of a value that is missing where training had all; a number outside
 * the range of training it sees as it is.
 */
public final class UnknownConditions {
    private UnknownConditions() {}

    /**
     * A sentence for each condition with rows that the model does not know; none if it knows all, or has none. One more
     * on which network scored them, of a model whose groups have networks of their own.
     */
    public static List<String> notes(TrainedModel model, ScoredCounts counts) {
        List<String> notes = notes(model.encoder(), counts.columns());
        ofGroups(model, counts).ifPresent(notes::add);
        return notes;
    }

    /** A sentence on which network scored how many rows; empty for a model of one network. */
    public static Optional<String> ofGroups(TrainedModel model, ScoredCounts counts) {
        return model.groups().map(groups -> counts.groups().note(groups));
    }

    /** As {@link #notes(TrainedModel, ScoredCounts)}, of rows that were not counted: another pass over them. */
    public static List<String> notes(TrainedModel model, Dataset<Row> rows) {
        FeatureEncoder encoder = model.encoder();
        if (encoder.conditions().isEmpty()) {
            return List.of();
        }
        List<String> notes =
                notes(encoder, ColumnTallies.of(rows, encoder, ColumnTallies.of(encoder, Optional.empty())));
        GroupCounts.of(model, rows)
                .ifPresent(counts -> notes.add(counts.note(model.groups().orElseThrow())));
        return notes;
    }

    private static List<String> notes(FeatureEncoder encoder, ColumnTallies counted) {
        List<String> notes = new ArrayList<>();
        for (ColumnTally column : counted.columns(encoder)) {
            if (!encoder.conditions().contains(column.feature())) {
                continue;
            }
            if (column.beyond() > 0) {
                boolean category = column.feature().width() > 1
                        || column.feature().trainingRange().beyond() == Beyond.UNSEEN;
                notes.add("condition " + column.column() + ": training has not seen the value of "
                        + of(column.beyond(), column)
                        + (category
                                ? ", scored as at the average of the training rows"
                                : ", a number outside its range, scored by what the network makes of it there"));
            }
            if (column.missing() > 0) {
                notes.add("condition " + column.column() + ": no value in " + of(column.missing(), column)
                        + ", scored as "
                        + (column.feature().hasGaps()
                                ? "training rows without one"
                                : "at the average of the training rows, which all have one"));
            }
        }
        return notes;
    }

    private static String of(long count, ColumnTally column) {
        return String.format(Locale.ROOT, "%,d of %,d rows", count, column.rows());
    }
}
