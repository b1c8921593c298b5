package elbow.job.run;

import elbow.data.source.KnownColumns;
import elbow.data.source.ReadRequest;
import elbow.files.OutputDirectory.IfExists;
import elbow.job.run.ScoreRequest.OutputFormat;
import elbow.use.Imputation;
import elbow.use.Take;
import elbow.use.UsedModel;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The work of {@code impute}: the input rows with their gaps filled. */
public final class ImputeRun {
    private ImputeRun() {}

    /**
     * What is asked for.
     *
     * @param model model directory
     * @param imputations completed tables
     * @param samples draws that expected values and uncertainties are over
     * @param seed of the noise; empty: the model's
     */
    public record Request(
            String model,
            ReadRequest input,
            String output,
            OutputFormat format,
            IfExists ifExists,
            Take take,
            int imputations,
            int samples,
            OptionalLong seed) {
        public Request {
            plan(take, imputations, samples, 0);
        }

        Imputation.Plan plan(long otherwise) {
            return plan(take, imputations, samples, seed.orElse(otherwise));
        }

        private static Imputation.Plan plan(Take take, int imputations, int samples, long seed) {
            return new Imputation.Plan(take, imputations, samples, seed);
        }
    }

    public static int run(Request request, Session session) {
        TableOutput.Request output = new TableOutput.Request(request.output(), request.format(), request.ifExists());
        UseRun run = new UseRun(session, request.model(), request.input(), output);
        session.console()
                .print(run.write(List.of(KnownColumns.EVERY), Set.of(), new Imputing(request))
                        .render());
        return 0;
    }

    private record Imputing(Request request) implements UseRun.Work {
        @Override
        public Dataset<Row> table(Dataset<Row> rows, UsedModel model, List<String> kept) {
            return Imputation.impute(rows, model, request.plan(model.seed()));
        }

        @Override
        public boolean hasPictures() {
            return false;
        }

        @Override
        public Optional<Long> used(long made) {
            return Optional.of(made / request.imputations());
        }
    }
}
