package elbow.data.feature;

import elbow.data.table.FieldKind;
import org.apache.spark.sql.types.DataType;

/** A column of numbers that is one encoded column. */
sealed interface NumberFeature extends Feature permits RealFeature, PositiveFeature, CountFeature, BinaryFeature {
    @Override
    default int width() {
        return 1;
    }

    @Override
    default String expectedType() {
        return "a number";
    }

    @Override
    default boolean accepts(DataType type) {
        return FieldKind.NUMBER.reads(type);
    }

    @Override
    default FieldKind kind(DataType type) {
        return FieldKind.of(type);
    }
}
