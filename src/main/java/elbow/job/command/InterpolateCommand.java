package elbow.job.command;

import elbow.job.run.Session;
import elbow.job.use.InterpolateRun;
import elbow.use.Interpolation.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "interpolate",
        customSynopsis =
                "${PARENT-COMMAND-FULL-NAME} [spark-submit options] interpolate --model URI --input URI... --from"
                        + " SQL --to SQL --output URI [options]",
        header = "Writes the rows that lie between two rows in the latent space.",
        description = "%nWrites a row for each step, with its number and its share of the way, 0 to 1, and the model's"
                + " columns. For images a grid stands beside, _grid.png.",
        footer = {
            "",
            "Example:",
            "  jobs/elbow interpolate --model models/digits --input digits.parquet --from 'id = 7' --to 'id = 9' --output way"
        })
public final class InterpolateCommand implements JobCommand {
    @Mixin
    private UseOptions use = new UseOptions();

    @Mixin
    private GroupOptions groups = new GroupOptions();

    @Option(
            names = "--steps",
            paramLabel = "N",
            defaultValue = "10",
            description = "Rows to write, both ends among them. Default: ${DEFAULT-VALUE}.")
    private int steps;

    @Option(
            names = "--path",
            paramLabel = "WAY",
            defaultValue = "linear",
            description = "linear, or spherical: keeps to the distances from the origin that rows have. Default:"
                    + " ${DEFAULT-VALUE}.")
    private Path path = Path.LINEAR;

    @Override
    public int run(Session session) {
        return InterpolateRun.run(
                new InterpolateRun.Request(use.request(session, List.of()), groups.from(), groups.to(), steps, path),
                session);
    }
}
