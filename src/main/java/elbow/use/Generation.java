package elbow.use;

import elbow.base.Check;
import elbow.base.Parameter;
import elbow.data.feature.Feature;
import elbow.data.table.Columns;
import elbow.data.table.MadeRows;
import elbow.score.ModelInTask;
import elbow.score.ScoringModel;
import elbow.use.GenerationPlan.GapPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Rows that a model makes: latents z from the prior p(z), or from the density that was fitted in its place, then values
 * from the likelihoods p(x|z), numbers perhaps moved to where those of training are ({@link elbow.density}), in the
 * columns and types of the table that the model was trained on. Row number n is a function of model, plan and n alone,
 * and made where it is used: the driver holds none.
 *
 * <p>With a condition, latents come from p(z | condition) by importance resampling (Rubin, "The calculation of
 * posterior distributions by data augmentation: comment", JASA 1987): candidates z_j of the same density have weight
 * w_j = p(condition | z_j), and each row takes one with probability w_j / sum w. Parts of the condition of the form
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
    private final StructType schema;
    private final @Nullable GivenConditions conditions;
    private final Optional<Candidates> candidates;

    private Generation(
            SparkSession spark, UsedModel model, GenerationPlan plan, Optional<Dataset<Row>> conditionTable) {
        this.spark = spark;
        this.model = model;
        this.plan = plan;
        broadcast = model.broadcast(spark);
        schema = conditionTable.map(table -> model.schema(table.schema())).orElseGet(model::schema);
        Optional<Condition> where = plan.where().map(sql -> Condition.of(spark, sql, schema));
        where.filter(condition -> !condition.fixed().isEmpty())
                .ifPresent(condition -> condition.encoded(model, schema));
        conditions = model.conditions().isEmpty() ? null : conditions(conditionTable, where);
        candidates = where.filter(condition -> condition.rest().isPresent()
                        || !condition.fixedOf(modelled()).isEmpty())
                .map(condition ->
                        Candidates.of(spark, model, broadcast, plan, condition, schema, requireRoom(conditions)));
    }

    private List<Feature> modelled() {
        return model.encoder().modelled();
    }

    private GivenConditions conditions(Optional<Dataset<Row>> table, Optional<Condition> where) {
        Map<String, Object> fixed = where.map(
                        condition -> condition.fixedOf(model.encoder().conditions()))
                .orElseGet(Map::of);
        return table.isPresent()
                ? GivenConditions.of(model, table.get(), fixed)
                : GivenConditions.of(model, fixed, plan.gaps());
    }

    // Candidates have the conditions of their numbers: with fewer, some rows of a table would have none.
    private @Nullable GivenConditions requireRoom(@Nullable GivenConditions given) {
        if (given != null && given.isTakenInTurn()) {
            Check.usage(
                    plan.candidates() >= given.rows(),
                    Parameter.CANDIDATES,
                    "be at least the number of rows of conditions, " + given.rows(),
                    plan.candidates());
        }
        return given;
    }

    /**
     * Prepares rows; weighs the candidates of a condition. Conditions that the model's columns are given are those that
     * {@link GenerationPlan#where} fixes; if it fixes none, and the model has a single one that is a category, a level
     * or a truth value, those of the training rows by their shares.
     *
     * @throws elbow.base.ElbowException of category USAGE if the condition is none on the model's columns, no candidate
     *     fulfils it, or conditions of the model are open
     */
    public static Generation of(SparkSession spark, UsedModel model, GenerationPlan plan) {
        return new Generation(spark, model, plan, Optional.empty());
    }

    /**
     * As {@link #of(SparkSession, UsedModel, GenerationPlan)}, under the conditions of a table: row n has those of its
     * row n modulo its size, in the types of training unless that changes one, but for those that
     * {@link GenerationPlan#where} fixes. If that is a condition on what is modelled, too, or on ranges, rows of the
     * table come as often as they fulfil it.
     *
     * @param conditionTable with the columns that the model's are given; others are not looked at. The driver holds
     *     them: at most a million rows
     * @throws elbow.base.ElbowException of category USAGE also if the model has no conditions or the table is too
     *     large; of category INPUT if it lacks a column, has one of another type, or no rows
     */
    public static Generation of(SparkSession spark, UsedModel model, GenerationPlan plan, Dataset<Row> conditionTable) {
        Check.usage(
                !model.conditions().isEmpty(),
                Parameter.CONDITIONS_FROM,
                "be given for a model with conditions alone",
                "given for one without");
        model.encoder().ofConditions().check(conditionTable.schema());
        return new Generation(spark, model, plan, Optional.of(inTrainingTypes(model, conditionTable)));
    }

    // As far as nothing is lost: a reader may take whole numbers for doubles.
    private static Dataset<Row> inTrainingTypes(UsedModel model, Dataset<Row> table) {
        Dataset<Row> typed = table.select(Columns.columns(model.conditions()));
        for (String name : model.conditions()) {
            Column column = Columns.column(name);
            DataType own = table.schema().apply(name).dataType();
            DataType training = model.schema().apply(name).dataType();
            Column cast = Columns.castOrNull(name, training);
            if (!own.equals(training)
                    && typed.filter(functions.not(cast.cast(own).eqNullSafe(column)))
                            .isEmpty()) {
                typed = typed.withColumn(name, cast);
            }
        }
        return typed;
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

    /** How many rows of conditions there are to make rows under; 0 for a model without. */
    public long conditionRows() {
        return conditions == null ? 0 : conditions.rows();
    }

    /** The columns of the rows. */
    public StructType schema() {
        return schema;
    }

    /** The rows, made when they are used. */
    public Dataset<Row> rows() {
        double[] gapShares = plan.gaps() == GapPolicy.NONE ? new double[0] : gapShares();
        Maker maker = Maker.ofRows(model, schema, plan, conditions, gapShares, candidates.orElse(null));
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
                    ModelInTask.ofTask(model.value()), maker, bound(count, part, all), bound(count, part + 1, all));
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
        double[] shares = new double[modelled().size()];
        for (int i = 0; i < shares.length; i++) {
            String column = modelled().get(i).column();
            boolean conditional = candidates.isPresent() && candidates.get().names(column);
            shares[i] = conditional ? 0 : model.columns().column(column).missingShare();
        }
        return shares;
    }
}
