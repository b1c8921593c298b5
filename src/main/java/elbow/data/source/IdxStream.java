package elbow.data.source;

import elbow.base.ElbowException;
import elbow.base.Message;
import elbow.data.image.ImageShape;
import elbow.data.table.InputErrors;
import elbow.failure.InputFailure;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads an IDX file of 8-bit grey images: two zero bytes, the type of the values (8: unsigned byte), the number of
 * dimensions (3), their sizes as 32-bit big-endian integers (images, height, width), the pixels (LeCun, Cortes and
 * Burges, "The MNIST database of handwritten digits").
 */
final class IdxStream implements AutoCloseable {
    private static final int UNSIGNED_BYTE = 0x08;
    private static final int IMAGE_DIMENSIONS = 3;

    private final String file;
    private final DataInputStream stream;
    private final int images;
    private final ImageShape shape;
    private int position;

    /**
     * Reads the header.
     *
     * @param stream the file, unpacked; closed by {@link #close}
     * @throws ElbowException of category INPUT if the header is not that of images
     */
    IdxStream(String file, InputStream stream) {
        this.file = file;
        this.stream = new DataInputStream(stream);
        try {
            requireMagic();
            images = this.stream.readInt();
            int height = this.stream.readInt();
            int width = this.stream.readInt();
            shape = shape(height, width);
        } catch (EOFException e) {
            throw damaged("must have a header of 16 bytes, but ends within it");
        } catch (IOException e) {
            throw InputFailure.isDamage(e)
                    ? damaged("must unpack as its first bytes say, but does not: " + Message.firstLine(e))
                    : failed(e);
        }
    }

    int images() {
        return images;
    }

    ImageShape shape() {
        return shape;
    }

    /** Passes over the next {@code count} images. */
    void skip(int count) {
        try {
            stream.skipNBytes((long) count * shape.size());
            position += count;
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** The pixels of the next image. */
    byte[] next() {
        byte[] pixels = new byte[shape.size()];
        try {
            stream.readFully(pixels);
            position++;
            return pixels;
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** Requires that the file ends after the last image; the check of a packed file's sum happens here too. */
    void requireEnd() {
        try {
            if (stream.read() >= 0) {
                throw damaged("must end after the " + images + " images of " + shape
                        + " that its header states, but goes on");
            }
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    @Override
    public void close() {
        try {
            stream.close();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private void requireMagic() throws IOException {
        int magic = stream.readInt();
        int type = magic >>> 8;
        int dimensions = magic & 0xFF;
        if (type != UNSIGNED_BYTE) {
            throw damaged(String.format(
                    "must start with the IDX magic number 00 00 08 03 (images of unsigned bytes), but starts with %02x %02x %02x"
                            + " %02x",
                    magic >>> 24, magic >>> 16 & 0xFF, magic >>> 8 & 0xFF, dimensions));
        }
        if (dimensions == 1) {
            throw damaged(
                    "must hold images (3 dimensions), but holds labels (1 dimension): give the file of the images");
        }
        if (dimensions != IMAGE_DIMENSIONS) {
            throw damaged("must hold images (3 dimensions), but has " + dimensions + " dimensions");
        }
    }

    private ImageShape shape(int height, int width) {
        if (images < 0) {
            throw damaged(
                    "must hold at most 2147483647 images, but its header states " + Integer.toUnsignedString(images));
        }
        if (height < 1 || width < 1 || (long) height * width > ImageShape.MAXIMUM_SIZE) {
            throw damaged("must hold images of 1 to " + ImageShape.MAXIMUM_SIZE + " pixels, but its header states "
                    + Integer.toUnsignedString(height) + " x " + Integer.toUnsignedString(width));
        }
        return new ImageShape(height, width, 1);
    }

    private RuntimeException unreadable(IOException e) {
        if (e instanceof EOFException) {
            return damaged("must hold the " + images + " images of " + shape
                    + " that its header states, but ends after " + position);
        }
        return InputFailure.isDamage(e)
                ? damaged("must unpack as its first bytes say, but does not after image " + position + ": "
                        + Message.firstLine(e))
                : failed(e);
    }

    private ElbowException damaged(String fault) {
        return InputErrors.input("IDX file " + file + " " + fault);
    }

    private ElbowException failed(IOException e) {
        return InputFailure.of(file, e);
    }
}
