package elbow.use;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.base.Message;
import elbow.base.Parameter;
import elbow.data.encoding.CategoryCell;
import elbow.data.encoding.Cell;
import elbow.data.encoding.RowEncoder;
import elbow.data.feature.Feature;
import elbow.data.feature.FeatureEncoder;
import elbow.data.feature.FeatureType;
import elbow.data.feature.TrainingRange;
import elbow.data.table.Columns;
import elbow.math.noise.KeyedNoise;
import elbow.math.noise.NoiseStream;
import elbow.use.GenerationPlan.GapPolicy;
import elbow.vae.input.RowBatch;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.catalyst.CatalystTypeConverters;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Conditions that rows are made under: a table of them, of which each number has a row. Rows of a user's table are
 * taken in turn, so that each comes as often as any other; those of training by how frequent they were. Goes to
 * executors.
 */
final class GivenConditions implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Rows of a table: the driver and every executor hold them. */
    private static final int MOST_ROWS = 1 << 20;

    /** Values of a table, encoded. */
    private static final long MOST_VALUES = 1L << 26;

    /** Of the noise by which a row of training's conditions is chosen. */
    private static final int CHOICE = -2;

    private final int first;
    private final int width;
    private final float[] encoded;
    private final byte[] observed;
    // By row and condition, as Spark holds them inside a row.
    private final @Nullable Object[][] values;
    private final double[] below;

    private GivenConditions(FeatureEncoder encoder, StructType schema, List<Row> rows, double[] weights) {
        FeatureEncoder conditions = encoder.ofConditions();
        first = encoder.modelledWidth();
        width = conditions.width();
        encoded = new float[Math.multiplyExact(rows.size(), width)];
        observed = new byte[encoded.length];
        values = new @Nullable Object[rows.size()][];
        below = weights.clone();
        for (int i = 1; i < below.length; i++) {
            below[i] += below[i - 1];
        }
        RowEncoder bound = conditions.bind(schema);
        List<Function<Object, Object>> converters = new ArrayList<>();
        for (String column : schema.fieldNames()) {
            var converter = CatalystTypeConverters.createToCatalystConverter(
                    schema.apply(column).dataType());
            converters.add(converter::apply);
        }
        for (int row = 0; row < values.length; row++) {
            bound.encode(rows.get(row), encoded, observed, row * width);
            values[row] = new @Nullable Object[converters.size()];
            for (int i = 0; i < converters.size(); i++) {
                @Nullable Object value = rows.get(row).get(i);
                values[row][i] = value == null ? null : converters.get(i).apply(value);
            }
        }
    }

    /**
     * Those of a table, in its order.
     *
     * @param fixed values that stand for those of the table, by column
     * @throws ElbowException of category INPUT if a column is missing, of another type or has a value that it cannot
     *     have, or there are no rows; of category USAGE if there are too many
     */
    static GivenConditions of(UsedModel model, Dataset<Row> table, Map<String, Object> fixed) {
        FeatureEncoder conditions = model.encoder().ofConditions();
        conditions.check(table.schema());
        Dataset<Row> alone = table.select(Columns.columns(model.conditions()));
        int most = (int) Math.min(MOST_ROWS, MOST_VALUES / conditions.width());
        List<Row> rows = alone.takeAsList(most + 1);
        if (rows.isEmpty() || rows.size() > most) {
            throw new ElbowException(
                    rows.isEmpty() ? ErrorCategory.INPUT : ErrorCategory.USAGE,
                    Message.of(
                            Parameter.CONDITIONS_FROM,
                            String.format(Locale.ROOT, " must have 1 to %,d rows, but has ", most),
                            rows.isEmpty() ? "none" : "more"));
        }
        return new GivenConditions(
                model.encoder(),
                alone.schema(),
                rows.stream().map(row -> with(row, alone.schema(), fixed)).toList(),
                new double[0]);
    }

    private static Row with(Row row, StructType schema, Map<String, Object> fixed) {
        @Nullable Object[] values = new @Nullable Object[schema.size()];
        for (int i = 0; i < values.length; i++) {
            String column = schema.fieldNames()[i];
            values[i] = fixed.containsKey(column) ? fixed.get(column) : row.get(i);
        }
        return RowFactory.create(values);
    }

    /** A row, whose values are the conditions in the model's order. */
    static GivenConditions of(UsedModel model, StructType schema, Row row) {
        return new GivenConditions(model.encoder(), schema, List.of(row), new double[0]);
    }

    /**
     * Those that are fixed, or, where the model knows how they were spread in training, as they were: it does if its
     * only condition is a category, a level or a truth value.
     *
     * @param gaps whether values are missing
     * @throws ElbowException of category USAGE if it does not know
     */
    static GivenConditions of(UsedModel model, Map<String, Object> fixed, GapPolicy gaps) {
        List<Feature> conditions = model.encoder().conditions();
        StructType schema = schema(model);
        List<String> open = model.conditions().stream()
                .filter(name -> !fixed.containsKey(name))
                .toList();
        if (open.isEmpty()) {
            return of(model, schema, with(RowFactory.create(new Object[conditions.size()]), schema, fixed));
        }
        if (conditions.size() > 1 || !isCounted(conditions.get(0))) {
            throw new ElbowException(
                    ErrorCategory.USAGE,
                    Message.of(
                            Parameter.CONDITIONS_FROM,
                            " must be given for a model of columns given " + String.join(", ", model.conditions())
                                    + ", of which it does not know how they were spread together, or ",
                            Parameter.WHERE,
                            " must give each a value; open is " + String.join(", ", open)));
        }
        return ofTraining(model, conditions.get(0), schema, gaps);
    }

    private static StructType schema(UsedModel model) {
        StructType schema = new StructType();
        for (String condition : model.conditions()) {
            schema = schema.add(model.schema().apply(condition));
        }
        return schema;
    }

    private static boolean isCounted(Feature feature) {
        return feature.type() == FeatureType.CATEGORICAL
                || feature.type() == FeatureType.ORDINAL
                || feature.type() == FeatureType.BINARY;
    }

    private static GivenConditions ofTraining(UsedModel model, Feature feature, StructType schema, GapPolicy gaps) {
        DataType type = schema.fields()[0].dataType();
        Cell cell = feature.cell(model.columns().column(feature.column()), type);
        Function<Object, Object> outside = CatalystTypeConverters.createToScalaConverter(type)::apply;
        float[] means = new float[feature.width()];
        feature.writeMeans(means, 0);
        TrainingRange seen = feature.trainingRange();
        List<Row> rows = new ArrayList<>();
        List<Double> weights = new ArrayList<>();
        boolean truth = feature.width() == 1;
        for (int code = 0; code < (truth ? 2 : means.length); code++) {
            double share = truth ? (code == 1 ? means[0] : 1 - means[0]) : means[code];
            if (share > 0 && (truth || (code >= seen.lowest() && code <= seen.highest()))) {
                float[] one = new float[feature.width()];
                one[truth ? 0 : code] = truth ? code : 1;
                // Rare categories share a code: each has its part of the share.
                List<Object> found = cell instanceof CategoryCell categories
                        ? categories.values(code)
                        : List.of(Objects.requireNonNull(cell.value(one, 0, Cell.Form.EXPECTED, 0)));
                for (Object value : found) {
                    rows.add(RowFactory.create(outside.apply(value)));
                    weights.add(share / found.size());
                }
            }
        }
        double missing = model.columns().column(feature.column()).missingShare();
        if (gaps == GapPolicy.AS_IN_TRAINING && missing > 0 && missing < 1) {
            double all = weights.stream().mapToDouble(Double::doubleValue).sum();
            rows.add(RowFactory.create(new @Nullable Object[] {null}));
            weights.add(all * missing / (1 - missing));
        }
        return new GivenConditions(
                model.encoder(),
                schema,
                rows,
                weights.stream().mapToDouble(Double::doubleValue).toArray());
    }

    /** Rows of the table. */
    int rows() {
        return values.length;
    }

    /** Whether rows are taken in turn. */
    boolean isTakenInTurn() {
        return below.length == 0;
    }

    /** The row of a number. */
    int row(long seed, long number, int[] words) {
        if (isTakenInTurn()) {
            return (int) (number % values.length);
        }
        KeyedNoise.bits(NoiseStream.CHOICES.key(seed, 0), number, CHOICE, 1, words);
        double weight = KeyedNoise.uniform(words[0]) * below[below.length - 1];
        int found = Arrays.binarySearch(below, weight);
        return Math.min(values.length - 1, found >= 0 ? found + 1 : -found - 1);
    }

    /** Writes a row's conditions to where a batch has them. */
    void load(int row, RowBatch batch, int place) {
        int to = place * batch.columns() + first;
        System.arraycopy(encoded, row * width, batch.values(), to, width);
        System.arraycopy(observed, row * width, batch.mask(), to, width);
    }

    /**
     * Writes a row's conditions as they are.
     *
     * @param places where the row that is made has each condition
     */
    void put(int row, int[] places, @Nullable Object[] made) {
        for (int i = 0; i < places.length; i++) {
            made[places[i]] = values[row][i];
        }
    }
}
