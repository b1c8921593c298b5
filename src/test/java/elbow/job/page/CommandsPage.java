package elbow.job.page;

import elbow.job.Main;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The page commands.md: every command with its options, in the words of {@code --help}. */
final class CommandsPage {
    private CommandsPage() {}

    /** The commands that people call, in the order of the program's help. */
    static List<CommandLine> commands() {
        CommandLine all = new CommandLine(Main.class).setCommandName("jobs/elbow");
        return all.getSubcommands().values().stream()
                .filter(command -> !command.getCommandSpec().usageMessage().hidden())
                .toList();
    }

    /** The page. */
    static String of() {
        StringBuilder page = new StringBuilder("""
                # Every command

                What `jobs/elbow help COMMAND` says, without its examples; a test holds this page to that. `--quiet` goes with every command and
                shows results and errors only; `--help` explains it. Options of `spark-submit` stand before the command. Exit codes:
                [Runbook](runbook.md).

                | command | what it does |
                |---|---|
                """);
        commands()
                .forEach(command -> page.append(String.format(
                        "| [`%s`](#%s) | %s |%n",
                        command.getCommandName(),
                        command.getCommandName(),
                        text(usage(command).header()))));
        commands().forEach(command -> page.append(section(command)));
        return page.toString().replace("\r\n", "\n");
    }

    private static UsageMessageSpec usage(CommandLine command) {
        return command.getCommandSpec().usageMessage();
    }

    private static String section(CommandLine command) {
        command.getCommandSpec().parser().separator(" ");
        StringBuilder section = new StringBuilder("\n## " + command.getCommandName() + "\n\n");
        section.append("`").append(text(usage(command).customSynopsis())).append("`\n");
        String description = text(usage(command).description());
        section.append(description.isEmpty() ? "" : "\n" + description + "\n");
        List<ArgSpec> arguments = arguments(command.getCommandSpec());
        if (!arguments.isEmpty()) {
            section.append("\n| option | | meaning |\n|---|---|---|\n");
            arguments.forEach(argument -> section.append(row(argument, command.getHelp())));
        }
        return section.toString();
    }

    private static List<ArgSpec> arguments(CommandSpec command) {
        List<ArgSpec> arguments = new ArrayList<>(command.positionalParameters());
        command.options().stream()
                .filter(option -> !option.inherited() && !option.usageHelp() && !option.versionHelp())
                .forEach(arguments::add);
        arguments.removeIf(ArgSpec::hidden);
        return arguments;
    }

    private static String row(ArgSpec argument, Help help) {
        String names = argument instanceof OptionSpec option ? String.join(", ", option.names()) : "";
        String label = help.parameterLabelRenderer()
                .renderParameterLabel(argument, Help.Ansi.OFF, List.of())
                .plainString()
                .strip();
        String shown = Stream.of(
                        names,
                        argument instanceof PositionalParamSpec
                                        || argument.arity().max() > 0
                                ? label
                                : "")
                .filter(word -> !word.isEmpty())
                .collect(Collectors.joining(" "));
        return "| `" + shown.replace("|", "\\|") + "` | " + (argument.required() ? "required" : "") + " | "
                + text(argument.description()) + " |\n";
    }

    private static String text(String... lines) {
        return String.join(" ", lines)
                .replace("%n", " ")
                .replace("%%", "%")
                .replace("|", "\\|")
                .replaceAll("\\s+", " ")
                .strip();
    }
}
