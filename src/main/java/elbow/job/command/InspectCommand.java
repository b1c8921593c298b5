package elbow.job.command;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.job.run.InspectRun;
import elbow.job.run.Session;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "inspect",
        customSynopsis = {
            "${PARENT-COMMAND-FULL-NAME} [spark-submit options] inspect --model URI",
            "${PARENT-COMMAND-FULL-NAME} [spark-submit options] inspect --input URI... [options]"
        },
        header = "Says what a model is, or what the columns of a data set are.",
        description =
                "%nOf a model: its network, its columns, how it was trained, and how well it did. Of a data set: what"
                        + " training would make of each column, and why.",
        footer = {
            "",
            "Examples:",
            "  jobs/elbow inspect --model models/cardio",
            "  jobs/elbow inspect --input data/anomaly/cardio.csv.gz"
        })
public final class InspectCommand implements JobCommand {
    @ArgGroup(multiplicity = "1")
    private Subject subject = new Subject();

    @Mixin
    private ConfigurationOptions configuration = new ConfigurationOptions();

    @Option(names = "--ignore", split = ",", paramLabel = "COL", description = "Columns that are no features.")
    private List<String> ignored = new ArrayList<>();

    @Override
    public int run(Session session) {
        InputOptions input = subject.input;
        if (input == null) {
            if (!ignored.isEmpty()) {
                throw new ElbowException(
                        ErrorCategory.USAGE, "--ignore must be given with --input, but is given with --model");
            }
            configuration.warnOfUnread("inspect --model", key -> false, session);
            return InspectRun.model(String.valueOf(subject.model), session);
        }
        return InspectRun.input(input.input(session), configuration.configuration(session), ignored, session);
    }

    /** What is looked at: one or the other. */
    private static final class Subject {
        @Option(names = "--model", required = true, paramLabel = "URI", description = "Directory of a model.")
        private @Nullable String model;

        @ArgGroup(exclusive = false)
        private @Nullable InputOptions input;
    }
}
