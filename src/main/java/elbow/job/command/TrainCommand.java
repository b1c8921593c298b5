package elbow.job.command;

import elbow.base.Configuration;
import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.data.table.Label;
import elbow.fit.FitStart;
import elbow.job.run.ColumnValue;
import elbow.job.run.Session;
import elbow.job.run.TrainRequest;
import elbow.job.run.TrainRun;
import java.util.ArrayList;
import java.util.List;
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

    @Option(names = "--model", required = true, paramLabel = "URI", description = "Directory to write the model to.")
    private String model = "";

    @Mixin
    private ConfigurationOptions configuration = new ConfigurationOptions();

    @Option(
            names = "--validation",
            paramLabel = "URI",
            description = "Rows to validate on, in the input's format. Default: a share of the input,"
                    + " data.validation-fraction.")
    private @Nullable String validation;

    @Option(names = "--ignore", split = ",", paramLabel = "COL", description = "Columns that are no features.")
    private List<String> ignored = new ArrayList<>();

    @Option(
            names = "--normal-only",
            paramLabel = "COL=VALUE",
            converter = ColumnValue.Converter.class,
            description = "Trains only on rows with this value; the column is no feature.")
    private @Nullable ColumnValue normalOnly;

    @Option(
            names = "--label",
            paramLabel = "COL[=VALUE]",
            converter = LabelConverter.class,
            description = "Trains only on rows that this column does not call anomalies, as it does for evaluate: with"
                    + " VALUE, or else with 1, true or yes; the column is no feature.")
    private @Nullable Label label;

    @Option(
            names = "--conditions",
            split = ",",
            paramLabel = "COL",
            description =
                    "Columns that are given and not modelled, data.conditions: every score is then one of the other"
                            + " columns where these are so.")
    private List<String> conditions = new ArrayList<>();

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
            description = "Reads the rows and says what would be trained, and written where; writes nothing.")
    private boolean dryRun;

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
        TrainRequest request = new TrainRequest(
                input.input(session),
                model,
                settings(session),
                Optional.ofNullable(validation),
                ignored,
                Optional.ofNullable(normalOnly),
                Optional.ofNullable(label),
                resume ? FitStart.RESUME : overwrite ? FitStart.OVERWRITE : FitStart.NEW,
                quarantine.uri(),
                Optional.ofNullable(json));
        return dryRun ? TrainRun.dryRun(request, session) : TrainRun.run(request, session);
    }

    private Configuration settings(Session session) {
        Configuration settings = configuration.configuration(session);
        return conditions.isEmpty() ? settings : settings.withTexts("data.conditions", conditions);
    }
}
