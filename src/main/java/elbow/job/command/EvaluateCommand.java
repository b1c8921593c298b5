package elbow.job.command;

import elbow.data.table.Label;
import elbow.job.run.EvaluateRequest;
import elbow.job.run.EvaluateRun;
import elbow.job.run.Session;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "evaluate",
        customSynopsis =
                "${PARENT-COMMAND-FULL-NAME} [spark-submit options] evaluate --model URI --input URI... [options]",
        header = "Measures a trained model on a data set.",
        description =
                "%nPrints the mean ELBO with its parts, the importance-weighted bound and the reconstruction error;"
                        + " with a label column also AUROC and average precision of the anomaly score.",
        footer = {
            "",
            "Example:",
            "  jobs/elbow evaluate --model models/cardio --input data/anomaly/cardio.csv.gz --label label"
        })
public final class EvaluateCommand implements JobCommand {
    @Option(names = "--model", required = true, paramLabel = "URI", description = "Directory of the model.")
    private String model = "";

    @Mixin
    private InputOptions input = new InputOptions();

    @Option(
            names = "--label",
            paramLabel = "COL[=VALUE]",
            converter = LabelConverter.class,
            description =
                    "Column that says which rows are anomalies: those with VALUE; without it those with 1, true or"
                            + " yes, the others having 0, false or no.")
    private @Nullable Label label;

    @Option(
            names = "--samples",
            paramLabel = "K",
            description = "Posterior samples per row; 0: at the posterior mean. Default: scoring.samples.")
    private @Nullable Integer samples;

    @Mixin
    private AbsentOption absent = new AbsentOption();

    @Mixin
    private QuarantineOption quarantine = new QuarantineOption();

    @Option(names = "--json", paramLabel = "FILE", description = "Writes all figures to this file.")
    private @Nullable String json;

    @Override
    public int run(Session session) {
        return EvaluateRun.run(
                new EvaluateRequest(
                        model,
                        absent.apply(input.input(session)),
                        Optional.ofNullable(label),
                        samples == null ? OptionalInt.empty() : OptionalInt.of(samples),
                        quarantine.uri(),
                        Optional.ofNullable(json)),
                session);
    }
}
