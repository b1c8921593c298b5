package elbow.data.feature;

import elbow.base.Check;
import elbow.data.encoding.CategoryCell;
import elbow.data.encoding.CategorySlot;
import elbow.data.encoding.Cell;
import elbow.data.encoding.LevelCell;
import elbow.data.encoding.LevelSlot;
import elbow.data.encoding.NumberWriter;
import elbow.data.encoding.Slot;
import elbow.data.table.FieldKind;
import elbow.data.table.Markers;
import elbow.vae.input.InputTransform;
import elbow.vae.likelihood.Likelihood;
import elbow.vae.likelihood.Ordinal;
import java.util.List;
import org.apache.spark.sql.types.DataType;

/**
 * One of a few levels that have an order: whole numbers of a short range, with an encoded column for each and one for
 * what is below and one for what is above, which no training row has; or given texts, with an encoded column for each.
 *
 * @param column name
 * @param levels from the lowest to the highest
 * @param numbers whether the levels are consecutive whole numbers
 * @param frequencies share of the training rows in each encoded column, smoothed, so that none is 0
 * @param hasGaps whether training rows had no value
 */
public record OrdinalFeature(
        String column, List<String> levels, boolean numbers, List<Double> frequencies, boolean hasGaps)
        implements CategoryFeature {
    public OrdinalFeature {
        levels = List.copyOf(levels);
        frequencies = List.copyOf(frequencies);
        Categories.check(levels, frequencies, levels.size() + (numbers ? 2 : 0));
        Check.argument(levels.size() >= 2, "levels", "be at least 2", levels);
        for (int i = 0; numbers && i < levels.size(); i++) {
            long level = Long.parseLong(levels.get(i));
            Check.argument(level == Long.parseLong(levels.get(0)) + i, "levels", "be consecutive", levels);
        }
    }

    @Override
    public FeatureType type() {
        return FeatureType.ORDINAL;
    }

    @Override
    public Likelihood likelihood(InputTransform transform) {
        return new Ordinal(width());
    }

    /** A level; a number one below or above all for what is beyond them. */
    @Override
    public Object decode(float[] encoded, int offset) {
        int code = Categories.largest(encoded, offset, width());
        return numbers ? (Object) (Long.parseLong(levels.get(0)) + code - 1) : levels.get(code);
    }

    @Override
    public TrainingRange trainingRange() {
        return numbers ? TrainingRange.numbers(1, width() - 2) : TrainingRange.WHOLE;
    }

    @Override
    public String expectedType() {
        return numbers ? "a number" : "a text or a plain value";
    }

    @Override
    public boolean accepts(DataType type) {
        return (numbers ? FieldKind.NUMBER : FieldKind.TEXT).reads(type);
    }

    @Override
    public FieldKind kind(DataType type) {
        return numbers ? FieldKind.of(type) : FieldKind.TEXT;
    }

    @Override
    public List<Slot> slots(int field, FieldKind kind, Markers markers) {
        return List.of(
                numbers
                        ? new LevelSlot(column, field, kind, markers, Long.parseLong(levels.get(0)), width())
                        : new CategorySlot(column, field, markers, levels, List.of(), width(), false));
    }

    @Override
    public Cell cell(TableColumn in, DataType type) {
        return numbers
                ? new LevelCell(Long.parseLong(levels.get(0)), width(), new NumberWriter(type, true, List.of()))
                : CategoryCell.ordered(levels, frequencies, type);
    }
}
