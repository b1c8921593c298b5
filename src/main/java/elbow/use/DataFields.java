package elbow.use;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataType;

/** Neighbouring fields of rows as Spark holds them inside. */
final class DataFields implements Serializable {
    private static final long serialVersionUID = 1L;

    private final int first;
    private final DataType[] types;

    DataFields(int first, List<DataType> types) {
        this.first = first;
        this.types = types.toArray(DataType[]::new);
    }

    int count() {
        return types.length;
    }

    /** Writes the values to the start of {@code target}, null for those that are not there. */
    void copy(InternalRow row, Object[] target) {
        for (int i = 0; i < types.length; i++) {
            target[i] = row.isNullAt(first + i) ? null : row.get(first + i, types[i]);
        }
    }
}
