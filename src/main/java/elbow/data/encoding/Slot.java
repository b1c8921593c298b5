package elbow.data.encoding;

import elbow.data.table.RowFields;
import java.io.Serializable;

/**
 * Encodes one column of a bound schema to one float: an encoded column, or the code of a category, which stands for as
 * many columns as there are categories. Goes to executors in closures, which Spark always serializes as Java does.
 */
public sealed interface Slot extends Serializable
        permits NumberSlot, LevelSlot, CategorySlot, CycleSlot, ConditionSlot {
    /** The name of the column. */
    String column();

    /**
     * The encoded value; NaN if the row has none.
     *
     * @throws elbow.base.ElbowException of category INPUT that names the column and the value if the row has one that
     *     cannot be encoded
     */
    float encode(RowFields row);

    /** Encoded columns that the value stands for: 1, or the number of categories. */
    int width();

    /** log |d encoded / d original| of an encoded value, in nats; 0 for what is scored as it is encoded. */
    default double logJacobian(float encoded) {
        return 0;
    }

    /** Whether {@link #logJacobian} is {@link #usualLogJacobian} for every value. */
    default boolean hasConstantJacobian() {
        return true;
    }

    /**
     * The same at the training rows' centre: what {@link elbow.data.feature.FeatureEncoder#logJacobian} counts for the
     * column.
     */
    default double usualLogJacobian() {
        return 0;
    }
}
