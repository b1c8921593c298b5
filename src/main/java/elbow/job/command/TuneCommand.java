package elbow.job.command;

import elbow.job.run.Session;
import elbow.job.run.TuneRequest;
import elbow.job.run.TuneRun;
import elbow.tune.Tuning;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "tune",
        customSynopsis =
                "${PARENT-COMMAND-FULL-NAME} [spark-submit options] tune --input URI... --output URI [options]",
        header = "Searches for the settings that suit a data set best.",
        description = "%nTrains many configurations side by side on rows that are laid out once, the better ones for"
                + " longer, and compares them on held-out rows: section tune of the configuration says what is tried."
                + " Writes winner.conf, which train --config takes, trials.json and report.html. A search that was"
                + " stopped goes on when the same command is given again.",
        footer = {
            "",
            "Example:",
            "  jobs/elbow tune --input data/anomaly/cardio.csv.gz --label label --output searches/cardio"
        })
public final class TuneCommand implements JobCommand {
    @Mixin
    private InputOptions input = new InputOptions();

    @Option(
            names = "--output",
            required = true,
            paramLabel = "URI",
            description = "Directory of the search: its result, and the trials that are done.")
    private String output = "";

    @Option(
            names = "--model",
            paramLabel = "URI",
            description = "Trains a model with the winning configuration, and writes it to this directory.")
    private @Nullable String model;

    @Mixin
    private ConfigurationOptions configuration = new ConfigurationOptions();

    @Mixin
    private TrainingRowsOptions rows = new TrainingRowsOptions();

    @Option(
            names = "--overwrite",
            description = "Begins anew: forgets the trials that are in the output directory, and replaces the model.")
    private boolean overwrite;

    @Option(
            names = "--dry-run",
            description = "Reads the rows and says what would be tried, and for how long; writes nothing.")
    private boolean dryRun;

    @Override
    public int run(Session session) {
        configuration.warnOfUnread("tune", key -> !key.startsWith("batch."), session);
        List<String> words = new ArrayList<>(input.words());
        words.addAll(rows.words());
        TuneRequest request = new TuneRequest(
                input.input(session),
                output,
                Optional.ofNullable(model),
                rows.in(configuration.configuration(session)),
                rows.validation(),
                rows.ignored(),
                rows.normalOnly(),
                rows.label(),
                overwrite ? Tuning.Beginning.ANEW : Tuning.Beginning.GO_ON,
                words);
        return dryRun ? TuneRun.dryRun(request, session) : TuneRun.run(request, session);
    }
}
