package elbow.data.feature;

import elbow.base.Check;
import elbow.data.encoding.CategoryCell;
import elbow.data.encoding.CategorySlot;
import elbow.data.encoding.Cell;
import elbow.data.encoding.Slot;
import elbow.data.table.FieldKind;
import elbow.data.table.Markers;
import elbow.vae.input.InputTransform;
import elbow.vae.likelihood.Categorical;
import elbow.vae.likelihood.Likelihood;
import java.util.List;
import org.apache.spark.sql.types.DataType;

/**
 * One of several values without an order: a column for each category, for {@link #OTHER} ones if there are any, and for
 * {@link #UNSEEN} ones.
 *
 * @param column name
 * @param categories the texts that have a column of their own
 * @param others the rarer texts that share one; none: no such column. Where there were too many to name them all, the
 *     rest counts as unseen
 * @param frequencies share of the training rows in each encoded column, smoothed, so that none is 0
 * @param hasGaps whether training rows had no value
 */
public record CategoricalFeature(
        String column, List<String> categories, List<String> others, List<Double> frequencies, boolean hasGaps)
        implements CategoryFeature {
    /** What a value decodes to that shares its column with other rare ones. */
    public static final String OTHER = "(other)";

    /** What a value decodes to that did not occur in training. */
    public static final String UNSEEN = "(unseen)";

    public CategoricalFeature {
        categories = List.copyOf(categories);
        others = List.copyOf(others);
        frequencies = List.copyOf(frequencies);
        Categories.check(categories, frequencies, categories.size() + (others.isEmpty() ? 1 : 2));
        for (String other : others) {
            Check.argument(!categories.contains(other), "others", "be no categories", other);
        }
    }

    @Override
    public FeatureType type() {
        return FeatureType.CATEGORICAL;
    }

    @Override
    public Likelihood likelihood(InputTransform transform) {
        return new Categorical(width());
    }

    @Override
    public Object decode(float[] encoded, int offset) {
        int code = Categories.largest(encoded, offset, width());
        if (code < categories.size()) {
            return categories.get(code);
        }
        return code == width() - 1 ? UNSEEN : OTHER;
    }

    @Override
    public TrainingRange trainingRange() {
        return new TrainingRange(TrainingRange.Beyond.UNSEEN, 0, width() - 2);
    }

    @Override
    public String expectedType() {
        return "a text or a plain value";
    }

    @Override
    public boolean accepts(DataType type) {
        return FieldKind.TEXT.reads(type);
    }

    @Override
    public FieldKind kind(DataType type) {
        return FieldKind.TEXT;
    }

    @Override
    public List<Slot> slots(int field, FieldKind kind, Markers markers) {
        return List.of(new CategorySlot(column, field, markers, categories, others, width(), true));
    }

    @Override
    public Cell cell(TableColumn in, DataType type) {
        return new CategoryCell(categories, others, frequencies, true, type);
    }
}
