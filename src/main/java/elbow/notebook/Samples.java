package elbow.notebook;

import elbow.data.table.Columns;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.functions;

/** Samples without replacement that hang on what rows hold alone, and not on how they are spread or in which order. */
final class Samples {
    private static final String HASH = "elbow_hash";
    private static final String NUMBER = "elbow_number";

    private Samples() {}

    /**
     * All rows, or as many of them as are asked for.
     *
     * @param rows with columns of different names
     */
    static Dataset<Row> of(Dataset<Row> rows, int most) {
        if (rows.count() <= most) {
            return rows;
        }
        Column[] columns = Stream.of(rows.columns()).map(Columns::column).toArray(Column[]::new);
        // Equal rows are numbered: by their content alone all of them would be drawn, or none.
        return rows.withColumn(HASH, functions.xxhash64(columns))
                .withColumn(
                        NUMBER,
                        functions.row_number().over(Window.partitionBy(HASH).orderBy(HASH)))
                .orderBy(functions.xxhash64(functions.col(HASH), functions.col(NUMBER)))
                .limit(most)
                .select(columns);
    }
}
