package elbow.job.command;

import picocli.CommandLine.Option;

/** The options of commands that write a directory from a model: which model, and where to. */
final class FromModelOptions {
    @Option(names = "--model", required = true, paramLabel = "URI", description = "Directory of the model.")
    private String model = "";

    @Option(names = "--output", required = true, paramLabel = "URI", description = "Directory to write to.")
    private String output = "";

    String model() {
        return model;
    }

    String output() {
        return output;
    }
}
