package elbow.job.command;

import picocli.CommandLine.Option;

/** The options that say where in the latent space to go from and to, by rows. */
final class GroupOptions {
    @Option(
            names = "--from",
            required = true,
            paramLabel = "SQL",
            description = "Condition on rows of the input: where to start, or the group to move away from.")
    private String from = "";

    @Option(
            names = "--to",
            required = true,
            paramLabel = "SQL",
            description = "Condition on rows of the input: where to end, or the group to move towards.")
    private String to = "";

    String from() {
        return from;
    }

    String to() {
        return to;
    }
}
