package elbow.job.run;

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
     * @param kept input columns that the output repeats
     * @param seed of the noise; empty: the model's
     */
    public record Request(
            UseRequest use,
            List<String> kept,
            Take take,
            OptionalLong seed) {
        public Request {
            kept = List.copyOf(kept);
        }
    }

    public static int run(Request request, Session session) {
        UseRun run = new UseRun(session, request.use());
        session.console()
                .print(run.write(request.kept(), Set.of(), new Reconstructing(request))
                        .render());
        return 0;
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

        @Override
        public Optional<Long> used(long made) {
            return Optional.of(made);
        }
    }
}
