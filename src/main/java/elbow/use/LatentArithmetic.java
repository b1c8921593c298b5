package elbow.use;

import elbow.base.Check;
import elbow.base.Parameter;
import elbow.data.table.MadeRows;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Rows moved by the difference of two others: z + strength x (mean of z over the rows of {@code to} - mean over those
 * of {@code from}), decoded, with z the posterior mean of each row (Larsen et al., "Autoencoding beyond pixels using a
 * learned similarity metric", ICML 2016, section 4). A single row is a group of one: {@code a - b + c}. Each row that
 * is moved stays under its own conditions.
 */
public final class LatentArithmetic {
    private LatentArithmetic() {}

    /**
     * What is moved where.
     *
     * @param from condition in SQL on the rows: the group to move away from
     * @param to condition in SQL on the rows: the group to move towards
     * @param apply condition in SQL on the rows: those that are moved
     * @param strength how far, in differences of the groups; finite
     * @param kept columns of the rows that the result repeats, before those of the model
     * @param take what the values are
     * @param seed of the noise
     */
    public record Plan(String from, String to, String apply, double strength, List<String> kept, Take take, long seed) {
        public Plan {
            kept = List.copyOf(kept);
            Check.usage(Double.isFinite(strength), Parameter.STRENGTH, "be finite", strength);
        }
    }

    /**
     * The moved rows: a row for each one of {@code apply}.
     *
     * @param rows from which all conditions choose; encoded once for each group
     * @throws elbow.base.ElbowException of category INPUT if a column that the model needs is missing or of another
     *     type; of category USAGE if a condition is none or no row fulfils it, or for {@code kept} as
     *     {@link Reconstruction#reconstruct}
     */
    public static Dataset<Row> apply(Dataset<Row> rows, UsedModel model, Plan plan) {
        model.encoder().check(rows.schema());
        StructType made = model.schema(rows.schema());
        List<StructField> kept = KeptColumns.of(rows.schema(), plan.kept(), List.of(made.fieldNames()));
        Dataset<Row> applied = LatentPoints.where(rows, Parameter.APPLY, plan.apply());
        float[] from = LatentPoints.mean(rows, model, Parameter.FROM, plan.from(), plan.seed());
        float[] shift = LatentPoints.mean(rows, model, Parameter.TO, plan.to(), plan.seed());
        for (int i = 0; i < shift.length; i++) {
            shift[i] = (float) (plan.strength() * ((double) shift[i] - from[i]));
        }
        StructType schema = KeptColumns.schema(kept, made);
        var broadcast = model.broadcast(rows.sparkSession());
        var moving = new Reconstruction.Decoding(schema.size(), plan.seed(), plan.take(), model.decoder(schema), shift);
        PassedColumns passed = PassedColumns.first(kept).with(model, schema);
        return MadeRows.of(
                rows.sparkSession(), schema, () -> RowBlocks.of(applied, model.encoder(), passed, broadcast, moving));
    }
}
