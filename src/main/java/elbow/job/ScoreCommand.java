package elbow.job;

import elbow.job.ScoreRequest.OutputFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "score",
        customSynopsis =
                "${PARENT-COMMAND-FULL-NAME} [spark-submit options] score --model URI --input URI... --output URI [options]",
        header = "Scores every row of a data set with a trained model.",
        description = "%nWrites one row per input row: elbo, reconstruction and kl in nats (higher elbo is more usual),"
                + " anomaly_score (higher is stranger), is_anomaly, model_id, scored_at, and the columns of --keep.",
        footer = {
            "",
            "Example:",
            "  jobs/elbow score --model models/cardio --input data/anomaly/cardio.csv.gz --output scores --keep label"
        })
final class ScoreCommand implements JobCommand {
    @Option(names = "--model", required = true, paramLabel = "URI", description = "Directory of the model.")
    private String model = "";

    @Mixin
    private InputOptions input = new InputOptions();

    @Option(names = "--output", required = true, paramLabel = "URI", description = "Directory to write the scores to.")
    private String output = "";

    @Option(
            names = "--output-format",
            paramLabel = "FORMAT",
            defaultValue = "parquet",
            description = "One of ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private OutputFormat format = OutputFormat.PARQUET;

    @Option(
            names = "--keep",
            split = ",",
            paramLabel = "COL",
            description = "Input columns to repeat in the output, to tell the rows by.")
    private List<String> kept = new ArrayList<>();

    @Option(
            names = "--samples",
            paramLabel = "K",
            description = "Posterior samples per row; 0: at the posterior mean, the fastest; from 2 on the"
                    + " importance-weighted bound is filled too. Default: scoring.samples.")
    private @Nullable Integer samples;

    @Option(
            names = "--threshold",
            paramLabel = "T",
            description = "Rows with an anomaly_score above this are anomalies. Default: the model's threshold.")
    private @Nullable Double threshold;

    @Option(
            names = "--explain",
            paramLabel = "N",
            defaultValue = "0",
            description = "Fills contributions: the N columns that add most to the anomaly_score beyond what is normal,"
                    + " in nats, with observed and expected value; then the entries latent and other, so that all"
                    + " together they sum to the score less its normal mean. Default: 0, none, the fastest.")
    private int explained;

    @Mixin
    private QuarantineOption quarantine = new QuarantineOption();

    @Option(names = "--overwrite", description = "Replaces the output directory, and that of bad rows, if it exists.")
    private boolean overwrite;

    @Override
    public int run(Session session) {
        return ScoreRun.run(
                new ScoreRequest(
                        model,
                        input.input(),
                        output,
                        format,
                        kept,
                        samples == null ? OptionalInt.empty() : OptionalInt.of(samples),
                        threshold == null ? OptionalDouble.empty() : OptionalDouble.of(threshold),
                        explained,
                        quarantine.uri(),
                        overwrite),
                session);
    }
}
