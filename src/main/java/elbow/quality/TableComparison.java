package elbow.quality;

import elbow.base.Check;
import elbow.base.Parameter;
import elbow.data.table.InputErrors;
import elbow.data.table.Markers;
import elbow.failure.KnownFailures;
import elbow.quality.ColumnShape.Bar;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * Compares a synthetic table with a real one. Column shapes and pair trends are the properties "Column Shapes" and
 * "Column Pair Trends" of the quality report of SDMetrics (DataCebo, SDMetrics, "Quality Report", docs.sdv.dev), so
 * that figures can be held against published ones, with these differences: numbers are put into the ten intervals of
 * the real table for both tables, where SDMetrics gives each table intervals of its own; of correlations, rows that
 * lack one of the two numbers are left out; and of a column's categories all but the 100 most frequent ones count as
 * one in pairs.
 *
 * <p>Of larger tables a sample of about {@value #MOST_ROWS} rows is looked at, the same for the same partitions; but
 * copies are looked for among all real rows.
 */
public final class TableComparison {
    /** Rows of a table that are looked at. */
    public static final int MOST_ROWS = 1_000_000;

    private static final long SEED = 7;

    private final ComparedColumns compared;
    private final int mostRows;
    private final List<Dataset<Row>> kept = new ArrayList<>();

    private TableComparison(ComparedColumns compared, int mostRows) {
        this.compared = compared;
        this.mostRows = mostRows;
    }

    /**
     * What is compared.
     *
     * @param real rows that the synthetic ones stand for
     * @param synthetic rows to judge; columns that they have alone are not looked at
     * @param holdout real rows that the synthetic ones were not made from; empty: there are none
     * @param target a column to learn from the others; empty: none. Needs {@code holdout}
     * @param markers texts that stand for no value
     */
    public record Tables(
            Dataset<Row> real,
            Dataset<Row> synthetic,
            Optional<Dataset<Row>> holdout,
            Optional<String> target,
            Markers markers) {
        public Tables {
            Check.usage(
                    target.isEmpty() || holdout.isPresent(),
                    Parameter.HOLDOUT,
                    "be given with a target: what is learned is tried on held-out rows",
                    "not given");
        }
    }

    /**
     * Compares the tables; each is read once and kept in Spark's memory or on disk meanwhile.
     *
     * @throws elbow.base.ElbowException of category INPUT if the tables have no column in common, one is of another
     *     kind or missing, or a table has no rows; of category USAGE if the target is no column of all or cannot be
     *     learned
     */
    public static TableQuality of(Tables tables) {
        return of(tables, MOST_ROWS);
    }

    /** @param mostRows of a table that are looked at, about */
    static TableQuality of(Tables tables, int mostRows) {
        ComparedColumns compared =
                ComparedColumns.of(tables.real().schema(), tables.synthetic().schema(), tables.markers());
        tables.holdout().ifPresent(rows -> compared.require("held-out", rows.schema()));
        tables.target().ifPresent(name -> {
            compared.place(Parameter.TARGET, name);
            Check.usage(
                    compared.size() > 1,
                    Parameter.TARGET,
                    "be one of several columns that are compared, to be learned from the others",
                    name + " alone");
        });
        TableComparison comparison = new TableComparison(compared, mostRows);
        try {
            return comparison.compare(tables);
        } catch (Exception e) {
            // Spark throws checked exceptions without declaring them.
            throw KnownFailures.translate(e);
        } finally {
            comparison.kept.forEach(Dataset::unpersist);
        }
    }

    private TableQuality compare(Tables tables) {
        Dataset<Row> allReal = keep("real", tables.real());
        Dataset<Row> real = sample(allReal);
        Dataset<Row> synthetic = sample(keep("synthetic", tables.synthetic()));
        Optional<Dataset<Row>> holdout = tables.holdout().map(rows -> sample(keep("held-out", rows)));
        ValueCounts counts = ValueCounts.of(compared, real, synthetic);
        RowCodes codes = new RowCodes(counts.values());
        PairTally ofReal = PairTally.of(real, codes);
        PairTally ofSynthetic = PairTally.of(synthetic, codes);
        return new TableQuality(
                counts.realRows(),
                counts.syntheticRows(),
                holdout.map(rows -> OptionalLong.of(rows.count())).orElseGet(OptionalLong::empty),
                withBars(counts, ofReal, ofSynthetic),
                ofReal.against(ofSynthetic, compared.columns()),
                compared.leftOut(),
                copies(synthetic, allReal, counts.syntheticRows()),
                holdout.map(rows -> copies(rows, allReal, rows.count())).orElse(Double.NaN),
                holdout.map(rows -> ClosestRecords.of(real, synthetic, rows, codes)),
                tables.target()
                        .map(name -> Usefulness.of(
                                real,
                                synthetic,
                                holdout.orElseThrow(),
                                codes,
                                compared.place(Parameter.TARGET, name),
                                name)));
    }

    private Dataset<Row> keep(String name, Dataset<Row> table) {
        Dataset<Row> normal = compared.of(table).persist(StorageLevel.MEMORY_AND_DISK());
        kept.add(normal);
        if (normal.count() == 0) {
            throw InputErrors.input("the " + name + " table must have rows, but has none");
        }
        return normal;
    }

    private Dataset<Row> sample(Dataset<Row> table) {
        long rows = table.count();
        return rows <= mostRows ? table : table.sample((double) mostRows / rows, SEED);
    }

    private static List<ColumnShape> withBars(ValueCounts counts, PairTally real, PairTally synthetic) {
        List<ColumnShape> shapes = new ArrayList<>();
        for (int i = 0; i < counts.shapes().size(); i++) {
            ColumnShape shape = counts.shapes().get(i);
            if (!shape.column().isNumber()) {
                shapes.add(shape);
                continue;
            }
            ColumnValues values = counts.values().get(i);
            double[] ofReal = real.shares(i);
            double[] ofSynthetic = synthetic.shares(i);
            double width = (values.high() - values.low()) / PairTally.BINS;
            List<Bar> bars = new ArrayList<>();
            for (int bin = 1; bin <= PairTally.BINS; bin++) {
                double from = values.low() + (bin - 1) * width;
                bars.add(new Bar("", from, from + width, ofReal[bin], ofSynthetic[bin]));
            }
            shapes.add(new ColumnShape(
                    shape.column(), shape.score(), shape.realMissing(), shape.syntheticMissing(), bars));
        }
        return shapes;
    }

    /** Share of the rows that are among others, every value the same. */
    private double copies(Dataset<Row> rows, Dataset<Row> others, long count) {
        var distinct = others.distinct();
        var same = rows.col(ComparedColumns.name(0)).eqNullSafe(distinct.col(ComparedColumns.name(0)));
        for (int i = 1; i < compared.size(); i++) {
            same = same.and(rows.col(ComparedColumns.name(i)).eqNullSafe(distinct.col(ComparedColumns.name(i))));
        }
        return rows.join(distinct, same, "left_semi").count() / (double) count;
    }
}
