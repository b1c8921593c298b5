package elbow.job.version;

import elbow.job.command.JobCommand;
import elbow.job.run.Session;
import elbow.model.ModelVersions;
import java.util.OptionalInt;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "promote",
        customSynopsis = "${PARENT-COMMAND-FULL-NAME} [spark-submit options] promote --model NAME@VERSION",
        header = "Puts a version of a model in force: NAME@latest is this one from now on.",
        description = "%ntrain --model NAME@next writes the next version and promotes it; promote takes that back by"
                + " the number of an earlier one. No model is changed or removed.",
        footer = {"", "Example:", "  jobs/elbow promote --model models/nightly@1"})
public final class PromoteCommand implements JobCommand {
    @Option(
            names = "--model",
            required = true,
            paramLabel = "NAME@VERSION",
            description = "Directory of the version, such as models/nightly@1.")
    private String model = "";

    @Override
    public int run(Session session) {
        OptionalInt before =
                ModelVersions.promote(model, session.spark().sparkContext().hadoopConfiguration());
        session.console()
                .print(model + " is in force"
                        + (before.isPresent() ? ", where version " + before.getAsInt() + " was" : ""));
        return 0;
    }
}
