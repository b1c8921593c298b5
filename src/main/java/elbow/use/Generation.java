package elbow.use;

import elbow.data.encoding.RowDecoder;
import elbow.data.table.MadeRows;
import elbow.score.ScoringModel;
import elbow.use.GenerationPlan.Gaps;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;

/**
 * Rows that a model makes: latents z from the prior p(z), then values from the likelihoods p(x|z), in the columns and
 * types of the table that the model was trained on. Row number n is a function of model, plan and n alone, and made
 * where it is used: the driver holds none.
 *
 * <p>With a condition, latents come from p(z | condition) by importance resampling (Rubin, "The calculation of
 * posterior distributions by data augmentation: comment", JASA 1987): candidates z_j from the prior have weight w_j =
 * p(condition | z_j), and each row takes one with probability w_j / sum w. Parts of the condition of the form
 * {@code column = value} have their weight by the likelihood and are then given; the others are tried on a draw of each
 * candidate, whose values of the columns that they name its rows repeat. The result is right as far as candidates go:
 * {@link #effectiveSampleSize} says how many they are worth.
 */
public final class Generation {
    /** Rows of a partition, unless there are fewer cores than that makes. */
    private static final long PARTITION_ROWS = 1_000_000;

    private final SparkSession spark;
    private final UsedModel model;
    private final GenerationPlan plan;
    private final Broadcast<ScoringModel> broadcast;
    private final Optional<Candidates> candidates;

    private Generation(SparkSession spark, UsedModel model, GenerationPlan plan) {
        this.spark = spark;
        this.model = model;
        this.plan = plan;
        broadcast = model.broadcast(spark);
        candidates = plan.where().map(where -> Candidates.of(spark, model, broadcast, plan, where));
    }

    /**
     * Prepares rows; weighs the candidates of a condition.
     *
     * @throws elbow.base.ElbowException of category USAGE if the condition is none on the model's columns, or no
     *     candidate fulfils it
     */
    public static Generation of(SparkSession spark, UsedModel model, GenerationPlan plan) {
        return new Generation(spark, model, plan);
    }

    /**
     * (sum of the candidates' weights)^2 / sum of their squares (Kong, "A note on importance sampling using
     * standardized weights", 1992); empty without a condition.
     */
    public OptionalDouble effectiveSampleSize() {
        return candidates
                .map(found -> OptionalDouble.of(found.effectiveSampleSize()))
                .orElseGet(OptionalDouble::empty);
    }

    /** The columns of the rows. */
    public StructType schema() {
        return model.schema();
    }

    /** The rows, made when they are used. */
    public Dataset<Row> rows() {
        StructType schema = schema();
        Maker maker = new Maker(
                model.decoder(schema),
                plan.seed(),
                plan.take(),
                plan.gaps() == Gaps.NONE ? new double[0] : gapShares(),
                candidates.orElse(null),
                Maker.ROWS);
        return rows(spark, schema, broadcast, maker, plan.rows(), partitions());
    }

    /** Rows 0 to {@code count}. */
    static Dataset<Row> rows(
            SparkSession spark,
            StructType schema,
            Broadcast<ScoringModel> model,
            Maker maker,
            long count,
            int partitions) {
        List<Integer> parts = new ArrayList<>();
        for (int part = 0; part < partitions; part++) {
            parts.add(part);
        }
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        return MadeRows.of(spark, schema, () -> made(context, model, maker, parts, count));
    }

    private static JavaRDD<InternalRow> made(
            JavaSparkContext context, Broadcast<ScoringModel> model, Maker maker, List<Integer> parts, long count) {
        int all = parts.size();
        return context.parallelize(parts, all).mapPartitions(own -> {
            int part = own.next();
            return new MadeIterator(
                    Replica.ofTask(model.value()), maker, bound(count, part, all), bound(count, part + 1, all));
        });
    }

    private static long bound(long count, int part, int parts) {
        return count / parts * part + Math.min(part, count % parts);
    }

    private int partitions() {
        if (plan.partitions() > 0) {
            return plan.partitions();
        }
        long usual = Math.max(spark.sparkContext().defaultParallelism(), (plan.rows() - 1) / PARTITION_ROWS + 1);
        return (int) Math.min(usual, plan.rows());
    }

    // In the order of the cells. What a condition is on is there.
    private double[] gapShares() {
        RowDecoder decoder = model.decoder(schema());
        List<String> columns = model.encoder().layout().columns();
        double[] shares = new double[decoder.cells()];
        for (int i = 0; i < shares.length; i++) {
            String column = columns.get(i);
            boolean conditional = candidates.isPresent() && candidates.get().names(column);
            shares[i] = conditional ? 0 : model.columns().column(column).missingShare();
        }
        return shares;
    }
}
