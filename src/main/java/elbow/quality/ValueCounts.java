package elbow.quality;

import elbow.quality.ColumnShape.Bar;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/**
 * Goes once through the distinct values of all columns in their order: scores of their shapes, and what else is to be
 * known of them. Counts are exact; the driver holds a partition of the distinct values at a time.
 */
final class ValueCounts {
    /** Categories of a column that are told apart in pairs, learning and pictures. */
    static final int MOST_CATEGORIES = 100;

    private static final int SHOWN_CATEGORIES = 20;
    private static final double TAIL = 0.005;

    private final List<ComparedColumn> columns;
    private final Row real;
    private final Row synthetic;
    private final List<ColumnValues> values = new ArrayList<>();
    private final List<ColumnShape> shapes = new ArrayList<>();

    private ValueCounts(ComparedColumns compared, Dataset<Row> realRows, Dataset<Row> syntheticRows) {
        columns = compared.columns();
        real = totals(realRows);
        synthetic = totals(syntheticRows);
        Dataset<Row> all = single(realRows, 1, 0).union(single(syntheticRows, 0, 1));
        Iterator<Row> counted = all.groupBy("column", "number", "text")
                .agg(
                        functions.sum("real").as("real"),
                        functions.sum("synthetic").as("synthetic"))
                .orderBy("column", "number", "text")
                .toLocalIterator();
        OneColumn current = new OneColumn(0);
        while (counted.hasNext()) {
            Row row = counted.next();
            while (current.place < row.getInt(0)) {
                current.end();
                current = new OneColumn(current.place + 1);
            }
            current.add(row);
        }
        while (current.place < columns.size()) {
            current.end();
            current = new OneColumn(current.place + 1);
        }
    }

    static ValueCounts of(ComparedColumns compared, Dataset<Row> real, Dataset<Row> synthetic) {
        return new ValueCounts(compared, real, synthetic);
    }

    /** For each column. */
    List<ColumnValues> values() {
        return values;
    }

    /** Those of categories are complete; those of numbers have no bars yet. */
    List<ColumnShape> shapes() {
        return shapes;
    }

    long realRows() {
        return real.getLong(0);
    }

    long syntheticRows() {
        return synthetic.getLong(0);
    }

    // Rows; then for each column its values, and of numbers lowest, highest, mean and deviation.
    private Row totals(Dataset<Row> rows) {
        List<Column> sums = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            Column column = functions.col(ComparedColumns.name(i));
            // Where casts are strict (spark.sql.ansi.enabled, on in Spark 4), a text is no number.
            Column number = (columns.get(i).isNumber() ? column : functions.lit(null)).cast(DataTypes.DoubleType);
            sums.add(functions.count(column));
            sums.add(functions.min(number));
            sums.add(functions.max(number));
            sums.add(functions.avg(number));
            sums.add(functions.stddev_pop(number));
        }
        return rows.agg(functions.count(functions.lit(1)), sums.toArray(Column[]::new))
                .head();
    }

    private static long count(Row totals, int column) {
        return totals.getLong(1 + 5 * column);
    }

    private static double number(Row totals, int column, int which) {
        int at = 1 + 5 * column + which;
        return totals.isNullAt(at) ? 0 : totals.getDouble(at);
    }

    // A row for each value, with the number of its column.
    private Dataset<Row> single(Dataset<Row> rows, long ofReal, long ofSynthetic) {
        Column[] all = new Column[columns.size()];
        for (int i = 0; i < all.length; i++) {
            Column value = functions.col(ComparedColumns.name(i));
            boolean number = columns.get(i).isNumber();
            Column none = functions.lit(null);
            all[i] = functions.struct(
                    functions.lit(i).as("column"),
                    (number ? value : none).cast(DataTypes.DoubleType).as("number"),
                    (number ? none : value).cast(DataTypes.StringType).as("text"));
        }
        return rows.select(functions.explode(functions.array(all)).as("value"))
                .select(
                        functions.col("value.column"),
                        functions.col("value.number"),
                        functions.col("value.text"),
                        functions.lit(ofReal).as("real"),
                        functions.lit(ofSynthetic).as("synthetic"));
    }

    private record Counted(String text, long real, long synthetic) {
        private static final Comparator<Counted> RARER = Comparator.comparingLong(
                        (Counted counted) -> counted.real + counted.synthetic)
                .thenComparing(Counted::text, Comparator.reverseOrder());
    }

    /** The values of one column, one after the other. */
    private final class OneColumn {
        private final int place;
        private final PriorityQueue<Counted> frequent = new PriorityQueue<>(Counted.RARER);
        private long realSeen;
        private long syntheticSeen;
        private double difference;
        private double largest;
        private double low = Double.NaN;
        private double high = Double.NaN;

        OneColumn(int place) {
            this.place = place;
        }

        void add(Row row) {
            if (row.isNullAt(1) && row.isNullAt(2)) {
                return;
            }
            long ofReal = row.getLong(3);
            long ofSynthetic = row.getLong(4);
            realSeen += ofReal;
            syntheticSeen += ofSynthetic;
            if (columns.get(place).isNumber()) {
                double all = count(real, place);
                double difference = realSeen / all - syntheticSeen / (double) count(synthetic, place);
                largest = Math.max(largest, Math.abs(difference));
                low = Double.isNaN(low) && realSeen > TAIL * all ? row.getDouble(1) : low;
                high = Double.isNaN(high) && realSeen >= (1 - TAIL) * all ? row.getDouble(1) : high;
            } else {
                difference +=
                        Math.abs(ofReal / (double) count(real, place) - ofSynthetic / (double) count(synthetic, place));
                frequent.add(new Counted(row.getString(2), ofReal, ofSynthetic));
                if (frequent.size() > MOST_CATEGORIES) {
                    frequent.poll();
                }
            }
        }

        void end() {
            ComparedColumn column = columns.get(place);
            List<Counted> kept =
                    frequent.stream().sorted(Counted.RARER.reversed()).toList();
            double deviation = number(real, place, 4);
            values.add(new ColumnValues(
                    column.isNumber(),
                    column.isNumber() ? number(real, place, 1) : 0,
                    column.isNumber() ? number(real, place, 2) : 0,
                    column.isNumber() ? number(real, place, 3) : 0,
                    column.isNumber() && deviation > 0 ? deviation : 1,
                    Double.isNaN(low) ? 0 : low,
                    Double.isNaN(high) ? 0 : high,
                    kept.stream().map(Counted::text).toList()));
            shapes.add(new ColumnShape(
                    column,
                    score(column),
                    1 - count(real, place) / (double) realRows(),
                    1 - count(synthetic, place) / (double) syntheticRows(),
                    bars(kept)));
        }

        private double score(ComparedColumn column) {
            if (count(real, place) == 0) {
                return Double.NaN;
            }
            if (count(synthetic, place) == 0) {
                return 0;
            }
            return 1 - (column.isNumber() ? largest : difference / 2);
        }

        private List<Bar> bars(List<Counted> kept) {
            double ofReal = Math.max(1, count(real, place));
            double ofSynthetic = Math.max(1, count(synthetic, place));
            List<Bar> bars = new ArrayList<>();
            double realLeft = 1;
            double syntheticLeft = 1;
            for (Counted category : kept.subList(0, Math.min(SHOWN_CATEGORIES, kept.size()))) {
                bars.add(new Bar(category.text(), 0, 0, category.real() / ofReal, category.synthetic() / ofSynthetic));
                realLeft -= category.real() / ofReal;
                syntheticLeft -= category.synthetic() / ofSynthetic;
            }
            if (kept.size() > SHOWN_CATEGORIES) {
                bars.add(new Bar("", 0, 0, Math.max(0, realLeft), Math.max(0, syntheticLeft)));
            }
            return bars;
        }
    }
}
