package elbow.data;

import elbow.base.ElbowException;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * Encodes rows of one schema. Holds only arrays, so that any of Spark's serializers carries it.
 *
 * <p>An encoded row is its pixels, each divided by 255, then its other values.
 */
public final class RowEncoder implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final float[] PIXEL_VALUES = pixelValues();

    private final String[] imageColumns;
    private final int[] imageFields;
    private final int[] imageSizes;
    private final int pixels;
    private final String[] valueColumns;
    private final int[] valueFields;
    private final double[] means;
    private final double[] scales;
    private final boolean[] binary;
    private final double logJacobian;

    RowEncoder(List<Feature> features, StructType schema) {
        List<ImageFeature> images = features.stream()
                .filter(ImageFeature.class::isInstance)
                .map(ImageFeature.class::cast)
                .toList();
        imageColumns = images.stream().map(Feature::column).toArray(String[]::new);
        imageFields = images.stream()
                .mapToInt(image -> schema.fieldIndex(image.column()))
                .toArray();
        imageSizes = images.stream().mapToInt(Feature::width).toArray();
        pixels = images.stream().mapToInt(Feature::width).sum();
        List<Feature> values = features.subList(images.size(), features.size());
        valueColumns = values.stream().map(Feature::column).toArray(String[]::new);
        valueFields = values.stream()
                .mapToInt(value -> schema.fieldIndex(value.column()))
                .toArray();
        logJacobian = features.stream().mapToDouble(Feature::logJacobian).sum();
        means = new double[valueColumns.length];
        scales = new double[valueColumns.length];
        binary = new boolean[valueColumns.length];
        for (int i = 0; i < valueColumns.length; i++) {
            Feature feature = values.get(i);
            means[i] = feature instanceof RealFeature real ? real.mean() : 0;
            scales[i] = feature instanceof RealFeature real ? real.standardDeviation() : 1;
            binary[i] = feature instanceof BinaryFeature;
        }
    }

    /** log |d encoded / d original| in nats, the same for every row; see {@link FeatureEncoder#logJacobian}. */
    public double logJacobian() {
        return logJacobian;
    }

    /** Encoded columns. */
    public int width() {
        return pixels + valueColumns.length;
    }

    /**
     * Writes the encoded row to {@code target[offset .. offset + width)}.
     *
     * @throws ElbowException of category INPUT that names the column and the value, if one is missing, NaN, infinite or
     *     too large for a float once standardised, if a binary one is neither 0 nor 1, or an image has another size
     */
    public void encode(Row row, float[] target, int offset) {
        int place = offset;
        for (int i = 0; i < imageFields.length; i++) {
            byte[] image = image(row, i);
            unpack(image, 0, image.length, target, place);
            place += image.length;
        }
        encodeValues(row, target, place);
    }

    int pixels() {
        return pixels;
    }

    int values() {
        return valueColumns.length;
    }

    void copyPixels(Row row, byte[] target, int offset) {
        int place = offset;
        for (int i = 0; i < imageFields.length; i++) {
            byte[] image = image(row, i);
            System.arraycopy(image, 0, target, place, image.length);
            place += image.length;
        }
    }

    void encodeValues(Row row, float[] target, int offset) {
        for (int i = 0; i < valueFields.length; i++) {
            double value = number(row, i);
            // Adding 0 turns -0 into 0: equal rows have equal bytes.
            float encoded = (float) ((value - means[i]) / scales[i]) + 0f;
            if (!Float.isFinite(encoded) || (binary[i] && value != 0 && value != 1)) {
                throw refused(i, value);
            }
            target[offset + i] = encoded;
        }
    }

    /** The one place where pixels become floats. */
    static void unpack(byte[] pixels, int from, int count, float[] target, int offset) {
        for (int i = 0; i < count; i++) {
            target[offset + i] = PIXEL_VALUES[pixels[from + i] & 0xFF];
        }
    }

    private byte[] image(Row row, int i) {
        byte[] image = row.isNullAt(imageFields[i]) ? null : row.getAs(imageFields[i]);
        if (image == null || image.length != imageSizes[i]) {
            throw InputErrors.input("column " + imageColumns[i] + " must hold images of " + imageSizes[i]
                    + " bytes, but one " + (image == null ? "is missing" : "has " + image.length));
        }
        return image;
    }

    private double number(Row row, int i) {
        Object value = row.get(valueFields[i]);
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        if (value instanceof Boolean truth) {
            return truth ? 1 : 0;
        }
        throw InputErrors.input("column " + valueColumns[i] + " must have a finite number in every row, but one "
                + (value == null ? "is missing" : "is " + InputErrors.quote(value.toString())));
    }

    private ElbowException refused(int i, double value) {
        String rule = "must have a finite number in every row";
        if (Double.isFinite(value)) {
            rule = binary[i]
                    ? "must be 0 or 1 as in training"
                    : "must lie within what floats can hold once standardised (mean " + means[i]
                            + ", standard deviation " + scales[i] + ")";
        }
        return InputErrors.input("column " + valueColumns[i] + " " + rule + ", but one value is " + value);
    }

    private static float[] pixelValues() {
        float[] values = new float[256];
        for (int pixel = 0; pixel < values.length; pixel++) {
            values[pixel] = pixel / 255f;
        }
        return values;
    }
}
