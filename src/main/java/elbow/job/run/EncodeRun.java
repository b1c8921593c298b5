package elbow.job.run;

import elbow.data.source.ReadRequest;
import elbow.files.OutputDirectory.IfExists;
import elbow.job.run.ScoreRequest.OutputFormat;
import elbow.use.LatentEncoding;
import elbow.use.LatentEncoding.Form;
import elbow.use.LatentEncoding.Moments;
import elbow.use.UsedModel;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The work of {@code encode}: the latents of each input row. */
public final class EncodeRun {
    private EncodeRun() {}

    /**
     * What is asked for.
     *
     * @param model model directory
     * @param kept input columns that the output repeats
     */
    public record Request(
            String model,
            ReadRequest input,
            String output,
            OutputFormat format,
            IfExists ifExists,
            List<String> kept,
            Form form,
            Moments moments) {
        public Request {
            kept = List.copyOf(kept);
        }
    }

    public static int run(Request request, Session session) {
        TableOutput.Request output = new TableOutput.Request(request.output(), request.format(), request.ifExists());
        UseRun run = new UseRun(session, request.model(), request.input(), output);
        session.console()
                .print(run.write(request.kept(), Set.of(), new Encoding(request))
                        .render());
        return 0;
    }

    private record Encoding(Request request) implements UseRun.Work {
        @Override
        public Dataset<Row> table(Dataset<Row> rows, UsedModel model, List<String> kept) {
            return LatentEncoding.encode(
                    rows, model, new LatentEncoding.Plan(kept, request.form(), request.moments(), model.seed()));
        }

        @Override
        public Optional<Long> used(long made) {
            return Optional.of(made);
        }

        @Override
        public boolean hasPictures() {
            return false;
        }
    }
}
