package elbow.job.command;

import elbow.base.Configuration;
import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.fit.FitStart;
import elbow.fit.StartModel;
import elbow.job.run.ColumnValue;
import elbow.job.run.Session;
import elbow.job.run.TrainRequest;
import elbow.job.run.TrainRun;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "train",
        customSynopsis =
                "${PARENT-COMMAND-FULL-NAME} [spark-submit options] train --input URI... --model URI [options]",
        header = "Trains a model on a data set and writes it to a directory.",
        description = "%nSplits the rows over replicas, averages them round after round, and writes manifest, encoder,"
                + " network, history and report.html. The directory appears when training is complete, not before.",
        footer = {
            "",
            "Example:",
            "  jobs/elbow train --input data/anomaly/cardio.csv.gz --normal-only label=0 --model models/cardio"
        })
public final class TrainCommand implements JobCommand {
    @Mixin
    private InputOptions input = new InputOptions();

    @Option(
            names = "--model",
            required = true,
            paramLabel = "URI",
            description = "Directory to write the model to; NAME@next: the next version of a model, which is then"
                    + " NAME@latest.")
    private String model = "";

    @Option(
            names = "--from",
            paramLabel = "URI",
            description = "Starts from this model, whose settings hold unless others are given, and writes the new one"
                    + " only if it passes the gate of the section refresh: see refresh.encoder.")
    private @Nullable String from;

    @Mixin
    private ConfigurationOptions configuration = new ConfigurationOptions();

    @Mixin
    private TrainingRowsOptions rows = new TrainingRowsOptions();

    @Option(
            names = "--anomalies",
            paramLabel = "COL=VALUE",
            converter = ColumnValue.Converter.class,
            description =
                    "Rows with this value are known anomalies, at least 3: they are not trained on; they choose, by"
                            + " cross validation against held-out rows, what the parts of the anomaly score weigh whose"
                            + " weights are auto (scoring.marginal-weight, scoring.neighbour-weight). The column is no"
                            + " feature.")
    private @Nullable ColumnValue anomalies;

    @Mixin
    private QuarantineOption quarantine = new QuarantineOption();

    @Option(
            names = "--resume",
            description = "Goes on from the last checkpoint of a run that was interrupted, to the same model.")
    private boolean resume;

    @Option(
            names = "--overwrite",
            description =
                    "Replaces the model directory, and that of bad rows, if it exists, and forgets the checkpoints"
                            + " of an interrupted run.")
    private boolean overwrite;

    @Option(
            names = "--dry-run",
            description =
                    "Reads the rows and says what would be trained, how long about, and written where; writes nothing"
                            + " but the file of --json.")
    private boolean dryRun;

    @Option(
            names = "--sign-with",
            paramLabel = "KEYSTORE[#ALIAS]",
            description = "Signs the model with a key of this PKCS12 keystore, as sign does; its password is in"
                    + " ELBOW_KEYSTORE_PASSWORD, or in the file of ELBOW_KEYSTORE_PASSWORD_FILE.")
    private @Nullable String signWith;

    @Option(names = "--json", paramLabel = "FILE", description = "Writes all figures to this file.")
    private @Nullable String json;

    @Override
    public int run(Session session) {
        if (resume && overwrite) {
            throw new ElbowException(
                    ErrorCategory.USAGE,
                    "--resume and --overwrite must not be given together: one goes on, one starts anew");
        }
        configuration.warnOfUnread("train", key -> !key.startsWith("batch.") && !key.startsWith("tune."), session);
        Optional<StartModel> start = Optional.ofNullable(from).map(uri -> TrainRun.start(uri, session));
        Configuration settings = start.map(model -> configuration.overTrained(model.settings(), session))
                .orElseGet(() -> configuration.configuration(session));
        TrainRequest request = new TrainRequest(
                input.input(session),
                model,
                rows.in(settings),
                rows.validation(),
                rows.ignored(),
                rows.normalOnly(),
                rows.label(),
                Optional.ofNullable(anomalies),
                resume ? FitStart.RESUME : overwrite ? FitStart.OVERWRITE : FitStart.NEW,
                quarantine.uri(),
                Optional.ofNullable(json),
                start,
                Optional.ofNullable(signWith));
        return dryRun ? TrainRun.dryRun(request, session) : TrainRun.run(request, session);
    }
}
