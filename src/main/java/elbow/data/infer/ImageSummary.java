package elbow.data.infer;

import elbow.base.BadValueException;
import elbow.data.encoding.ImageSlot;
import elbow.data.feature.PixelContexts;
import elbow.data.image.ImageShape;
import elbow.data.table.RowFields;
import org.jspecify.annotations.Nullable;

/** Pixel sums of an image column, by place and by the pixels around. */
final class ImageSummary implements ColumnSummary {
    private static final long serialVersionUID = 3L;

    long missing;
    long bad;
    String firstFault = "";
    long count;
    final long[] sums;
    final PixelContexts.Sums contexts;
    private final int height;
    private final int width;
    private final int channels;
    private final ImageSlot slot;
    private final boolean resized;

    ImageSummary(ImageShape shape, ImageSlot slot, boolean resized) {
        sums = new long[shape.size()];
        contexts = new PixelContexts.Sums(shape);
        height = shape.height();
        width = shape.width();
        channels = shape.channels();
        this.slot = slot;
        this.resized = resized;
    }

    ImageShape shape() {
        return new ImageShape(height, width, channels);
    }

    boolean resized() {
        return resized;
    }

    @Override
    public void add(RowFields row, int field) {
        byte @Nullable [] image = row.bytes(field);
        if (image == null) {
            missing++;
            bad++;
            firstFault = bad == 1 ? "none" : firstFault;
            return;
        }
        byte[] pixels;
        try {
            pixels = slot.pixels(image);
        } catch (BadValueException e) {
            bad++;
            firstFault = bad == 1 ? String.valueOf(e.getMessage()) : firstFault;
            return;
        }
        count++;
        for (int i = 0; i < sums.length; i++) {
            sums[i] += pixels[i] & 0xFF;
        }
        contexts.add(pixels);
    }

    @Override
    public long rows() {
        // Those without an image are bad, too.
        return count + bad;
    }

    @Override
    public void seal() {
        // Sums alone: ready as they are.
    }

    @Override
    public void merge(ColumnSummary summary) {
        ImageSummary other = (ImageSummary) summary;
        missing += other.missing;
        firstFault = bad == 0 ? other.firstFault : firstFault;
        bad += other.bad;
        count += other.count;
        for (int i = 0; i < sums.length; i++) {
            sums[i] += other.sums[i];
        }
        contexts.merge(other.contexts);
    }
}
