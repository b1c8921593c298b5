package elbow.job.use;

import elbow.job.run.Session;
import elbow.use.LatentArithmetic;
import elbow.use.SqlColumns;
import elbow.use.Take;
import elbow.use.UsedModel;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The work of {@code arithmetic}: input rows moved by the difference of two groups of them. */
public final class ArithmeticRun {
    private ArithmeticRun() {}

    /**
     * What is asked for.
     *
     * @param use model, rows and table
     * @param from condition: the rows to move away from
     * @param to condition: the rows to move towards
     * @param apply condition: the rows that are moved
     * @param strength how far, in differences of the groups
     * @param seed of the noise; empty: the model's
     */
    public record Request(
            UseRequest use, String from, String to, String apply, double strength, Take take, OptionalLong seed) {
        public Request {
            plan(from, to, apply, strength, use.kept(), take, 0);
        }

        private static LatentArithmetic.Plan plan(
                String from, String to, String apply, double strength, List<String> kept, Take take, long seed) {
            return new LatentArithmetic.Plan(from, to, apply, strength, kept, take, seed);
        }
    }

    /** Writes the table, prints the figures, and returns 0. */
    public static int run(Request request, Session session) {
        Set<String> named = new TreeSet<>();
        for (String condition : List.of(request.from(), request.to(), request.apply())) {
            named.addAll(SqlColumns.of(condition));
        }
        return UseRun.run(session, request.use(), named, new Moving(request));
    }

    private record Moving(Request request) implements UseRun.Work {
        @Override
        public Dataset<Row> table(Dataset<Row> rows, UsedModel model, List<String> kept) {
            return LatentArithmetic.apply(
                    rows,
                    model,
                    Request.plan(
                            request.from(),
                            request.to(),
                            request.apply(),
                            request.strength(),
                            kept,
                            request.take(),
                            request.seed().orElse(model.seed())));
        }

        @Override
        public int choices() {
            return 3;
        }

        @Override
        public Optional<Dataset<Row>> originals(Dataset<Row> rows) {
            return Optional.of(rows.where(request.apply()));
        }
    }
}
