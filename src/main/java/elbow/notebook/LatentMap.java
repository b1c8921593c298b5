package elbow.notebook;

import elbow.base.Check;
import elbow.data.table.Columns;
import elbow.notebook.Scatter.Guide;
import elbow.notebook.Scatter.Point;
import elbow.report.Numbers;
import elbow.use.LatentEncoding;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.feature.PCA;
import org.apache.spark.ml.feature.PCAModel;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** The latent space as a map: rows that the model takes for alike are near one another. */
public final class LatentMap {
    private static final int MOST_POINTS = 2_000;
    private static final String PLACE = "elbow_place";

    private LatentMap() {}

    /**
     * The means of the latents in two dimensions: as they are if there are two, else along their first two principal
     * components. Of more than 2,000 rows a sample is drawn.
     *
     * @param encoded rows with the column {@value LatentEncoding#MEAN}, as
     *     {@link elbow.ml.VariationalAutoencoderModel#encode} gives them
     * @param labelCol column that says what a row is, which the colours are by
     */
    public static Picture of(Dataset<Row> encoded, String labelCol) {
        Dataset<Row> latents = encoded.select(
                        functions.col(LatentEncoding.MEAN),
                        Columns.column(labelCol).cast("string").as(labelCol))
                .where(functions.col(LatentEncoding.MEAN).isNotNull());
        List<Row> first = latents.takeAsList(1);
        Check.argument(!first.isEmpty(), "encoded", "have a row with latents", "none");
        int size = first.get(0).<Vector>getAs(0).size();
        Check.argument(size >= 2, "latents", "be at least 2 for a map", size);
        if (size == 2) {
            return drawn(latents, "Latent space", "first latent", "second latent");
        }
        PCAModel components = new PCA()
                .setK(2)
                .setInputCol(LatentEncoding.MEAN)
                .setOutputCol(PLACE)
                .fit(latents);
        double[] shares = components.explainedVariance().toArray();
        Dataset<Row> placed = components.transform(latents).select(functions.col(PLACE), Columns.column(labelCol));
        return drawn(
                placed,
                "Latent space, " + size + " latents in two dimensions",
                "first principal component (" + Numbers.percent(shares[0]) + " of the variance)",
                "second principal component (" + Numbers.percent(shares[1]) + ")");
    }

    private static Picture drawn(Dataset<Row> places, String title, String horizontal, String vertical) {
        List<Point> points = new ArrayList<>();
        for (Row row : Samples.of(places, MOST_POINTS).collectAsList()) {
            Vector place = row.getAs(0);
            if (Double.isFinite(place.apply(0)) && Double.isFinite(place.apply(1))) {
                points.add(new Point(place.apply(0), place.apply(1), row.isNullAt(1) ? "no label" : row.getString(1)));
            }
        }
        Check.argument(!points.isEmpty(), "encoded", "have a row with finite latents", "none");
        return Picture.of(List.of(new Scatter(points).draw(title, horizontal, vertical, Guide.NONE)));
    }
}
