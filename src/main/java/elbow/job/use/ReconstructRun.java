package elbow.job.use;

import elbow.job.run.Session;
import elbow.use.Reconstruction;
import elbow.use.Take;
import elbow.use.UsedModel;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The work of {@code reconstruct}: what the model makes of each input row. */
public final class ReconstructRun {
    private ReconstructRun() {}

    /**
     * What is asked for.
     *
     * @param use model, rows and table
     * @param seed of the noise; empty: the model's
     */
    public record Request(UseRequest use, Take take, OptionalLong seed) {}

    /** Writes the table, prints the figures, and returns 0. */
    public static int run(Request request, Session session) {
        return UseRun.run(session, request.use(), Set.of(), new Reconstructing(request));
    }

    private record Reconstructing(Request request) implements UseRun.Work {
        @Override
        public Dataset<Row> table(Dataset<Row> rows, UsedModel model, List<String> kept) {
            long seed = request.seed().orElse(model.seed());
            return Reconstruction.reconstruct(rows, model, new Reconstruction.Plan(kept, request.take(), seed));
        }

        @Override
        public Optional<Dataset<Row>> originals(Dataset<Row> rows) {
            return Optional.of(rows);
        }
    }
}
