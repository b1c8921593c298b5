package elbow.use;

import java.io.Serializable;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;

/** Neighbouring fields of rows as Spark holds them inside, and where rows that are made have them. */
final class DataFields implements Serializable {
    private static final long serialVersionUID = 1L;

    private final int first;
    private final DataType[] types;
    private final int[] places;

    DataFields(int first, PassedColumns columns) {
        this.first = first;
        types = columns.fields().stream().map(StructField::dataType).toArray(DataType[]::new);
        places = columns.places().stream().mapToInt(Integer::intValue).toArray();
    }

    int count() {
        return types.length;
    }

    /** Writes the values to their places in {@code target}, null for those that are not there. */
    void copy(InternalRow row, Object[] target) {
        for (int i = 0; i < types.length; i++) {
            target[places[i]] = row.isNullAt(first + i) ? null : row.get(first + i, types[i]);
        }
    }
}
