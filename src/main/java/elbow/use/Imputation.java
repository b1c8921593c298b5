package elbow.use;

import elbow.base.Check;
import elbow.base.Parameter;
import elbow.data.table.MadeRows;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Rows with their gaps filled by what a model says of the missing columns given the others: latents from q(z | observed
 * columns), values from p(x|z). What is observed is repeated as it stands, and so are columns that the model does not
 * have. Rows that lack nothing pass as they are. Conditions are not modelled, and gaps among them stay; so do gaps for
 * which the network overflows.
 *
 * <p>{@value #IMPUTED} says which columns were filled, null if none was, each with its uncertainty over the draws of
 * the plan: of a number the standard deviation in the column's unit, of a category or a truth value 1 - the probability
 * of the value that stands there; null for times.
 */
public final class Imputation {
    /** The column that says what was filled: an array of column and uncertainty. */
    public static final String IMPUTED = "imputed";

    /** The column that says which of several completed tables a row is of, from 1. */
    public static final String IMPUTATION = "imputation";

    /** The most completed tables. */
    public static final int MOST_IMPUTATIONS = 1_000;

    /** Draws that an expectation and an uncertainty are over by default. */
    public static final int USUAL_SAMPLES = 20;

    private static final int MOST_SAMPLES = 10_000;

    static final StructType FILLED = new StructType(new StructField[] {
        new StructField("column", DataTypes.StringType, false, Metadata.empty()),
        new StructField("uncertainty", DataTypes.DoubleType, true, Metadata.empty())
    });

    private Imputation() {}

    /**
     * How gaps are filled.
     *
     * @param take with EXPECTED by the expected value over {@code samples} draws of latents, of levels the median
     * @param imputations completed tables, at least 1: with more than one each row comes so often, each with draws of
     *     its own, numbered by {@value Imputation#IMPUTATION} (Rubin, "Multiple imputation for nonresponse in surveys",
     *     1987)
     * @param samples draws of latents that expected values and uncertainties are over, at least 2
     * @param seed of the noise
     */
    public record Plan(Take take, int imputations, int samples, long seed) {
        public Plan {
            Check.usage(
                    imputations >= 1 && imputations <= MOST_IMPUTATIONS,
                    Parameter.IMPUTATIONS,
                    "lie in 1.." + MOST_IMPUTATIONS,
                    imputations);
            Check.usage(
                    imputations == 1 || take == Take.DRAWN,
                    Parameter.IMPUTATIONS,
                    "be 1 for expected values, which are always the same",
                    imputations);
            Check.usage(
                    samples >= 2 && samples <= MOST_SAMPLES, Parameter.SAMPLES, "lie in 2.." + MOST_SAMPLES, samples);
        }
    }

    /**
     * The rows without gaps in the model's columns, computed when they are used: all of their columns, then
     * {@value #IMPUTATION} if there are several, then {@value #IMPUTED}.
     *
     * @throws elbow.base.ElbowException of category INPUT if a column that the model needs is missing or of another
     *     type; of category USAGE if the rows have a column that is called as one of the result's
     */
    public static Dataset<Row> impute(Dataset<Row> rows, UsedModel model, Plan plan) {
        model.encoder().check(rows.schema());
        KeptColumns.requireApart(List.of(IMPUTED, IMPUTATION), rows.schema());
        PassedColumns passed = PassedColumns.first(List.of(rows.schema().fields()));
        StructType schema = rows.schema();
        if (plan.imputations() > 1) {
            schema = schema.add(IMPUTATION, DataTypes.IntegerType, false);
        }
        StructType made = schema.add(IMPUTED, new ArrayType(FILLED, false), true);
        var broadcast = model.broadcast(rows.sparkSession());
        GapFilling filling = new GapFilling(
                model.decoder(rows.schema()), model.encoder().layout().columns(), made.size(), plan);
        return MadeRows.of(
                rows.sparkSession(), made, () -> RowBlocks.of(rows, model.encoder(), passed, broadcast, filling));
    }
}
