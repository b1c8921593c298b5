package elbow.data.feature;

import elbow.base.Check;
import elbow.data.encoding.Cell;
import elbow.data.encoding.NumberCell;
import elbow.data.encoding.NumberDomain;
import elbow.data.encoding.NumberScale;
import elbow.data.encoding.NumberSlot;
import elbow.data.encoding.Slot;
import elbow.data.table.FieldKind;
import elbow.data.table.Markers;
import elbow.vae.input.InputTransform;
import elbow.vae.likelihood.Bernoulli;
import elbow.vae.likelihood.Likelihood;
import java.util.List;
import org.apache.spark.sql.types.DataType;

/**
 * A truth value, or a number that is 0 or 1; encoded as it is.
 *
 * @param column name
 * @param mean share of ones among the training rows, in [0, 1]
 * @param hasGaps whether training rows had no value
 */
public record BinaryFeature(String column, double mean, boolean hasGaps) implements NumberFeature {
    public BinaryFeature {
        Check.argument(mean >= 0 && mean <= 1, "mean", "lie in [0, 1]", mean);
    }

    /** One that is there in every row. */
    public BinaryFeature(String column, double mean) {
        this(column, mean, false);
    }

    @Override
    public FeatureType type() {
        return FeatureType.BINARY;
    }

    @Override
    public Likelihood likelihood(InputTransform transform) {
        return new Bernoulli();
    }

    @Override
    public void writeMeans(float[] target, int offset) {
        target[offset] = (float) mean;
    }

    /** 0 or 1. */
    @Override
    public Object decode(float[] encoded, int offset) {
        return encoded[offset] < 0.5f ? 0L : 1L;
    }

    @Override
    public String expectedType() {
        return "a number or a truth value";
    }

    @Override
    public List<Slot> slots(int field, FieldKind kind, Markers markers) {
        return List.of(new NumberSlot(column, field, kind, markers, NumberDomain.BINARY, NumberScale.NONE));
    }

    @Override
    public Cell cell(TableColumn in, DataType type) {
        return NumberCell.truth(in.truthWriter(type));
    }
}
