package elbow.job;

import elbow.job.command.JobCommand;
import elbow.job.console.Figures;
import elbow.job.console.Table;
import elbow.job.run.ColumnValue;
import elbow.job.run.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Joins the figures of {@code jobs/demo} into one table. */
@Command(
        name = "demo-table",
        hidden = true,
        header = "Prints one table from the figures that train and evaluate wrote with --json.")
public final class DemoTableCommand implements JobCommand {
    @Parameters(
            arity = "1..*",
            paramLabel = "NAME=DIR",
            converter = ColumnValue.Converter.class,
            description = "Name of a data set, and the directory with its train.json and evaluate.json.")
    private List<ColumnValue> runs = new ArrayList<>();

    @Override
    public int run(Session session) {
        Table table = new Table("data set", "rows", "ELBO before", "ELBO after", "AUROC", "examples/s", "report");
        for (ColumnValue run : runs) {
            Figures train = figures(session, run.value() + "/train.json");
            Figures evaluate = figures(session, run.value() + "/evaluate.json");
            table.row(
                    run.column(),
                    number("%,.0f", evaluate.number("rows")),
                    number("%.2f", train.number("elboBefore")),
                    number("%.2f", train.number("elboAfter")),
                    number("%.4f", evaluate.number("auroc")),
                    number("%,.0f", train.number("examplesPerSecond")),
                    train.text("report"));
        }
        session.console().print(table.render());
        return 0;
    }

    private static Figures figures(Session session, String file) {
        return Figures.parse(session.readText("NAME=DIR", file), file);
    }

    private static String number(String format, OptionalDouble value) {
        return value.isPresent() ? String.format(Locale.ROOT, format, value.getAsDouble()) : "-";
    }
}
