package elbow.job.use;

import elbow.job.run.Session;
import elbow.use.Imputation;
import elbow.use.Take;
import elbow.use.UsedModel;
import java.util.List;
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
     * @param use model, rows and table
     * @param imputations completed tables
     * @param samples draws that expected values and uncertainties are over
     * @param seed of the noise; empty: the model's
     */
    public record Request(UseRequest use, Take take, int imputations, int samples, OptionalLong seed) {
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
        return UseRun.run(session, request.use(), Set.of(), new Imputing(request));
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
        public int tables() {
            return request.imputations();
        }
    }
}
