package elbow.job.command;

import elbow.job.run.Session;
import elbow.job.use.ReconstructRun;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "reconstruct",
        customSynopsis = "${PARENT-COMMAND-FULL-NAME} [spark-submit options] reconstruct --model URI --input URI..."
                + " --output URI [options]",
        header = "Writes what a model makes of rows: its own version of each.",
        description = "%nWrites one row per input row: the columns of --keep, then the model's columns, each with its"
                + " expected value given the row. For images a grid stands beside, _grid.png: a line of originals above"
                + " a line of reconstructions.",
        footer = {
            "",
            "Example:",
            "  jobs/elbow reconstruct --model models/cardio --input data/anomaly/cardio.csv.gz --output rebuilt --keep label"
        })
public final class ReconstructCommand implements JobCommand {
    @Mixin
    private UseOptions use = new UseOptions();

    @Mixin
    private KeepOption keep = new KeepOption();

    @Mixin
    private DrawOptions draw = new DrawOptions();

    @Override
    public int run(Session session) {
        return ReconstructRun.run(
                new ReconstructRun.Request(use.request(session, keep.columns()), draw.take(), draw.seed()), session);
    }
}
