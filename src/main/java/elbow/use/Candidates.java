package elbow.use;

import elbow.data.feature.Feature;
import elbow.data.table.Columns;
import elbow.density.LatentMixture;
import elbow.math.LogSumExp;
import elbow.score.ModelInTask;
import elbow.score.ScoringModel;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.CatalystTypeConverters;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Draws from the prior, by their numbers, with the weight that a condition gives each; what executors need to take rows
 * from them. The latents themselves are made anew from the numbers.
 */
final class Candidates implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Candidates that a task weighs. */
    private static final int SLICE = 1 << 12;

    private static final String NUMBER = "elbow.number";

    private final int[] numbers;
    private final double[] below;
    private final double effective;
    // By cell, as Spark holds it inside a row; null: not given.
    private final @Nullable Object[] given;
    private final boolean[] repeated;
    private final String[] columns;

    private Candidates(Condition condition, UsedModel model, StructType schema, double[] allLogWeights) {
        // Where the network cannot compute with a draw it has no weight.
        double[] logWeights = Arrays.stream(allLogWeights)
                .map(weight -> Double.isNaN(weight) ? Double.NEGATIVE_INFINITY : weight)
                .toArray();
        columns = model.encoder().modelled().stream().map(Feature::column).toArray(String[]::new);
        given = new @Nullable Object[columns.length];
        repeated = new boolean[columns.length];
        for (int cell = 0; cell < columns.length; cell++) {
            Object value = condition.fixed().get(columns[cell]);
            given[cell] = value == null
                    ? null
                    : CatalystTypeConverters.createToCatalystConverter(
                                    schema.apply(columns[cell]).dataType())
                            .apply(value);
            repeated[cell] = condition.restColumns().contains(columns[cell]) && value == null;
        }
        numbers = IntStream.range(0, logWeights.length)
                .filter(i -> logWeights[i] > Double.NEGATIVE_INFINITY)
                .toArray();
        below = new double[numbers.length];
        double total = LogSumExp.of(logWeights, 0, 1, logWeights.length);
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < numbers.length; i++) {
            double weight = Math.exp(logWeights[numbers[i]] - total);
            sum += weight;
            squares += weight * weight;
            below[i] = sum;
        }
        effective = sum * sum / squares;
    }

    /**
     * Those of a condition on what is modelled.
     *
     * @param schema of the rows that are made
     * @param conditions of which each candidate has those of its number; null: the model has none
     */
    static Candidates of(
            SparkSession spark,
            UsedModel model,
            Broadcast<ScoringModel> broadcast,
            GenerationPlan plan,
            Condition condition,
            StructType schema,
            @Nullable GivenConditions conditions) {
        double[] logWeights = new double[plan.candidates()];
        if (!condition.fixedOf(model.encoder().modelled()).isEmpty()) {
            Evidence evidence = Evidence.of(model, schema, condition.encoded(model, schema));
            weigh(spark, evidence, broadcast, model.latentDensity(), conditions, plan.seed(), logWeights);
        }
        condition
                .rest()
                .ifPresent(rest ->
                        require(spark, model, broadcast, plan, condition, schema, conditions, rest, logWeights));
        if (Arrays.stream(logWeights).noneMatch(weight -> weight > Double.NEGATIVE_INFINITY)) {
            throw Condition.refused(
                    " must be a condition that rows of the model fulfil, but of "
                            + String.format(Locale.ROOT, "%,d", plan.candidates())
                            + " candidates none does: " + plan.where().orElse(""),
                    null);
        }
        return new Candidates(condition, model, schema, logWeights);
    }

    private static void weigh(
            SparkSession spark,
            Evidence evidence,
            Broadcast<ScoringModel> model,
            @Nullable LatentMixture latents,
            @Nullable GivenConditions conditions,
            long seed,
            double[] logWeights) {
        int count = logWeights.length;
        List<Integer> slices =
                IntStream.rangeClosed(0, (count - 1) / SLICE).boxed().toList();
        List<double[]> parts = JavaSparkContext.fromSparkContext(spark.sparkContext())
                .parallelize(slices, slices.size())
                .mapPartitions(own -> weights(own, evidence, model.value(), latents, conditions, seed, count))
                .collect();
        int place = 0;
        for (double[] part : parts) {
            System.arraycopy(part, 0, logWeights, place, part.length);
            place += part.length;
        }
    }

    private static Iterator<double[]> weights(
            Iterator<Integer> slices,
            Evidence evidence,
            ScoringModel model,
            @Nullable LatentMixture latents,
            @Nullable GivenConditions conditions,
            long seed,
            int count) {
        int first = slices.next() * SLICE;
        double[] weights = new double[Math.min(SLICE, count - first)];
        try (ModelInTask used = new ModelInTask(model)) {
            PriorDraws draws = new PriorDraws(used, latents, conditions, seed);
            long[] numbers = new long[used.generator().blockRows()];
            double[] some = new double[numbers.length];
            for (int done = 0; done < weights.length; done += numbers.length) {
                int rows = Math.min(numbers.length, weights.length - done);
                for (int i = 0; i < rows; i++) {
                    numbers[i] = (long) first + done + i;
                }
                draws.draw(numbers, rows);
                evidence.logLikelihoods(used.generator(), rows, some);
                System.arraycopy(some, 0, weights, done, rows);
            }
        }
        return List.of(weights).iterator();
    }

    /** Takes the weight of candidates whose values do not fulfil the rest of the condition. */
    private static void require(
            SparkSession spark,
            UsedModel model,
            Broadcast<ScoringModel> broadcast,
            GenerationPlan plan,
            Condition condition,
            StructType schema,
            @Nullable GivenConditions conditions,
            Column rest,
            double[] logWeights) {
        Maker maker = Maker.ofCandidates(model, schema, plan, conditions);
        int partitions = (logWeights.length - 1) / SLICE + 1;
        StructType numbered = schema.add(NUMBER, DataTypes.LongType, false);
        Dataset<Row> drawn = Generation.rows(spark, numbered, broadcast, maker, logWeights.length, partitions);
        Map<String, Object> fixed = condition.fixedOf(model.encoder().modelled());
        for (String column : fixed.keySet()) {
            drawn = drawn.withColumn(
                    column,
                    functions.lit(fixed.get(column)).cast(schema.apply(column).dataType()));
        }
        boolean[] fulfilled = new boolean[logWeights.length];
        drawn.filter(rest)
                .select(Columns.column(NUMBER))
                .collectAsList()
                .forEach(row -> fulfilled[Math.toIntExact(row.getLong(0))] = true);
        for (int i = 0; i < fulfilled.length; i++) {
            logWeights[i] = fulfilled[i] ? logWeights[i] : Double.NEGATIVE_INFINITY;
        }
    }

    /** See {@link Generation#effectiveSampleSize}. */
    double effectiveSampleSize() {
        return effective;
    }

    /** Whether the condition names a column. */
    boolean names(String column) {
        int cell = Arrays.asList(columns).indexOf(column);
        return given[cell] != null || repeated[cell];
    }

    /** Whether rows repeat values of their candidates. */
    boolean repeatsValues() {
        for (boolean one : repeated) {
            if (one) {
                return true;
            }
        }
        return false;
    }

    /** The number of the candidate at a share of all weights, in (0, 1). */
    int at(double share) {
        double weight = share * below[below.length - 1];
        int found = Arrays.binarySearch(below, weight);
        return numbers[Math.min(numbers.length - 1, found >= 0 ? found + 1 : -found - 1)];
    }

    /**
     * Writes the values that the condition gives or the candidate has.
     *
     * @param encoded draws of candidates, that of the row from {@code rowOffset} on
     */
    void put(RowWriter writer, float[] encoded, int rowOffset, long candidate, @Nullable Object[] made) {
        writer.begin(candidate, Maker.CANDIDATES);
        for (int cell = 0; cell < given.length; cell++) {
            if (given[cell] != null) {
                made[writer.decoder().place(cell)] = given[cell];
            } else if (repeated[cell]) {
                writer.write(cell, encoded, rowOffset, made);
            }
        }
    }
}
