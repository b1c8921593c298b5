package elbow.job.command;

import elbow.data.table.Label;
import elbow.job.run.EvaluateRequest;
import elbow.job.run.EvaluateRun;
import elbow.job.run.Session;
import java.util.Optional;
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
    @Mixin
    private ModelOptions options = new ModelOptions();

    @Option(
            names = "--label",
            paramLabel = "COL[=VALUE]",
            converter = LabelConverter.class,
            description =
                    "Column that says which rows are anomalies: those with VALUE; without it those with 1, true or"
                            + " yes, the others having 0, false or no.")
    private @Nullable Label label;

    @Override
    public int run(Session session) {
        return EvaluateRun.run(
                new EvaluateRequest(
                        options.model(),
                        options.input(session),
                        Optional.ofNullable(label),
                        options.samples(),
                        options.quarantine(),
                        options.json()),
                session);
    }
}
