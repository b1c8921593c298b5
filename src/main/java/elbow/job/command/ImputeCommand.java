package elbow.job.command;

import elbow.data.source.KnownColumns;
import elbow.job.run.Session;
import elbow.job.use.ImputeRun;
import elbow.use.Imputation;
import elbow.use.Take;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "impute",
        customSynopsis =
                "${PARENT-COMMAND-FULL-NAME} [spark-submit options] impute --model URI --input URI... --output URI [options]",
        header = "Fills missing values by what a model says of them given the others.",
        description =
                "%nWrites all columns of the input, observed values as they stand, and the column imputed: what was"
                        + " filled, with its uncertainty.",
        footer = {
            "",
            "Example:",
            "  jobs/elbow impute --model models/cardio --input incoming --output complete --imputations 5"
        })
public final class ImputeCommand implements JobCommand {
    @Mixin
    private UseOptions use = new UseOptions();

    @Option(
            names = "--imputations",
            paramLabel = "M",
            description = "Makes M completed tables with draws of their own, for multiple imputation: each row comes M"
                    + " times, numbered by the column imputation. Default: one.")
    private @Nullable Integer imputations;

    @Option(
            names = "--samples",
            paramLabel = "K",
            defaultValue = "" + Imputation.USUAL_SAMPLES,
            description = "Draws that expected values and uncertainties are taken over. Default: ${DEFAULT-VALUE}.")
    private int samples;

    @Mixin
    private DrawOptions draw = new DrawOptions();

    @Override
    public int run(Session session) {
        return ImputeRun.run(
                new ImputeRun.Request(
                        use.request(session, List.of(KnownColumns.EVERY)),
                        imputations == null ? draw.take() : Take.DRAWN,
                        imputations == null ? 1 : imputations,
                        samples,
                        draw.seed()),
                session);
    }
}
