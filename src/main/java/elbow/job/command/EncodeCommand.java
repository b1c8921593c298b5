package elbow.job.command;

import elbow.job.run.Session;
import elbow.job.use.EncodeRun;
import elbow.use.LatentEncoding.Form;
import elbow.use.LatentEncoding.Moments;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "encode",
        customSynopsis =
                "${PARENT-COMMAND-FULL-NAME} [spark-submit options] encode --model URI --input URI... --output URI [options]",
        header = "Brings rows to the latent space: a few numbers for many columns.",
        description = "%nWrites one row per input row: the columns of --keep, then the mean of its posterior, latent_0,"
                + " latent_1 and so on.",
        footer = {
            "",
            "Example:",
            "  jobs/elbow encode --model models/cardio --input data/anomaly/cardio.csv.gz --output latents --keep label"
        })
public final class EncodeCommand implements JobCommand {
    @Mixin
    private UseOptions use = new UseOptions();

    @Mixin
    private KeepOption keep = new KeepOption();

    @Option(
            names = "--deviations",
            description = "Writes the posterior's standard deviations too, latent_deviation_0 and so on.")
    private boolean deviations;

    @Option(
            names = "--vector",
            description = "Writes the latents as one column of vectors, latent, as the stages of Spark ML take it.")
    private boolean vector;

    @Override
    public int run(Session session) {
        return EncodeRun.run(
                new EncodeRun.Request(
                        use.request(session, keep.columns()),
                        vector ? Form.VECTOR : Form.COLUMNS,
                        deviations ? Moments.MEAN_AND_DEVIATION : Moments.MEAN),
                session);
    }
}
