package elbow.job.command;

import elbow.job.run.Session;
import elbow.job.use.ArithmeticRun;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "arithmetic",
        customSynopsis =
                "${PARENT-COMMAND-FULL-NAME} [spark-submit options] arithmetic --model URI --input URI... --from SQL"
                        + " --to SQL --apply SQL --output URI [options]",
        header = "Moves rows by the difference of two groups in the latent space: a - b + c.",
        description =
                "%nWrites a row for each row of --apply: the columns of --keep, then the model's columns once the row's"
                        + " latents are moved by the mean of --to less that of --from. For images a grid stands beside,"
                        + " _grid.png: a line of originals above a line of what became of them.",
        footer = {
            "",
            "Example:",
            "  jobs/elbow arithmetic --model models/cardio --input data/anomaly/cardio.csv.gz --from 'label = 0'"
                    + " --to 'label = 1' --apply 'label = 0' --output moved"
        })
public final class ArithmeticCommand implements JobCommand {
    @Mixin
    private UseOptions use = new UseOptions();

    @Mixin
    private GroupOptions groups = new GroupOptions();

    @Option(
            names = "--apply",
            required = true,
            paramLabel = "SQL",
            description = "Condition on rows of the input: those to move.")
    private String apply = "";

    @Option(
            names = "--strength",
            paramLabel = "X",
            defaultValue = "1",
            description = "How far to move, in differences of the groups; below 0: the other way. Default:"
                    + " ${DEFAULT-VALUE}.")
    private double strength;

    @Mixin
    private KeepOption keep = new KeepOption();

    @Mixin
    private DrawOptions draw = new DrawOptions();

    @Override
    public int run(Session session) {
        return ArithmeticRun.run(
                new ArithmeticRun.Request(
                        use.request(session, keep.columns()),
                        groups.from(),
                        groups.to(),
                        apply,
                        strength,
                        draw.take(),
                        draw.seed()),
                session);
    }
}
