package elbow.data.feature;

import elbow.data.encoding.Cell;
import elbow.data.encoding.Slot;
import elbow.data.table.FieldKind;
import elbow.data.table.Markers;
import elbow.data.table.NumberText;
import elbow.vae.input.InputTransform;
import elbow.vae.likelihood.InputScale;
import elbow.vae.likelihood.Likelihood;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.types.DataType;
import org.jspecify.annotations.Nullable;

/** A column that the network models, and how it is encoded. */
public sealed interface Feature extends Serializable permits NumberFeature, CategoryFeature, TimeFeature, ImageFeature {
    /** Name of the column. */
    String column();

    /** The kind of column. */
    FeatureType type();

    /** Encoded values of a row, at least 1. */
    int width();

    /** Whether training rows had no value. */
    boolean hasGaps();

    /** Distribution of each encoded value, or of all together. */
    Likelihood likelihood(InputTransform transform);

    /** What the network's encoder sees of the encoded values: NONE, or a centre and a factor for each. */
    default InputScale inputScale() {
        return InputScale.NONE;
    }

    /** log |d encoded / d original|, in nats, of a row at the centre of the training rows. */
    default double logJacobian() {
        return 0;
    }

    /** The same of a row that is encoded so, from {@code offset} on, and has a value. */
    default double logJacobian(float[] encoded, int offset) {
        return logJacobian();
    }

    /**
     * Writes the initial values of training: means of the encoded values over the training rows, of their logarithms
     * for positive features.
     */
    void writeMeans(float[] target, int offset);

    /**
     * The decoded value, in the column's own unit: Double, Long, Boolean or 0 and 1, String, pixels as byte[]. Of
     * several categories the one with the highest encoded value.
     */
    Object decode(float[] encoded, int offset);

    /**
     * An expected value for people, in the column's own unit, numbers to six digits; null for an image.
     *
     * @param expected encoded values, where a category or a level has its probability
     */
    default @Nullable String expectedText(float[] expected, int offset) {
        return NumberText.shown(decode(expected, offset));
    }

    /** Which of its values training has shown. */
    default TrainingRange trainingRange() {
        return TrainingRange.WHOLE;
    }

    /** What a column must be to be encoded by this feature, for messages. */
    String expectedType();

    /** Whether columns of this type can be encoded. */
    boolean accepts(DataType type);

    /** How columns of this type are read. */
    FieldKind kind(DataType type);

    /**
     * What encodes a field; none for an image.
     *
     * @param kind how the field is read
     */
    List<Slot> slots(int field, FieldKind kind, Markers markers);

    /**
     * What turns encoded values back into a value of a column: the way back from {@link #slots}.
     *
     * @param in the column as the training rows had it
     * @param type of the column to write
     */
    Cell cell(TableColumn in, DataType type);
}
