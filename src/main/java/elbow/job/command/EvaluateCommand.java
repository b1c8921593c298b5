package elbow.job.command;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.data.source.ReadRequest;
import elbow.data.source.TableSource;
import elbow.data.table.Label;
import elbow.job.run.EvaluateRequest;
import elbow.job.run.EvaluateRun;
import elbow.job.run.QualityRequest;
import elbow.job.run.QualityRun;
import elbow.job.run.Session;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "evaluate",
        customSynopsis =
                "${PARENT-COMMAND-FULL-NAME} [spark-submit options] evaluate (--model URI | --synthetic URI) --input URI... [options]",
        header = "Measures a trained model on a data set, or a synthetic table against the real one.",
        description =
                "%nPrints the mean ELBO with its parts, the importance-weighted bound and the reconstruction error;"
                        + " with a label column also AUROC and average precision of the anomaly score. With --synthetic it holds"
                        + " a table that was made against --input: shapes of columns, trends of pairs, what can be learned"
                        + " from it and how near it comes to real rows.",
        footer = {
            "",
            "Examples:",
            "  jobs/elbow evaluate --model models/cardio --input data/anomaly/cardio.csv.gz --label label",
            "  jobs/elbow evaluate --synthetic made/cardio --input rows/train.csv --holdout rows/test.csv --target f0"
        })
public final class EvaluateCommand implements JobCommand {
    @Option(names = "--model", paramLabel = "URI", description = "Directory of the model.")
    private @Nullable String model;

    @Mixin
    private RowOptions options = new RowOptions();

    @Option(
            names = "--label",
            paramLabel = "COL[=VALUE]",
            converter = TrainingRowsOptions.LabelConverter.class,
            description =
                    "Column that says which rows are anomalies: those with VALUE; without it those with 1, true or"
                            + " yes, the others having 0, false or no.")
    private @Nullable Label label;

    @Option(
            names = "--synthetic",
            paramLabel = "URI",
            description = "A synthetic table to hold against --input, the real rows that it stands for.")
    private @Nullable String synthetic;

    @Option(
            names = "--holdout",
            paramLabel = "URI",
            description = "With --synthetic: real rows that it was not made from, read as --input is.")
    private @Nullable String holdout;

    @Option(
            names = "--target",
            paramLabel = "COL",
            description = "With --synthetic: a column to learn from the others, tried on the rows of --holdout.")
    private @Nullable String target;

    @Option(names = "--report", paramLabel = "FILE", description = "With --synthetic: writes a report, HTML, here.")
    private @Nullable String report;

    @Override
    public int run(Session session) {
        if (synthetic != null) {
            refuse(label == null ? List.of() : List.of("--label"), "without");
            refuse(model == null ? options.ofScores() : List.of("--model"), "without");
            return QualityRun.run(quality(synthetic, session), session);
        }
        if (model == null) {
            throw new ElbowException(ErrorCategory.USAGE, "Missing required option: '--model=URI'");
        }
        Stream<String> others = Stream.of(
                        holdout == null ? "" : "--holdout",
                        target == null ? "" : "--target",
                        report == null ? "" : "--report")
                .filter(flag -> !flag.isEmpty());
        refuse(others.toList(), "with");
        return EvaluateRun.run(
                new EvaluateRequest(
                        model,
                        options.input(session),
                        Optional.ofNullable(label),
                        options.samples(),
                        options.quarantine(),
                        options.json()),
                session);
    }

    private static void refuse(List<String> flags, String when) {
        if (!flags.isEmpty()) {
            throw new ElbowException(
                    ErrorCategory.USAGE,
                    flags.get(0) + " must be given " + when + " --synthetic, but is given "
                            + (when.equals("with") ? "without" : "with") + " it");
        }
    }

    private QualityRequest quality(String made, Session session) {
        ReadRequest real = options.input(session);
        return new QualityRequest(
                real,
                ReadRequest.of(made),
                Optional.ofNullable(holdout).map(uri -> TableSource.pinned(session.spark(), real.from(List.of(uri)))),
                Optional.ofNullable(target),
                options.json(),
                Optional.ofNullable(report));
    }
}
