package elbow.job.run;

import elbow.base.Check;
import elbow.base.Configuration;
import elbow.base.Parameter;
import elbow.data.source.ReadRequest;
import elbow.data.table.Label;
import elbow.fit.FitStart;
import elbow.fit.NormalRows;
import elbow.fit.StartModel;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What {@code train} is asked to do.
 *
 * @param input rows to train on
 * @param model directory to write, or the next version of a model, as {@link elbow.model.ModelVersions} says
 * @param configuration every setting; {@code training.robust} is not auto where it is said which rows are normal
 * @param validation rows to validate on; empty: a share of the input
 * @param ignored columns that are no features
 * @param normalOnly trains on rows with this value only; the column is no feature
 * @param label trains on rows that it calls normal only; the column is no feature
 * @param anomalies rows with this value are known anomalies: not trained on, they choose what parts of the score weigh;
 *     the column is no feature
 * @param start how the run begins; a model and bad rows that are there are replaced as checkpoints are
 * @param quarantine directory for bad rows; empty: they are errors
 * @param json file for the figures; empty: none
 * @param from model to start from; empty: none
 * @param signWith keystore with the key that signs the model; empty: it is not signed
 */
public record TrainRequest(
        ReadRequest input,
        String model,
        Configuration configuration,
        Optional<String> validation,
        List<String> ignored,
        Optional<ColumnValue> normalOnly,
        Optional<Label> label,
        Optional<ColumnValue> anomalies,
        FitStart start,
        Optional<String> quarantine,
        Optional<String> json,
        Optional<StartModel> from,
        Optional<String> signWith) {
    public TrainRequest {
        List<String> names = List.copyOf(ignored);
        ignored = names;
        configuration = settled(configuration, normalOnly.isPresent() || label.isPresent());
        Check.usage(
                normalOnly.isEmpty() || label.isEmpty(),
                Parameter.LABEL,
                "not be given with --normal-only, which says the same",
                label.map(Label::toString).orElse(""));
        Check.usage(
                anomalies.isEmpty() || !anomalies.equals(normalOnly),
                Parameter.ANOMALIES,
                "not be given with the value of --normal-only, whose rows are trained on",
                anomalies.map(ColumnValue::toString).orElse(""));
        Stream.of(normalOnly.map(ColumnValue::column), label.map(Label::column), anomalies.map(ColumnValue::column))
                .flatMap(Optional::stream)
                .forEach(column -> requireNotIgnored(column, names));
    }

    private static void requireNotIgnored(String column, List<String> ignored) {
        Check.usage(
                !ignored.contains(column),
                Parameter.IGNORE,
                "not name a column that says which rows are trained on, and so is no feature",
                column);
    }

    /** The configuration, with what follows if all rows to train on are said to be normal. */
    static Configuration settled(Configuration configuration, boolean normalRows) {
        return normalRows ? NormalRows.settings(configuration) : configuration;
    }

    /** The rows to validate on. */
    Optional<ReadRequest> held() {
        return validation.map(uri -> input.from(List.of(uri)));
    }
}
