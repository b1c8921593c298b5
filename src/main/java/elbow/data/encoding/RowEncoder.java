package elbow.data.encoding;

import elbow.base.BadValueException;
import elbow.base.ElbowException;
import elbow.data.table.ExternalFields;
import elbow.data.table.InputErrors;
import elbow.data.table.ProjectedFields;
import elbow.data.table.RowFields;
import elbow.vae.input.RowBatch;
import java.io.Serializable;
import java.util.Arrays;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.XXH64;
import org.jspecify.annotations.Nullable;

/**
 * Encodes rows of one schema. Goes to executors in closures; not thread-safe: each task has its own copy.
 *
 * <p>An encoded row is its pixels, each divided by 255, then its other values; a category is as many columns as there
 * are categories, 1 in its own and 0 in the others. A missing value is zeros, marked as not observed.
 */
public final class RowEncoder implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final float[] PIXEL_VALUES = pixelValues();

    private final ImageSlot[] images;
    private final Slot[] slots;
    private final int[] widths;
    private final boolean[] constantJacobian;
    private final int pixels;
    private final int width;
    private final double logJacobian;
    private transient @Nullable ExternalFields external;
    private transient @Nullable ProjectedFields projected;

    public RowEncoder(ImageSlot[] images, Slot[] slots) {
        this.images = images;
        this.slots = slots;
        widths = Arrays.stream(slots).mapToInt(Slot::width).toArray();
        constantJacobian = new boolean[slots.length];
        for (int i = 0; i < slots.length; i++) {
            constantJacobian[i] = slots[i].hasConstantJacobian();
        }
        pixels = Arrays.stream(images).mapToInt(ImageSlot::size).sum();
        width = pixels + Arrays.stream(widths).sum();
        logJacobian = Arrays.stream(slots).mapToDouble(Slot::usualLogJacobian).sum();
    }

    /**
     * log |d encoded / d original| in nats of a complete row at the centre of the training rows; see
     * {@link elbow.data.feature.FeatureEncoder#logJacobian} and {@link #encode(Row, float[], byte[], int)}.
     */
    public double logJacobian() {
        return logJacobian;
    }

    /** Encoded columns. */
    public int width() {
        return width;
    }

    /**
     * Writes the encoded row to {@code target[offset .. offset + width)}.
     *
     * @return what the row's log-Jacobian has over {@link #logJacobian()}, in nats: 0 unless a column has long tails
     * @throws ElbowException of category INPUT that names the column and the value, if one is missing, infinite or
     *     outside what the column can have, or an image has another size
     */
    public double encode(Row row, float[] target, int offset) {
        return encode(external(row), target, null, offset);
    }

    /**
     * As {@link #encode(Row, float[], int)}, for rows that may have gaps.
     *
     * @param observed gets 1 for each encoded column whose value is there and 0 for the others, from {@code offset}
     * @return what the row's log-Jacobian, of its observed columns, has over {@link #logJacobian()}, in nats
     */
    public double encode(Row row, float[] target, byte[] observed, int offset) {
        return encode(external(row), target, observed, offset);
    }

    /**
     * As {@link #encode(Row, float[], byte[], int)}, of what {@link elbow.data.feature.FeatureEncoder#projected} makes
     * of a row, for an encoder bound by {@link elbow.data.feature.FeatureEncoder#bindProjected}; further columns may
     * follow.
     */
    public double encode(InternalRow row, float[] target, byte[] observed, int offset) {
        return encode(projected(row), target, observed, offset);
    }

    /** As {@link #encode(InternalRow, float[], byte[], int)}, without the log-Jacobian, for those who need none. */
    public void encodeValues(InternalRow row, float[] target, byte[] observed, int offset) {
        RowFields fields = projected(row);
        int place = unpackImages(fields, target, offset);
        Arrays.fill(observed, offset, offset + width, (byte) 1);
        for (int i = 0; i < slots.length; i++) {
            float value = slots[i].encode(fields);
            if (Float.isNaN(value)) {
                Arrays.fill(observed, place, place + widths[i], (byte) 0);
            }
            expand(value, widths[i], target, place);
            place += widths[i];
        }
    }

    private int unpackImages(RowFields row, float[] target, int offset) {
        int place = offset;
        for (ImageSlot slot : images) {
            byte[] image = slot.pixels(row);
            unpack(image, 0, image.length, target, place);
            place += image.length;
        }
        return place;
    }

    /** What is wrong with a row; null if it can be encoded. */
    @Nullable
    public String fault(Row row) {
        try {
            encode(row, new float[width], new byte[width], 0);
            return null;
        } catch (BadValueException e) {
            return e.getMessage();
        }
    }

    private double encode(RowFields row, float[] target, byte @Nullable [] observed, int offset) {
        int place = unpackImages(row, target, offset);
        if (observed != null) {
            Arrays.fill(observed, offset, offset + width, (byte) 1);
        }
        double excess = 0;
        for (int i = 0; i < slots.length; i++) {
            float value = slots[i].encode(row);
            if (Float.isNaN(value)) {
                if (observed == null) {
                    throw missing(i);
                }
                Arrays.fill(observed, place, place + widths[i], (byte) 0);
            }
            excess += excess(i, value);
            expand(value, widths[i], target, place);
            place += widths[i];
        }
        return excess;
    }

    public int pixels() {
        return pixels;
    }

    /** Values that follow the pixels: one for each column, whatever its width. */
    int values() {
        return slots.length;
    }

    /** Encoded columns of each value. */
    public int[] valueWidths() {
        return widths.clone();
    }

    /** The row as it is sent and stored: pixels as bytes, categories as codes, NaN for what is missing. */
    public EncodedRow pack(InternalRow row, long seed) {
        RowFields fields = projected(row);
        byte[] packedPixels = new byte[pixels];
        int place = 0;
        for (ImageSlot slot : images) {
            byte[] image = slot.pixels(fields);
            System.arraycopy(image, 0, packedPixels, place, image.length);
            place += image.length;
        }
        float[] values = new float[slots.length];
        for (int i = 0; i < slots.length; i++) {
            values[i] = slots[i].encode(fields);
        }
        long key = key(packedPixels, values);
        return new EncodedRow(XXH64.hashLong(key, seed), key, packedPixels, values);
    }

    // Of the network's input, so that scoring, which sees nothing else of a row, computes the same key.
    private long key(byte[] packedPixels, float[] values) {
        float[] all = new float[width];
        byte[] observed = new byte[width];
        unpack(packedPixels, 0, pixels, all, 0);
        Arrays.fill(observed, 0, pixels, (byte) 1);
        int place = pixels;
        for (int i = 0; i < values.length; i++) {
            expand(values[i], widths[i], all, place);
            Arrays.fill(observed, place, place + widths[i], (byte) (Float.isNaN(values[i]) ? 0 : 1));
            place += widths[i];
        }
        return RowBatch.key(all, observed, 0, width);
    }

    /** What the log-Jacobian of a packed row has over {@link #logJacobian()}. */
    public double excess(float[] packed) {
        double excess = 0;
        for (int i = 0; i < slots.length; i++) {
            excess += excess(i, packed[i]);
        }
        return excess;
    }

    private double excess(int i, float value) {
        if (constantJacobian[i] && !Float.isNaN(value)) {
            return 0;
        }
        double usual = slots[i].usualLogJacobian();
        return Float.isNaN(value) ? -usual : slots[i].logJacobian(value) - usual;
    }

    /** The one place where pixels become floats. */
    public static void unpack(byte[] pixels, int from, int count, float[] target, int offset) {
        for (int i = 0; i < count; i++) {
            target[offset + i] = PIXEL_VALUES[pixels[from + i] & 0xFF];
        }
    }

    /** The one place where codes become columns, and gaps zeros. */
    public static void expand(float value, int width, float[] target, int offset) {
        if (width == 1) {
            target[offset] = Float.isNaN(value) ? 0 : value;
            return;
        }
        Arrays.fill(target, offset, offset + width, 0);
        if (!Float.isNaN(value)) {
            target[offset + (int) value] = 1;
        }
    }

    private ExternalFields external(Row row) {
        if (external == null) {
            external = new ExternalFields();
        }
        return external.of(row);
    }

    private RowFields projected(InternalRow row) {
        ProjectedFields fields = projected;
        if (fields == null) {
            fields = new ProjectedFields();
            projected = fields;
        }
        fields.of(row);
        return fields;
    }

    private ElbowException missing(int i) {
        return InputErrors.badValue(
                "column " + slots[i].column() + " must have a value to be encoded without gaps, but one is missing");
    }

    private static float[] pixelValues() {
        float[] values = new float[256];
        for (int pixel = 0; pixel < values.length; pixel++) {
            values[pixel] = pixel / 255f;
        }
        return values;
    }
}
