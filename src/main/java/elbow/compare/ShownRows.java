package elbow.compare;

import elbow.data.encoding.RowEncoder;
import elbow.data.feature.Feature;
import elbow.data.feature.FeatureEncoder;
import elbow.data.feature.FeatureLayout;
import elbow.data.feature.ImageFeature;
import elbow.data.image.ImageShape;
import elbow.data.image.PngImages;
import java.io.Serializable;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** Shows rows by some of their columns, and by the image that a model sees of them. Goes to executors. */
final class ShownRows implements Serializable {
    private static final long serialVersionUID = 1L;

    /** A larger image is shown by every second pixel, or every third. */
    private static final int LARGEST_SIDE = 96;

    private final int[] fields;
    private final @Nullable RowEncoder encoder;
    private final @Nullable Feature image;
    private final int width;

    private ShownRows(int[] fields, @Nullable FeatureEncoder ofImages, StructType schema) {
        this.fields = fields;
        encoder = ofImages == null ? null : ofImages.bind(schema);
        image = ofImages == null ? null : ofImages.features().get(0);
        width = ofImages == null ? 0 : ofImages.width();
    }

    /**
     * Rows of {@code schema}.
     *
     * @param columns by which they are shown
     * @param encoders of the models: the first one that has an image shows it
     */
    static ShownRows of(StructType schema, List<String> columns, List<FeatureEncoder> encoders) {
        FeatureEncoder ofImages = encoders.stream()
                .filter(encoder -> encoder.features().get(0) instanceof ImageFeature)
                .findFirst()
                .orElse(null);
        return new ShownRows(columns.stream().mapToInt(schema::fieldIndex).toArray(), ofImages, schema);
    }

    ShownRow of(Row row) {
        String[] values = new String[fields.length];
        for (int i = 0; i < fields.length; i++) {
            values[i] = Objects.requireNonNullElse(FeatureLayout.observedText(row.get(fields[i])), "");
        }
        return new ShownRow(values, picture(row));
    }

    private String picture(Row row) {
        if (encoder == null || !(image instanceof ImageFeature feature)) {
            return "";
        }
        float[] encoded = new float[width];
        encoder.encode(row, encoded, new byte[width], 0);
        byte[] pixels = (byte[]) feature.decode(encoded, 0);
        ImageShape shape = feature.shape();
        int step = (Math.max(shape.height(), shape.width()) - 1) / LARGEST_SIDE + 1;
        ImageShape smaller =
                new ImageShape((shape.height() - 1) / step + 1, (shape.width() - 1) / step + 1, shape.channels());
        return Base64.getEncoder().encodeToString(PngImages.file(thinned(pixels, shape, smaller, step), smaller));
    }

    private static byte[] thinned(byte[] pixels, ImageShape shape, ImageShape smaller, int step) {
        byte[] thinned = new byte[smaller.size()];
        int place = 0;
        for (int y = 0; y < shape.height(); y += step) {
            for (int x = 0; x < shape.width(); x += step) {
                for (int channel = 0; channel < shape.channels(); channel++) {
                    thinned[place++] = pixels[(y * shape.width() + x) * shape.channels() + channel];
                }
            }
        }
        return thinned;
    }
}
