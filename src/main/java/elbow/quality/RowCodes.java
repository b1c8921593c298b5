package elbow.quality;

import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;

/** The values of rows as small whole numbers: of numbers the interval, of categories their place. Goes to executors. */
final class RowCodes implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Intervals between the lowest and the highest number of the real table, as SDMetrics has them. */
    private static final int INTERVALS = 10;

    private final List<ColumnValues> columns;
    private final List<Map<String, Integer>> places;

    RowCodes(List<ColumnValues> columns) {
        this.columns = List.copyOf(columns);
        places = columns.stream().map(RowCodes::places).toList();
    }

    private static Map<String, Integer> places(ColumnValues column) {
        Map<String, Integer> places = new HashMap<>();
        for (String category : column.categories()) {
            places.put(category, places.size());
        }
        return places;
    }

    int columns() {
        return columns.size();
    }

    ColumnValues column(int column) {
        return columns.get(column);
    }

    boolean isNumber(int column) {
        return columns.get(column).number();
    }

    /** Codes of a column: the last one stands for no value, that of a category before it for all other categories. */
    int size(int column) {
        return isNumber(column) ? INTERVALS + 3 : places.get(column).size() + 2;
    }

    /** A number; NaN if there is none. */
    static double number(Row row, int column) {
        return row.isNullAt(column) ? Double.NaN : row.getDouble(column);
    }

    int code(Row row, int column) {
        if (row.isNullAt(column)) {
            return size(column) - 1;
        }
        if (isNumber(column)) {
            return interval(columns.get(column), row.getDouble(column));
        }
        return places.get(column).getOrDefault(row.getString(column), size(column) - 2);
    }

    // 0 below the lowest, 1 + i in the interval i with its start, INTERVALS + 1 from the highest on.
    private static int interval(ColumnValues column, double value) {
        if (value < column.lowest()) {
            return 0;
        }
        if (value >= column.highest()) {
            return INTERVALS + 1;
        }
        double share = (value - column.lowest()) / (column.highest() - column.lowest());
        return 1 + Math.min(INTERVALS - 1, (int) (share * INTERVALS));
    }
}
