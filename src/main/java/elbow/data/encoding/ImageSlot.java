package elbow.data.encoding;

import elbow.data.image.ImageContent;
import elbow.data.image.ImageDecoder;
import elbow.data.image.ImageShape;
import elbow.data.table.InputErrors;
import elbow.data.table.RowFields;
import java.io.Serializable;

/** Brings an image of a column to the size and the channels of training: pixels as they are, or a file of them. */
public final class ImageSlot implements Serializable {
    private static final long serialVersionUID = 2L;

    private final String column;
    private final int field;
    private final int height;
    private final int width;
    private final int channels;
    private final boolean resized;
    private final ImageContent content;

    /** @param resized whether an image of another size is brought to this one, or refused */
    public ImageSlot(String column, int field, ImageShape shape, boolean resized, ImageContent content) {
        this.column = column;
        this.field = field;
        this.height = shape.height();
        this.width = shape.width();
        this.channels = shape.channels();
        this.resized = resized;
        this.content = content;
    }

    int size() {
        return height * width * channels;
    }

    /**
     * The pixels of the row's image, {@link #size()} bytes.
     *
     * @throws elbow.base.ElbowException of category INPUT if it is missing, of another size or no image
     */
    public byte[] pixels(RowFields row) {
        byte[] image = row.bytes(field);
        if (image == null) {
            throw InputErrors.badValue("column " + column + " must hold images of " + shape() + ", but one is missing");
        }
        return pixels(image);
    }

    /** The pixels of an image, {@link #size()} bytes. */
    public byte[] pixels(byte[] image) {
        boolean isFile = content == ImageContent.FILES || (content == ImageContent.ANY && ImageDecoder.isFile(image));
        if (isFile) {
            return ImageDecoder.decode(image, shape(), resized, "column " + column);
        }
        if (image.length != size()) {
            throw InputErrors.badValue("column " + column + " must hold images of " + shape() + " = " + size()
                    + " bytes, but one has " + image.length);
        }
        return image;
    }

    private ImageShape shape() {
        return new ImageShape(height, width, channels);
    }
}
