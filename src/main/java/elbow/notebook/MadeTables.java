package elbow.notebook;

import elbow.base.Check;
import elbow.data.table.Columns;
import elbow.data.table.Markers;
import elbow.notebook.Scatter.Guide;
import elbow.notebook.Scatter.Point;
import elbow.quality.TableComparison;
import elbow.quality.TableComparison.Tables;
import elbow.report.HtmlReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/** Tables that a model has completed or made, held against real ones. */
public final class MadeTables {
    private static final int MOST_POINTS = 2_000;
    private static final Markers NO_TEXTS = new Markers(List.of(), Markers.Matching.ANY_CASE);

    private MadeTables() {}

    /**
     * How good a synthetic table is: shapes of columns, trends of pairs, nearness to real rows.
     *
     * @param real rows that the model was trained on
     * @param synthetic rows that it has made
     * @param holdout real rows that it has not seen
     */
    public static Picture quality(Dataset<Row> real, Dataset<Row> synthetic, Dataset<Row> holdout) {
        return Picture.of(List.of(HtmlReport.quality(
                TableComparison.of(new Tables(real, synthetic, Optional.of(holdout), Optional.empty(), NO_TEXTS)))));
    }

    /**
     * Values that filled gaps against the true ones, a point for each; the better, the nearer to the line. Of more than
     * 2,000 a sample is drawn.
     *
     * @param pairs rows with two columns of numbers, the true value and the filled one
     */
    public static Picture filled(Dataset<Row> pairs, String truth, String filled) {
        List<Point> points = new ArrayList<>();
        Dataset<Row> known = pairs.select(
                        Columns.castOrNull(truth, DataTypes.DoubleType).as("truth"),
                        Columns.castOrNull(filled, DataTypes.DoubleType).as("filled"))
                .na()
                .drop();
        for (Row row : Samples.of(known, MOST_POINTS).collectAsList()) {
            if (Double.isFinite(row.getDouble(0)) && Double.isFinite(row.getDouble(1))) {
                points.add(new Point(row.getDouble(0), row.getDouble(1), "filled"));
            }
        }
        Check.argument(!points.isEmpty(), "pairs", "have a row with both values", "none");
        return Picture.of(
                List.of(new Scatter(points).draw("Filled values", "true value", "filled value", Guide.DIAGONAL)));
    }
}
