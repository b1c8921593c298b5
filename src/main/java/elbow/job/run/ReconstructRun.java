package elbow.job.run;

import elbow.data.source.ReadRequest;
import elbow.files.OutputDirectory.IfExists;
import elbow.job.run.ScoreRequest.OutputFormat;
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
     * @param model model directory
     * @param kept input columns that the output repeats
     * @param seed of the noise; empty: the model's
     */
    public record Request(
            String model,
            ReadRequest input,
            String output,
            OutputFormat format,
            IfExists ifExists,
            List<String> kept,
            Take take,
            OptionalLong seed) {
        public Request {
            kept = List.copyOf(kept);
        }
    }

    public static int run(Request request, Session session) {
        TableOutput.Request output = new TableOutput.Request(request.output(), request.format(), request.ifExists());
        UseRun run = new UseRun(session, request.model(), request.input(), output);
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
