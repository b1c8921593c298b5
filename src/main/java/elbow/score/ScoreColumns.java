package elbow.score;

import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The columns that scoring adds to each row, in their order. All are always there; the ones that a run does not fill
 * are null.
 *
 * <p>With S samples z_s = mean + exp(logVariance / 2) eps_s of the row's posterior q(z|x); S = 0 takes the posterior
 * mean as the only one. All of the row's original columns, in nats, with every constant; a column that the row lacks is
 * left out. {@code elbo}, {@code reconstruction} and {@code importance_weighted_bound} are of densities per unit of the
 * columns: another unit moves them by its logarithm in the rows that have the column, and not in the others.
 *
 * <ul>
 *   <li>{@code elbo} = {@code reconstruction - kl}: evidence lower bound on log p(x), higher is more usual (D. Kingma,
 *       M. Welling. Auto-encoding variational Bayes. ICLR 2014, equation 3)
 *   <li>{@code reconstruction} = 1/S sum_s log p(x|z_s), higher is better explained
 *   <li>{@code kl} = KL(q(z|x) || p(z)) in closed form, at least 0, higher is farther from the prior; where prior and
 *       posterior have no closed form, an estimate from samples, which may be below 0
 *   <li>{@code importance_weighted_bound} = log 1/S sum_s p(x, z_s) / q(z_s|x): a tighter lower bound on log p(x),
 *       higher is more usual (Y. Burda, R. Grosse, R. Salakhutdinov. Importance weighted autoencoders. ICLR 2016,
 *       equation 8); null unless S is above 1
 *   <li>{@code anomaly_score}: higher is stranger; what it is, the model says: {@link AnomalyScoring}
 *   <li>{@code tail_probability}: the estimated share of normal rows that score as high or higher, in (0, 1], lower is
 *       stranger: {@link elbow.model.Calibration#tailProbability}
 *   <li>{@code is_anomaly}: whether {@code anomaly_score} is above the threshold, see
 *       {@link elbow.model.ThresholdRule}; of a row that its group's own network scores, above that of the group, which
 *       stands as far from the group's threshold of training as the threshold does from the model's; true where
 *       {@code anomaly_score} is not finite
 *   <li>{@code contributions}: null unless asked for; the columns of the highest {@code nats} = -E_q[log p(x_j|z)], on
 *       the scale of {@code anomaly_score}, what its tail adds ({@code scoring.marginal-weight}) and what its distance
 *       to training rows does ({@code scoring.neighbour-weight}), less the mean of that over normal rows, those of its
 *       group where the group's own network scores it, higher is stranger, with {@code observed} value (null if the row
 *       lacks it) and {@code expected} value, the decoder's expectation at the posterior mean, both as text in the
 *       column's own unit (null for images); then {@code latent}, {@code kl} less its normal mean, and {@code other},
 *       the sum of the columns not named, if there are any. A column that the row lacks adds nothing to the score, and
 *       so stands with minus its normal mean. The entries sum to {@code anomaly_score} less its normal mean, but for
 *       the rounding of double sums
 *   <li>{@code model_id}: which model scored the row
 *   <li>{@code scored_at}: when the run that scored it began
 * </ul>
 */
public final class ScoreColumns {
    public static final String ELBO = "elbo";
    public static final String RECONSTRUCTION = "reconstruction";
    public static final String KL = "kl";
    public static final String IMPORTANCE_WEIGHTED_BOUND = "importance_weighted_bound";
    public static final String ANOMALY_SCORE = "anomaly_score";
    public static final String TAIL_PROBABILITY = "tail_probability";
    public static final String IS_ANOMALY = "is_anomaly";
    public static final String CONTRIBUTIONS = "contributions";
    public static final String MODEL_ID = "model_id";
    public static final String SCORED_AT = "scored_at";

    private static final StructType CONTRIBUTION = new StructType(new StructField[] {
        nullable("column", StringType),
        nullable("nats", DoubleType),
        nullable("observed", StringType),
        nullable("expected", StringType)
    });

    private static final StructType SCHEMA = new StructType(new StructField[] {
        nullable(ELBO, DoubleType),
        nullable(RECONSTRUCTION, DoubleType),
        nullable(KL, DoubleType),
        nullable(IMPORTANCE_WEIGHTED_BOUND, DoubleType),
        nullable(ANOMALY_SCORE, DoubleType),
        nullable(TAIL_PROBABILITY, DoubleType),
        nullable(IS_ANOMALY, BooleanType),
        nullable(CONTRIBUTIONS, new ArrayType(CONTRIBUTION, true)),
        nullable(MODEL_ID, StringType),
        nullable(SCORED_AT, TimestampType)
    });

    private ScoreColumns() {}

    /** Name and type of every score column. */
    public static StructType schema() {
        return SCHEMA;
    }

    /** The names, in order. */
    public static List<String> names() {
        return Arrays.asList(SCHEMA.fieldNames());
    }

    private static StructField nullable(String name, DataType type) {
        return new StructField(name, type, true, Metadata.empty());
    }
}
