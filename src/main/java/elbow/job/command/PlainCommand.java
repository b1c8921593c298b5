package elbow.job.command;

import elbow.job.console.Console;

/** A command that needs no Spark. */
public interface PlainCommand {
    /** Does the work, and returns the exit code. */
    int run(Console console);
}
