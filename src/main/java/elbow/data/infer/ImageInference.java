package elbow.data.infer;

import elbow.base.BadValueException;
import elbow.base.Parameter;
import elbow.data.encoding.ImageSlot;
import elbow.data.feature.ImageFeature;
import elbow.data.image.ImageContent;
import elbow.data.image.ImageDecoder;
import elbow.data.image.ImageShape;
import elbow.data.table.Columns;
import elbow.data.table.FieldKind;
import elbow.data.table.InputErrors;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;

/** Infers the size of a column's images, and what they are like. */
final class ImageInference {
    private static final int LOOKED_AT = 100;

    private ImageInference() {}

    /**
     * A summary of images in the size that the configuration gives, or else of most of the column's first images.
     *
     * @throws elbow.base.ElbowException of category INPUT if no size can be inferred
     */
    static ColumnSummary summary(Dataset<Row> rows, StructField field, InferenceSettings rules) {
        ImageShape marked = ImageShape.of(field.metadata()).orElse(null);
        ImageShape shape = marked != null ? marked : shape(rows, field, rules);
        boolean resized = marked == null && rules.imageHeight().isPresent();
        return new ImageSummary(
                shape, new ImageSlot(field.name(), 0, shape, resized, ImageContent.of(field.metadata())), resized);
    }

    static Verdict judge(String column, ImageSummary images, InferenceSettings rules) {
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
                new ImageFeature(
                        column, shape, means, images.resized(), images.contexts.brightness(), rules.greyLikelihood()),
                "images of " + shape + (images.resized() ? ", resized" : ""));
    }

    // By majority: the first image alone may be an outlier.
    private static ImageShape shape(Dataset<Row> rows, StructField field, InferenceSettings rules) {
        Column image = FieldKind.IMAGE.projected(Columns.column(field.name()), field.dataType());
        String where = "column " + field.name();
        Map<ImageDecoder.Size, Integer> sizes = new LinkedHashMap<>();
        String fault = "none is there";
        for (Row row :
                rows.select(image.as("image")).filter("image is not null").takeAsList(LOOKED_AT)) {
            try {
                sizes.merge(ImageDecoder.size(row.<byte[]>getAs(0), where), 1, Integer::sum);
            } catch (BadValueException e) {
                fault = String.valueOf(e.getMessage());
            }
        }
        if (sizes.isEmpty()) {
            throw InputErrors.input(
                    where + " must hold images (PNG, JPEG, GIF or BMP) if it is to be used: leave it out with ",
                    Parameter.IGNORE,
                    "; of its first values none is one: " + fault);
        }
        ImageDecoder.Size most =
                Collections.max(sizes.entrySet(), Map.Entry.comparingByValue()).getKey();
        return shape(most, rules, field.name());
    }

    private static ImageShape shape(ImageDecoder.Size size, InferenceSettings rules, String column) {
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
