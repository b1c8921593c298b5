package elbow.job.use;

import elbow.job.run.Session;
import elbow.use.LatentEncoding;
import elbow.use.LatentEncoding.Form;
import elbow.use.LatentEncoding.Moments;
import elbow.use.UsedModel;
import java.util.List;
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
     */
    public record Request(UseRequest use, Form form, Moments moments) {}

    public static int run(Request request, Session session) {
        return UseRun.run(session, request.use(), Set.of(), new Encoding(request));
    }

    private record Encoding(Request request) implements UseRun.Work {
        @Override
        public Dataset<Row> table(Dataset<Row> rows, UsedModel model, List<String> kept) {
            return LatentEncoding.encode(
                    rows, model, new LatentEncoding.Plan(kept, request.form(), request.moments(), model.seed()));
        }

        @Override
        public List<String> complete(UsedModel model) {
            return List.of();
        }

        @Override
        public boolean hasPictures() {
            return false;
        }
    }
}
