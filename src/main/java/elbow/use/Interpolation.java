package elbow.use;

import elbow.base.Check;
import elbow.base.Parameter;
import elbow.data.table.MadeRows;
import elbow.score.ModelInTask;
import elbow.score.ScoringModel;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Rows on the way from one row to another, through the latent space: what the model takes to lie between them. Of a
 * model with conditions all of the way is under those of the row where it starts.
 */
public final class Interpolation {
    /** The column that says which step a row is, from 0. */
    public static final String STEP = "step";

    /** The column that says where on the way a row is: 0 at its start, 1 at its end. */
    public static final String SHARE = "share";

    /** The most steps. */
    public static final int MOST_STEPS = 10_000;

    private Interpolation() {}

    /** Which way is taken from a to b, with t from 0 to 1. */
    public enum Path {
        /** (1 - t) a + t b. */
        LINEAR {
            @Override
            double[] weights(float[] from, float[] to, double share) {
                return new double[] {1 - share, share};
            }
        },
        /**
         * (sin((1 - t) w) a + sin(t w) b) / sin w with the angle w between a and b: it keeps to the distances from the
         * origin that draws of a standard normal have (Shoemake, "Animating rotation with quaternion curves", SIGGRAPH
         * 1985; White, "Sampling generative networks", 2016). Linear where the angle says nothing.
         */
        SPHERICAL {
            @Override
            double[] weights(float[] from, float[] to, double share) {
                double angle = angle(from, to);
                double sine = Math.sin(angle);
                return sine < LEAST_SINE || Double.isNaN(sine)
                        ? LINEAR.weights(from, to, share)
                        : new double[] {Math.sin((1 - share) * angle) / sine, Math.sin(share * angle) / sine};
            }
        };

        private static final double LEAST_SINE = 1e-6;

        /** The weights of both ends. */
        abstract double[] weights(float[] from, float[] to, double share);

        private static double angle(float[] from, float[] to) {
            double product = 0;
            double fromSquares = 0;
            double toSquares = 0;
            for (int i = 0; i < from.length; i++) {
                product += (double) from[i] * to[i];
                fromSquares += (double) from[i] * from[i];
                toSquares += (double) to[i] * to[i];
            }
            double cosine = product / Math.sqrt(fromSquares * toSquares);
            return Math.acos(Math.max(-1, Math.min(1, cosine)));
        }
    }

    /**
     * Which way is taken.
     *
     * @param from condition in SQL that one of the rows fulfils: the start
     * @param to condition in SQL that one of the rows fulfils: the end
     * @param steps rows of the result, both ends among them, 2 to {@value Interpolation#MOST_STEPS}
     * @param seed of the noise that some inputs have
     */
    public record Plan(String from, String to, int steps, Path path, long seed) {
        public Plan {
            Check.usage(steps >= 2 && steps <= MOST_STEPS, Parameter.STEPS, "lie in 2.." + MOST_STEPS, steps);
        }
    }

    /**
     * The rows on the way, expected values in their own units: {@value #STEP}, {@value #SHARE} and the columns of the
     * model, in order.
     *
     * @throws elbow.base.ElbowException of category INPUT if a column that the model needs is missing or of another
     *     type; of category USAGE unless each condition is fulfilled by one row
     */
    public static Dataset<Row> between(Dataset<Row> rows, UsedModel model, Plan plan) {
        model.encoder().check(rows.schema());
        LatentPoints.Point from = LatentPoints.one(rows, model, Parameter.FROM, plan.from(), plan.seed());
        float[] to = LatentPoints.one(rows, model, Parameter.TO, plan.to(), plan.seed())
                .mean();
        List<StructField> own = List.of(
                new StructField(STEP, DataTypes.IntegerType, false, Metadata.empty()),
                new StructField(SHARE, DataTypes.DoubleType, false, Metadata.empty()));
        KeptColumns.requireApart(List.of(STEP, SHARE), model.schema());
        StructType schema = KeptColumns.schema(own, model.schema(rows.schema()));
        SparkSession spark = rows.sparkSession();
        List<InternalRow> made = made(model, plan, from, to, schema);
        return MadeRows.of(
                spark,
                schema,
                () -> JavaSparkContext.fromSparkContext(spark.sparkContext()).parallelize(made, 1));
    }

    private static List<InternalRow> made(
            UsedModel model, Plan plan, LatentPoints.Point start, float[] to, StructType schema) {
        float[] from = start.mean();
        List<InternalRow> made = new ArrayList<>();
        try (ModelInTask used = new ModelInTask(ScoringModel.of(model.model().network(), 0))) {
            int size = from.length;
            int columns = used.columns();
            RowWriter writer = new RowWriter(model.decoder(schema), Take.EXPECTED, plan.seed());
            float[] values = new float[used.generator().blockRows() * columns];
            FixedConditions conditions = new FixedConditions(model, start.conditions(), schema);
            for (int first = 0; first < plan.steps(); first += used.generator().blockRows()) {
                int count = Math.min(used.generator().blockRows(), plan.steps() - first);
                float[] latents = new float[count * size];
                for (int row = 0; row < count; row++) {
                    double[] weights = plan.path().weights(from, to, share(first + row, plan));
                    for (int i = 0; i < size; i++) {
                        latents[row * size + i] = (float) (weights[0] * from[i] + weights[1] * to[i]);
                    }
                }
                conditions.put(used, latents, count);
                used.generator().expected(values);
                for (int row = 0; row < count; row++) {
                    @Nullable Object[] written = new @Nullable Object[schema.size()];
                    written[0] = first + row;
                    written[1] = share(first + row, plan);
                    // Choices, such as of a year, are the same on all of the way.
                    writer.write(values, row * columns, 0, 0, written);
                    conditions.write(written);
                    made.add(new GenericInternalRow(written));
                }
            }
        }
        return made;
    }

    private static double share(int step, Plan plan) {
        return (double) step / (plan.steps() - 1);
    }
}
