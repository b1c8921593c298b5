package elbow.job.use;

import elbow.data.table.Columns;
import elbow.job.run.Session;
import elbow.use.LatentEncoding;
import elbow.use.LatentEncoding.Form;
import elbow.use.LatentEncoding.Moments;
import elbow.use.UsedModel;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.functions;
import org.jspecify.annotations.Nullable;

/** The work of {@code encode}: the latents of each input row. */
public final class EncodeRun {
    private static final UserDefinedFunction FINITE =
            functions.udf((UDF1<Vector, @Nullable Vector>) EncodeRun::finite, SQLDataTypes.VectorType());

    private EncodeRun() {}

    /**
     * What is asked for.
     *
     * @param use model, rows and table
     */
    public record Request(UseRequest use, Form form, Moments moments) {}

    /** Writes the table, prints the figures, and returns 0. */
    public static int run(Request request, Session session) {
        return UseRun.run(session, request.use(), Set.of(), new Encoding(request));
    }

    private static @Nullable Vector finite(Vector latents) {
        return Arrays.stream(latents.toArray()).allMatch(Double::isFinite) ? latents : null;
    }

    private record Encoding(Request request) implements UseRun.Work {
        private LatentEncoding.Plan plan(List<String> kept, UsedModel model) {
            return new LatentEncoding.Plan(kept, request.form(), request.moments(), model.seed());
        }

        @Override
        public Dataset<Row> table(Dataset<Row> rows, UsedModel model, List<String> kept) {
            LatentEncoding.Plan plan = plan(kept, model);
            Dataset<Row> latents = LatentEncoding.encode(rows, model, plan);
            List<String> made = LatentEncoding.columns(model, plan);
            return latents.select(Arrays.stream(latents.columns())
                    .map(name -> made.contains(name) ? finite(name) : Columns.column(name))
                    .toArray(Column[]::new));
        }

        @Override
        public List<String> complete(UsedModel model) {
            return LatentEncoding.columns(model, plan(request.use().kept(), model));
        }

        @Override
        public boolean hasPictures() {
            return false;
        }

        // Missing where the network overflows.
        private Column finite(String name) {
            Column latent = Columns.column(name);
            Column finite = request.form() == Form.VECTOR
                    ? FINITE.apply(latent)
                    : functions.when(functions.abs(latent).lt(Double.POSITIVE_INFINITY), latent);
            return finite.as(name);
        }
    }
}
