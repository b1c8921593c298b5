package elbow.job.command;

import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.ColorScheme;
import picocli.CommandLine.IHelpCommandInitializable2;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.UnmatchedArgumentException;

// picocli's own has an option --help that the inherited one collides with.
@Command(
        name = "help",
        helpCommand = true,
        customSynopsis = "${PARENT-COMMAND-FULL-NAME} help [COMMAND]",
        header = "Says what there is, or what a command does and takes.",
        footer = {"", "Example:", "  jobs/elbow help train"})
public final class HelpCommand implements IHelpCommandInitializable2, Runnable {
    @Parameters(arity = "0..1", paramLabel = "COMMAND", description = "A command. Default: all are listed.")
    private @Nullable String command;

    private @Nullable CommandLine self;
    private @Nullable ColorScheme colours;
    private @Nullable PrintWriter out;

    @Override
    public void init(CommandLine helpCommand, ColorScheme colorScheme, PrintWriter outWriter, PrintWriter errWriter) {
        self = helpCommand;
        colours = colorScheme;
        out = outWriter;
    }

    @Override
    public void run() {
        if (self == null || colours == null || out == null) {
            throw new IllegalStateException("help must be initialised");
        }
        CommandLine all = self.getParent();
        CommandLine asked = command == null ? all : all.getSubcommands().get(command);
        if (asked == null) {
            throw new UnmatchedArgumentException(all, List.of(String.valueOf(command)));
        }
        asked.usage(out, colours);
    }
}
