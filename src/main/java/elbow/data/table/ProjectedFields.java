package elbow.data.table;

import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * The fields of rows as Spark holds them inside, projected by {@link FieldKind#projected}: numbers and times are
 * doubles, so that no value becomes an object on its way.
 */
public final class ProjectedFields implements RowFields {
    private InternalRow row = InternalRow.empty();

    /** The same fields of another row. */
    public ProjectedFields of(InternalRow next) {
        row = next;
        return this;
    }

    @Override
    public double number(int field) {
        return row.isNullAt(field) ? Double.NaN : row.getDouble(field);
    }

    @Override
    public long whole(int field) {
        return row.isNullAt(field) ? 0 : row.getLong(field);
    }

    @Override
    public @Nullable UTF8String text(int field) {
        return row.isNullAt(field) ? null : row.getUTF8String(field);
    }

    @Override
    public double seconds(int field) {
        return number(field);
    }

    @Override
    public byte @Nullable [] bytes(int field) {
        return row.isNullAt(field) ? null : row.getBinary(field);
    }
}
