package elbow.ml;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.data.table.Columns;
import elbow.score.ScoreColumns;
import elbow.spark.TextParams;
import java.util.Arrays;
import org.apache.spark.ml.evaluation.Evaluator;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The mean ELBO of scored rows, in nats per row, higher is better: what {@code CrossValidator} and
 * {@code TrainValidationSplit} compare models by. Rows have no weights. Models are comparable as far as they model the
 * same columns in the same way: a likelihood with densities is not to be compared with one of probabilities.
 */
public final class ElboEvaluator extends Evaluator implements DefaultParamsWritable {
    private static final long serialVersionUID = 1L;

    private final String uid;

    /** An evaluator of the column {@code elbo}. */
    public ElboEvaluator() {
        this(Identifiable$.MODULE$.randomUID("elbo"));
    }

    /** As {@link #ElboEvaluator()}, with a uid. */
    public ElboEvaluator(String uid) {
        this.uid = uid;
        setDefault(elboCol(), ScoreColumns.ELBO);
    }

    /** Reads an evaluator that was saved. */
    public static MLReader<ElboEvaluator> read() {
        return SparkPersistence.paramsReader();
    }

    /** Reads an evaluator that was saved at a path. */
    public static ElboEvaluator load(String path) {
        return read().load(path);
    }

    @Override
    public String uid() {
        return uid;
    }

    /** Column of doubles with the ELBO of each row. */
    public Param<String> elboCol() {
        return TextParams.of(this, "elboCol", "Column of doubles with the ELBO of each row, in nats.");
    }

    /** Sets {@link #elboCol}. */
    public ElboEvaluator setElboCol(String value) {
        return SettingParams.set(this, elboCol(), value);
    }

    /** The value of {@link #elboCol}. */
    public String getElboCol() {
        return SettingParams.textOf(this, elboCol());
    }

    /**
     * The mean ELBO over all rows; minus infinity if it is not a number, as a model has it whose ELBO is lost: no other
     * is worse.
     *
     * @throws ElbowException of category USAGE if the column is not there or of another type; of category INPUT if
     *     there is no row
     */
    @Override
    public double evaluate(Dataset<?> dataset) {
        requireColumn(dataset.schema());
        Row mean = dataset.toDF()
                .select(functions.avg(Columns.column(getElboCol())), functions.count(functions.lit(1)))
                .first();
        if (mean.getLong(1) == 0) {
            throw new ElbowException(ErrorCategory.INPUT, "rows to evaluate must be at least one, but there is none");
        }
        return mean.isNullAt(0) || Double.isNaN(mean.getDouble(0)) ? Double.NEGATIVE_INFINITY : mean.getDouble(0);
    }

    private void requireColumn(StructType schema) {
        String column = getElboCol();
        boolean there = Arrays.asList(schema.fieldNames()).contains(column);
        String found = there
                ? "of type " + schema.apply(column).dataType().simpleString()
                : "missing among " + Columns.listed(Arrays.asList(schema.fieldNames()));
        if (!there || !schema.apply(column).dataType().equals(DataTypes.DoubleType)) {
            throw new ElbowException(
                    ErrorCategory.USAGE,
                    "column " + column + " (elboCol) must be of type double, with the ELBO of each row, but is "
                            + found);
        }
    }

    @Override
    public boolean isLargerBetter() {
        return true;
    }

    @Override
    public ElboEvaluator copy(ParamMap extra) {
        return defaultCopy(extra);
    }
}
