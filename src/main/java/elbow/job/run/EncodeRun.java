package elbow.job.run;

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
     * @param use model, rows and table
     * @param kept input columns that the output repeats
     */
    public record Request(
            UseRequest use,
            List<String> kept,
            Form form,
            Moments moments) {
        public Request {
            kept = List.copyOf(kept);
        }
    }

    public static int run(Request request, Session session) {
        UseRun run = new UseRun(session, request.use());
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
