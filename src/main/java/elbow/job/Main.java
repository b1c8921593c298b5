package elbow.job;

import elbow.job.command.BatchCommand;
import elbow.job.command.CalibrateCommand;
import elbow.job.command.DemoTableCommand;
import elbow.job.command.EvaluateCommand;
import elbow.job.command.InspectCommand;
import elbow.job.command.JobCommand;
import elbow.job.command.ScoreCommand;
import elbow.job.command.TrainCommand;
import elbow.job.console.Console;
import elbow.job.run.Session;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;

/** The program: parses the command line, runs one command, and turns whatever happens into an exit code. */
@Command(
        name = "elbow",
        header = "Trains variational autoencoders on Apache Spark and scores data sets with them.",
        description = "%nAll log-probabilities are in nats, with every constant. Paths are Hadoop paths: file:, hdfs:,"
                + " s3a:, or relative to the current directory.",
        customSynopsis = "${COMMAND-NAME} [spark-submit options] COMMAND [options]",
        commandListHeading = "%nCommands (each has a --help of its own):%n",
        optionListHeading = "%nOptions (* required):%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:anything that has no code of its own",
            "2:bad usage or configuration",
            "3:bad input data",
            "4:model incompatible or damaged",
            "5:training diverged",
            "6:another run holds the lock",
            "7:scored, but the rows raise an alarm that was to be a failure"
        },
        subcommands = {
            TrainCommand.class,
            ScoreCommand.class,
            EvaluateCommand.class,
            CalibrateCommand.class,
            BatchCommand.class,
            InspectCommand.class,
            DemoTableCommand.class
        },
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        sortOptions = false,
        requiredOptionMarker = '*',
        usageHelpWidth = 100,
        usageHelpAutoWidth = true,
        scope = ScopeType.INHERIT)
public final class Main {
    private Main() {}

    /** Runs the command line and ends the process with its exit code. */
    public static void main(String[] arguments) {
        System.exit(run(Console.ofProcess(), arguments));
    }

    /** Runs the command line and returns its exit code. */
    static int run(Console console, String... arguments) {
        return new CommandLine(new Main())
                .setCommandName(System.getProperty("elbow.command", "elbow"))
                .setOut(console.outWriter())
                .setErr(console.errWriter())
                .setHelpFactory((command, colours) -> {
                    // For the printed text alone: "--model URI" reads better than "--model=URI"; both are understood.
                    command.parser().separator(" ");
                    return new CommandLine.Help(command, colours);
                })
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((e, unused) -> refuse(console, e))
                .setExecutionStrategy(parsed -> execute(console, parsed))
                .execute(arguments);
    }

    private static int execute(Console console, ParseResult parsed) {
        Integer help = CommandLine.executeHelpRequest(parsed);
        if (help != null) {
            return help;
        }
        List<CommandLine> commands = parsed.asCommandLineList();
        CommandLine last = commands.get(commands.size() - 1);
        if (!(last.getCommand() instanceof JobCommand command)) {
            throw new ParameterException(last, "no command given");
        }
        try (Session session = new Session(console, "elbow " + last.getCommandName(), Main.class)) {
            return command.run(session);
        } catch (ParameterException e) {
            return refuse(console, e);
        } catch (Throwable e) {
            return Failure.report(console, e);
        }
    }

    private static int refuse(Console console, ParameterException e) {
        CommandLine command = e.getCommandLine();
        List<String> unmatched = command.getUnmatchedArguments();
        // picocli reports a missing option first, though a mistyped one is often why it is missing.
        console.error(unmatched.isEmpty() ? String.valueOf(e.getMessage()) : unknown(command, unmatched));
        console.note("Try '" + command.getCommandSpec().qualifiedName(" ") + " --help'.");
        return CommandLine.ExitCode.USAGE;
    }

    private static String unknown(CommandLine command, List<String> unmatched) {
        UnmatchedArgumentException found = new UnmatchedArgumentException(command, unmatched);
        String what = found.isUnknownOption() ? "option" : command.getParent() == null ? "command" : "argument";
        List<String> close = found.getSuggestions();
        return "unknown " + what + " '" + unmatched.get(0) + "'"
                + (close.isEmpty() ? "" : "; the nearest known is '" + close.get(0) + "'");
    }

    /** The version that the job jar's manifest states. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"elbow " + (version == null ? "(unpackaged)" : version)};
        }
    }
}
