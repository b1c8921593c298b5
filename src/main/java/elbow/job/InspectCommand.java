package elbow.job;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "inspect",
        customSynopsis = "${PARENT-COMMAND-FULL-NAME} [spark-submit options] inspect --model URI",
        header = "Says what a model is: its network, its columns, how it was trained, and how well it did.",
        footer = {"", "Example:", "  jobs/elbow inspect --model models/cardio"})
final class InspectCommand implements JobCommand {
    @Option(names = "--model", required = true, paramLabel = "URI", description = "Directory of the model.")
    private String model = "";

    @Override
    public int run(Session session) {
        return InspectRun.run(model, session);
    }
}
