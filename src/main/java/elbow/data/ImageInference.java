package elbow.data;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;

/** Tells the size of a column's images, and what they are like. */
final class ImageInference {
    private ImageInference() {}

    /**
     * A summary of images in the size that the configuration gives, or else of the column's first image.
     *
     * @throws elbow.base.ElbowException of category INPUT if no size can be told
     */
    static ColumnSummary summary(Dataset<Row> rows, StructField field, InferenceRules rules) {
        ImageShape marked = ImageShape.of(field.metadata()).orElse(null);
        ImageShape shape = marked != null ? marked : shape(first(rows, field), rules, field.name());
        boolean resized = marked == null && rules.imageHeight().isPresent();
        return new ImageSummary(shape, new ImageSlot(field.name(), 0, shape, resized, marked != null), resized);
    }

    static Verdict judge(String column, ImageSummary images, InferenceRules rules) {
        ImageShape shape = images.shape();
        if (images.count == 0 && images.bad == 0) {
            return Verdict.leave("missing in every row");
        }
        if (images.count == 0) {
            throw InputErrors.input("column " + column + " must hold images, but none of " + images.bad
                    + " can be read: " + images.firstFault);
        }
        List<Double> means = Arrays.stream(images.sums)
                .mapToObj(sum -> (double) sum / images.count)
                .toList();
        return Verdict.use(
                new ImageFeature(column, shape, means, images.resized()),
                "images of " + shape + (images.resized() ? ", resized" : ""));
    }

    private static byte[] first(Dataset<Row> rows, StructField field) {
        Column image = FieldKind.IMAGE.projected(Columns.column(field.name()), field.dataType());
        List<Row> some =
                rows.select(image.as("image")).filter("image is not null").takeAsList(1);
        return some.isEmpty() ? new byte[0] : some.get(0).getAs(0);
    }

    private static ImageShape shape(byte[] file, InferenceRules rules, String column) {
        if (!ImageDecoder.isFile(file)) {
            throw InputErrors.input(
                    "column " + column + " must hold images (PNG, JPEG, GIF or BMP) if it is to be used,"
                            + " but the first of its binary values is none: leave it out with --ignore");
        }
        ImageDecoder.Size size = ImageDecoder.size(file, "column " + column);
        OptionalInt channels = rules.imageChannels();
        int height = rules.imageHeight().orElse(size.height());
        int width = rules.imageWidth().orElse(size.width());
        if ((long) height * width * 3 > ImageShape.MAXIMUM_SIZE) {
            throw InputErrors.input("column " + column + " must hold images of at most " + ImageShape.MAXIMUM_SIZE / 3
                    + " pixels, but they are " + height + " x " + width
                    + ": give data.image.height and data.image.width to resize them");
        }
        return new ImageShape(height, width, channels.orElse(size.channels() == 1 ? 1 : 3));
    }
}
