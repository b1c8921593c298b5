package elbow.job;

import elbow.job.command.ArithmeticCommand;
import elbow.job.command.BatchCommand;
import elbow.job.command.CalibrateCommand;
import elbow.job.command.EncodeCommand;
import elbow.job.command.EvaluateCommand;
import elbow.job.command.ExportCommand;
import elbow.job.command.GenerateCommand;
import elbow.job.command.HelpCommand;
import elbow.job.command.ImputeCommand;
import elbow.job.command.InspectCommand;
import elbow.job.command.InterpolateCommand;
import elbow.job.command.JobCommand;
import elbow.job.command.PlainCommand;
import elbow.job.command.ReconstructCommand;
import elbow.job.command.ReportCommand;
import elbow.job.command.ScoreCommand;
import elbow.job.command.SettingsCommand;
import elbow.job.command.TrainCommand;
import elbow.job.command.TuneCommand;
import elbow.job.console.Console;
import elbow.job.run.Session;
import elbow.job.run.Stop;
import elbow.job.version.PromoteCommand;
import elbow.job.version.SignCommand;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
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
        footerHeading = "%nSettings:%n",
        footer = "  ${COMMAND-NAME} settings prints every key of the configuration with its default, unit and meaning,"
                + " which a file (--config FILE) or -D KEY=VALUE overrides. It is reference.conf, in"
                + " src/main/resources/elbow.",
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
            "7:scored, but the rows raise an alarm that was to be a failure",
            "8:storage or cluster failed, to be tried again",
            "9:a refreshed model is worse than the one it started from, and not written",
            "130:stopped by Ctrl-C (SIGINT)",
            "143:stopped by SIGTERM"
        },
        subcommands = {
            TrainCommand.class,
            TuneCommand.class,
            ScoreCommand.class,
            EvaluateCommand.class,
            ReportCommand.class,
            CalibrateCommand.class,
            GenerateCommand.class,
            EncodeCommand.class,
            ReconstructCommand.class,
            ImputeCommand.class,
            InterpolateCommand.class,
            ArithmeticCommand.class,
            ExportCommand.class,
            BatchCommand.class,
            InspectCommand.class,
            PromoteCommand.class,
            SignCommand.class,
            SettingsCommand.class,
            HelpCommand.class,
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
    @Option(
            names = "--quiet",
            scope = ScopeType.INHERIT,
            description = "Shows no progress and no notes, but results and errors only.")
    private boolean quiet;

    @Option(
            names = "--require-signature",
            scope = ScopeType.INHERIT,
            paramLabel = "TRUSTSTORE",
            description =
                    "Loads no model that is not signed by somebody whom this PKCS12 store trusts; its password is in"
                            + " ELBOW_TRUSTSTORE_PASSWORD, or in the file of ELBOW_TRUSTSTORE_PASSWORD_FILE. For all runs of a"
                            + " site: spark.hadoop.elbow.require-signature.")
    private @Nullable String requireSignature;

    private Main() {}

    /**
     * Runs the command line and ends the process with its exit code.
     *
     * @throws Exception with the exit code, if it is not 0, in a driver that YARN runs
     */
    public static void main(String[] arguments) throws Exception {
        int code = run(Console.ofProcess(), arguments);
        if (!YarnDriver.isThisProcess()) {
            System.exit(code);
        } else if (code != 0) {
            YarnDriver.fail(code);
        }
    }

    /** Runs the command line and returns its exit code. */
    static int run(Console console, String... arguments) {
        return run(console, new Stop(), arguments);
    }

    /** As {@link #run(Console, String...)}; ends early when {@code stop} says so. */
    static int run(Console console, Stop stop, String... arguments) {
        try {
            return parseAndRun(console, stop, arguments);
        } finally {
            stop.ended();
        }
    }

    private static int parseAndRun(Console console, Stop stop, String... arguments) {
        Main main = new Main();
        return new CommandLine(main)
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
                .setExecutionStrategy(parsed -> execute(
                        main.quiet ? console.quiet() : console,
                        stop,
                        parsed,
                        Optional.ofNullable(main.requireSignature)))
                .execute(arguments);
    }

    private static int execute(Console console, Stop stop, ParseResult parsed, Optional<String> requireSignature) {
        Integer help = CommandLine.executeHelpRequest(parsed);
        if (help != null) {
            return help;
        }
        List<CommandLine> commands = parsed.asCommandLineList();
        CommandLine last = commands.get(commands.size() - 1);
        if (last.getCommand() instanceof PlainCommand command) {
            return command.run(console);
        }
        if (!(last.getCommand() instanceof JobCommand command)) {
            throw new ParameterException(last, "no command given");
        }
        try (Session session = new Session(console, stop, "elbow " + last.getCommandName(), Main.class)) {
            requireSignature.ifPresent(session::requireSignature);
            return command.run(session);
        } catch (ParameterException e) {
            return refuse(console, e);
        } catch (Throwable e) {
            return stop.isRequested()
                    ? Failure.stopped(console, e, command.leftWhenStopped())
                    : Failure.report(console, e);
        }
    }

    private static int refuse(Console console, ParameterException e) {
        CommandLine command = e.getCommandLine();
        List<String> unmatched =
                e instanceof UnmatchedArgumentException found ? found.getUnmatched() : command.getUnmatchedArguments();
        // picocli reports a missing option first, though a mistyped one is often why it is missing.
        console.error(
                unmatched.isEmpty() ? String.valueOf(e.getMessage()) : UnknownArguments.message(command, unmatched));
        console.advise("Try '" + command.getCommandSpec().qualifiedName(" ") + " --help'.");
        return CommandLine.ExitCode.USAGE;
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
