package elbow.use;

import elbow.base.Check;
import elbow.data.table.MadeRows;
import elbow.score.ModelInTask;
import elbow.vae.input.InputTransform;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * The posterior q(z|x) of rows: means, few numbers that stand for many columns, and standard deviations if they are
 * asked for, those of a Gaussian under a flow before the flow.
 */
public final class LatentEncoding {
    /** The column of means, as a vector; as columns they are latent_0, latent_1 and so on. */
    public static final String MEAN = "latent";

    /** The column of standard deviations, as a vector; as columns they are latent_deviation_0 and so on. */
    public static final String DEVIATION = "latent_deviation";

    private LatentEncoding() {}

    /** How latents are columns. */
    public enum Form {
        /** A column of doubles for each latent. */
        COLUMNS,
        /** One column of vectors, as the stages of Spark ML take it. */
        VECTOR
    }

    /** What is said of a posterior. */
    public enum Moments {
        /** Means alone. */
        MEAN,
        /** Means, and standard deviations. */
        MEAN_AND_DEVIATION
    }

    /**
     * How rows are encoded.
     *
     * @param kept columns of the rows that the result repeats, before the latents
     * @param seed of the noise that some inputs have
     */
    public record Plan(List<String> kept, Form form, Moments moments, long seed) {
        public Plan {
            kept = List.copyOf(kept);
        }
    }

    /**
     * The latents of rows, computed when they are used; not finite where the network overflows.
     *
     * @throws elbow.base.ElbowException of category INPUT if a column that the model needs is missing or of another
     *     type; of category USAGE if a kept column is missing, is named twice or has the name of a latent
     */
    public static Dataset<Row> encode(Dataset<Row> rows, UsedModel model, Plan plan) {
        int size = model.latentSize();
        Check.positive("latents", size);
        StructType made = made(size, plan);
        model.encoder().check(rows.schema());
        List<StructField> kept = KeptColumns.of(rows.schema(), plan.kept(), List.of(made.fieldNames()));
        StructType schema = KeptColumns.schema(kept, made);
        var broadcast = model.broadcast(rows.sparkSession());
        Encoding encoding = new Encoding(
                kept.size(), schema.size(), plan.seed(), plan.form() == Form.VECTOR, plan.moments() != Moments.MEAN);
        return MadeRows.of(
                rows.sparkSession(),
                schema,
                () -> RowBlocks.of(rows, model.encoder(), PassedColumns.first(kept), broadcast, encoding));
    }

    /** The columns that {@link #encode} adds to those that are kept. */
    public static List<String> columns(UsedModel model, Plan plan) {
        return List.of(made(model.latentSize(), plan).fieldNames());
    }

    private static StructType made(int size, Plan plan) {
        List<String> names = new ArrayList<>(List.of(MEAN));
        if (plan.moments() == Moments.MEAN_AND_DEVIATION) {
            names.add(DEVIATION);
        }
        StructType made = new StructType();
        for (String name : names) {
            if (plan.form() == Form.VECTOR) {
                made = made.add(name, SQLDataTypes.VectorType(), false);
            }
            for (int i = 0; i < size && plan.form() == Form.COLUMNS; i++) {
                made = made.add(name + "_" + i, DataTypes.DoubleType, false);
            }
        }
        return made;
    }

    /** The work of one task. */
    private static final class Encoding implements RowBlocks.Work {
        private static final long serialVersionUID = 1L;

        private final int kept;
        private final int width;
        private final long seed;
        private final boolean vector;
        private final boolean deviations;

        Encoding(int kept, int width, long seed, boolean vector, boolean deviations) {
            this.kept = kept;
            this.width = width;
            this.seed = seed;
            this.vector = vector;
            this.deviations = deviations;
        }

        @Override
        public boolean needsKeys(ModelInTask used) {
            // Of the noise that makes pixels of grey values.
            return used.generator().spec().row().transform() == InputTransform.SAMPLE;
        }

        @Override
        public void add(ModelInTask used, RowBlocks.Block block, List<InternalRow> made) {
            int size = used.latentSize();
            float[] means = new float[block.count() * size];
            float[] logVariances = new float[means.length];
            used.generator().encode(block.batch(), seed);
            used.generator().copyPosterior(means, logVariances);
            for (int row = 0; row < block.count(); row++) {
                @Nullable Object[] values = new @Nullable Object[width];
                block.copyPassed(row, values);
                int next = put(means, row * size, size, false, kept, values);
                if (deviations) {
                    put(logVariances, row * size, size, true, next, values);
                }
                made.add(new GenericInternalRow(values));
            }
        }

        private int put(float[] source, int from, int size, boolean logVariance, int at, @Nullable Object[] values) {
            if (vector) {
                double[] numbers = new double[size];
                for (int i = 0; i < size; i++) {
                    numbers[i] = number(source[from + i], logVariance);
                }
                values[at] = dense(numbers);
                return at + 1;
            }
            for (int i = 0; i < size; i++) {
                values[at + i] = number(source[from + i], logVariance);
            }
            return at + size;
        }

        private static double number(double found, boolean logVariance) {
            return logVariance ? Math.exp(0.5 * found) : found;
        }

        // As Spark ML holds a dense vector inside a row: kind, size, indices, values.
        private static InternalRow dense(double[] numbers) {
            return new GenericInternalRow(
                    new @Nullable Object[] {(byte) 1, null, null, UnsafeArrayData.fromPrimitiveArray(numbers)});
        }
    }
}
