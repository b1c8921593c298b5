package elbow.data.feature;

import elbow.base.Check;
import elbow.data.encoding.Cell;
import elbow.data.encoding.NumberCell;
import elbow.data.encoding.NumberDomain;
import elbow.data.encoding.NumberScale;
import elbow.data.encoding.NumberSlot;
import elbow.data.encoding.NumberWriter;
import elbow.data.encoding.Slot;
import elbow.data.table.FieldKind;
import elbow.data.table.Markers;
import elbow.vae.input.InputTransform;
import elbow.vae.likelihood.InputScale;
import elbow.vae.likelihood.Likelihood;
import java.util.List;
import org.apache.spark.sql.types.DataType;

/**
 * A whole number from 0 that counts something, encoded as it is; negative ones, which a row outside the training rows
 * may have, as 0.
 *
 * @param column name
 * @param mean of the training rows
 * @param logMean mean of log(1 + count) over the training rows
 * @param logDeviation standard deviation of log(1 + count) over the training rows, above 0
 * @param maximum of the training rows
 * @param numberLikelihood its likelihood, one for type COUNT
 * @param hasGaps whether training rows had no value
 */
public record CountFeature(
        String column,
        double mean,
        double logMean,
        double logDeviation,
        double maximum,
        NumberLikelihood numberLikelihood,
        boolean hasGaps)
        implements NumberFeature {
    public CountFeature {
        Check.notNegative("mean", mean);
        Check.notNegative("logMean", logMean);
        Check.positive("logDeviation", logDeviation);
        Check.argument(
                maximum >= 0 && maximum <= NumberDomain.LARGEST_COUNT,
                "maximum",
                "lie in [0, " + (long) NumberDomain.LARGEST_COUNT + "]",
                maximum);
        Check.argument(
                numberLikelihood.type() == FeatureType.COUNT, "numberLikelihood", "be one of counts", numberLikelihood);
    }

    @Override
    public FeatureType type() {
        return FeatureType.COUNT;
    }

    @Override
    public Likelihood likelihood(InputTransform transform) {
        return numberLikelihood.likelihood(List.of(), List.of());
    }

    @Override
    public InputScale inputScale() {
        return new InputScale(List.of(logMean), List.of(1 / logDeviation));
    }

    @Override
    public void writeMeans(float[] target, int offset) {
        target[offset] = (float) mean;
    }

    @Override
    public Object decode(float[] encoded, int offset) {
        return Math.round((double) encoded[offset]);
    }

    @Override
    public TrainingRange trainingRange() {
        return TrainingRange.numbers(0, maximum);
    }

    @Override
    public List<Slot> slots(int field, FieldKind kind, Markers markers) {
        return List.of(new NumberSlot(column, field, kind, markers, NumberDomain.COUNT, NumberScale.NONE, 0, false));
    }

    @Override
    public Cell cell(TableColumn in, DataType type) {
        return new NumberCell(NumberScale.NONE, new NumberWriter(type, true, List.of()));
    }
}
