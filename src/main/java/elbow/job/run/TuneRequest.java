package elbow.job.run;

import elbow.base.Check;
import elbow.base.Configuration;
import elbow.base.Parameter;
import elbow.data.source.ReadRequest;
import elbow.data.table.Label;
import elbow.fit.FitStart;
import elbow.tune.Tuning;
import java.util.List;
import java.util.Optional;

/**
 * What {@code tune} is asked to do.
 *
 * @param input rows to train on
 * @param output directory of the search
 * @param model directory to write a model of the winner to; empty: none
 * @param configuration every setting; {@code training.robust} is not auto where it is said which rows are normal
 * @param validation rows to compare on; empty: a share of the input
 * @param ignored columns that are no features
 * @param normalOnly trains on rows with this value only; the column is no feature
 * @param label trains on rows that it calls normal only; the column is no feature
 * @param beginning what happens to trials that are there
 * @param words those of the input and of the rows and columns to train on, as {@code train} takes them
 */
public record TuneRequest(
        ReadRequest input,
        String output,
        Optional<String> model,
        Configuration configuration,
        Optional<String> validation,
        List<String> ignored,
        Optional<ColumnValue> normalOnly,
        Optional<Label> label,
        Tuning.Beginning beginning,
        List<String> words) {
    public TuneRequest {
        ignored = List.copyOf(ignored);
        configuration = TrainRequest.settled(configuration, normalOnly.isPresent() || label.isPresent());
        words = List.copyOf(words);
        Check.usage(
                normalOnly.isEmpty() || label.isEmpty(),
                Parameter.LABEL,
                "not be given with --normal-only, which says the same",
                label.map(Label::toString).orElse(""));
    }

    /** The rows to compare on. */
    Optional<ReadRequest> held() {
        return validation.map(uri -> input.from(List.of(uri)));
    }

    /** What {@code train} is asked for a model with other settings. */
    TrainRequest training(String model, Configuration settings, FitStart start) {
        return new TrainRequest(
                input,
                model,
                settings,
                validation,
                ignored,
                normalOnly,
                label,
                Optional.empty(),
                start,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
