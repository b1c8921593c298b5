package elbow.job.use;

import elbow.job.run.Session;
import elbow.use.Interpolation;
import elbow.use.Interpolation.Path;
import elbow.use.SqlColumns;
import elbow.use.UsedModel;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The work of {@code interpolate}: rows on the way from one input row to another. */
public final class InterpolateRun {
    private InterpolateRun() {}

    /**
     * What is asked for.
     *
     * @param use model, rows and table
     * @param from condition that one row fulfils: the start
     * @param to condition that one row fulfils: the end
     * @param steps rows of the result
     */
    public record Request(UseRequest use, String from, String to, int steps, Path path) {
        public Request {
            plan(from, to, steps, path, 0);
        }

        private static Interpolation.Plan plan(String from, String to, int steps, Path path, long seed) {
            return new Interpolation.Plan(from, to, steps, path, seed);
        }
    }

    /** Writes the table, prints the figures, and returns 0. */
    public static int run(Request request, Session session) {
        Set<String> named = new TreeSet<>(SqlColumns.of(request.from()));
        named.addAll(SqlColumns.of(request.to()));
        return UseRun.run(session, request.use(), named, new Interpolating(request));
    }

    private record Interpolating(Request request) implements UseRun.Work {
        @Override
        public Dataset<Row> table(Dataset<Row> rows, UsedModel model, List<String> kept) {
            return Interpolation.between(
                    rows,
                    model,
                    Request.plan(request.from(), request.to(), request.steps(), request.path(), model.seed()));
        }

        @Override
        public int choices() {
            return 2;
        }
    }
}
