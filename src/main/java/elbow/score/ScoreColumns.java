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
 * <ul>
 *   <li>{@code elbo}: evidence lower bound of the row's original columns, nats, higher is better: {@code reconstruction
 *       - kl}
 *   <li>{@code reconstruction}: E_q[log p(x|z)] of the original columns, nats
 *   <li>{@code kl}: KL divergence from the row's posterior to the prior, nats, at least 0
 *   <li>{@code importance_weighted_bound}: log-mean-exp of the importance weights over the samples, nats (Burda et al.
 *       2016, equation 8); null unless there is more than one sample
 *   <li>{@code anomaly_score}: in nats, higher is stranger; what it is, the model says: see {@link AnomalyScoring}
 *   <li>{@code tail_probability}: the estimated share of normal rows that score as high or higher
 *   <li>{@code is_anomaly}: whether {@code anomaly_score} is above the threshold
 *   <li>{@code contributions}: per column the nats above what is normal, with observed and expected value
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
