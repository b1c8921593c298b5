package elbow.use;

import elbow.data.encoding.RowEncoder;
import elbow.data.feature.Feature;
import elbow.data.feature.FeatureEncoder;
import elbow.data.feature.ImageFeature;
import elbow.data.image.ImageShape;
import elbow.data.image.PngImages;
import elbow.data.table.Columns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Grids of the images of a model's first image column, as PNG files for people. */
public final class Pictures {
    /** Images of a grid, each with its original if there are such. */
    private static final int MOST = 100;

    private static final int ACROSS = 10;

    private Pictures() {}

    /** Whether rows of a model have images. */
    public static boolean has(UsedModel model) {
        return column(model.encoder()).isPresent();
    }

    /** The shape of the images; there must be some. */
    public static ImageShape shape(UsedModel model) {
        return column(model.encoder()).orElseThrow().shape();
    }

    /** The name of the column of images; there must be one. */
    public static String columnOf(UsedModel model) {
        return column(model.encoder()).orElseThrow().column();
    }

    private static Optional<ImageFeature> column(FeatureEncoder encoder) {
        return encoder.features().get(0) instanceof ImageFeature image ? Optional.of(image) : Optional.empty();
    }

    /** The first images of rows that were made; at least one row. */
    public static byte[] of(Dataset<Row> made, UsedModel model) {
        return PngImages.grid(images(made, model), shape(model), ACROSS);
    }

    /** The first images of rows, a line of them above a line of what was made of them; at least one row. */
    public static byte[] of(Dataset<Row> rows, Dataset<Row> made, UsedModel model) {
        List<byte[]> results = images(made, model);
        List<byte[]> originals = originals(rows, model.encoder(), results.size());
        List<byte[]> all = new ArrayList<>();
        for (int first = 0; first < results.size(); first += ACROSS) {
            int end = Math.min(first + ACROSS, results.size());
            List<byte[]> above = originals.subList(first, Math.min(end, originals.size()));
            all.addAll(above);
            for (int i = above.size(); i < ACROSS; i++) {
                all.add(blank(shape(model)));
            }
            all.addAll(results.subList(first, end));
            for (int i = end - first; i < ACROSS && end < results.size(); i++) {
                all.add(blank(shape(model)));
            }
        }
        return PngImages.grid(all, shape(model), ACROSS);
    }

    private static byte[] blank(ImageShape shape) {
        byte[] pixels = new byte[shape.size()];
        Arrays.fill(pixels, (byte) 255);
        return pixels;
    }

    private static List<byte[]> images(Dataset<Row> made, UsedModel model) {
        return made.select(Columns.column(columnOf(model))).takeAsList(MOST).stream()
                // Of an image that the network could not compute: nothing.
                .map(row -> row.isNullAt(0) ? blank(shape(model)) : row.<byte[]>getAs(0))
                .toList();
    }

    private static List<byte[]> originals(Dataset<Row> rows, FeatureEncoder encoder, int count) {
        RowEncoder bound = encoder.bind(rows.schema());
        Feature image = encoder.features().get(0);
        List<byte[]> images = new ArrayList<>();
        for (Row row : rows.takeAsList(count)) {
            float[] values = new float[encoder.width()];
            bound.encode(row, values, new byte[values.length], 0);
            images.add((byte[]) image.decode(values, 0));
        }
        return images;
    }
}
