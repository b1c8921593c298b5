package elbow.job.command;

import elbow.base.Configuration;
import elbow.job.console.Console;
import picocli.CommandLine.Command;

@Command(
        name = "settings",
        customSynopsis = "${PARENT-COMMAND-FULL-NAME} settings",
        header = "Prints every key of the configuration with its default, unit and meaning.",
        description = "%nThe text is HOCON: a part of it, changed, is a file for --config.",
        footer = {"", "Example:", "  jobs/elbow settings"})
public final class SettingsCommand implements PlainCommand {
    @Override
    public int run(Console console) {
        console.print(Configuration.reference().stripTrailing());
        return 0;
    }
}
