package elbow.data.image;

import elbow.base.Check;
import java.io.Serializable;
import java.util.Optional;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;

/**
 * Size of an image whose bytes are its rows from the top, the pixels of a row from the left, the channels of a pixel.
 *
 * @param height rows, at least 1
 * @param width pixels of a row, at least 1
 * @param channels 1 for grey, 3 for red, green and blue
 */
public record ImageShape(int height, int width, int channels) implements Serializable {
    /** The most values an image may have. */
    public static final int MAXIMUM_SIZE = 1 << 20;

    private static final String HEIGHT = "elbow.image.height";
    private static final String WIDTH = "elbow.image.width";
    private static final String CHANNELS = "elbow.image.channels";

    public ImageShape {
        Check.positive("height", height);
        Check.positive("width", width);
        Check.argument(channels == 1 || channels == 3, "channels", "be 1 or 3", channels);
        long size = (long) height * width;
        Check.argument(
                size <= MAXIMUM_SIZE / channels, "height x width", "be at most " + MAXIMUM_SIZE / channels, size);
    }

    /** Bytes of an image. */
    public int size() {
        return height * width * channels;
    }

    /** Marks a binary Spark column as one of images of this shape. */
    public Metadata metadata() {
        return new MetadataBuilder()
                .putLong(HEIGHT, height)
                .putLong(WIDTH, width)
                .putLong(CHANNELS, channels)
                .build();
    }

    /** The shape that {@link #metadata} wrote. */
    public static Optional<ImageShape> of(Metadata metadata) {
        return metadata.contains(HEIGHT) && metadata.contains(WIDTH) && metadata.contains(CHANNELS)
                ? Optional.of(new ImageShape(
                        Math.toIntExact(metadata.getLong(HEIGHT)),
                        Math.toIntExact(metadata.getLong(WIDTH)),
                        Math.toIntExact(metadata.getLong(CHANNELS))))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return height + " x " + width + " x " + channels;
    }
}
