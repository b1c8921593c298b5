package elbow.vae.layer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import elbow.base.Check;
import elbow.base.JsonReader;

/**
 * Size of an image, or of what convolutions have made of one. In a row of data it stands line by line from the top,
 * each from the left, with the channels of a pixel next to each other.
 *
 * @param height in pixels, at least 1
 * @param width in pixels, at least 1
 * @param channels values of a pixel, at least 1
 */
public record ImageSize(int height, int width, int channels) {
    private static final String HEIGHT = "height";
    private static final String WIDTH = "width";
    private static final String CHANNELS = "channels";

    public ImageSize {
        Check.positive(HEIGHT, height);
        Check.positive(WIDTH, width);
        Check.positive(CHANNELS, channels);
        // Two factors at a time: three may overflow.
        long places = (long) height * width;
        Check.argument(
                places <= LayerSpec.MAXIMUM_WIDTH && places * channels <= LayerSpec.MAXIMUM_WIDTH,
                "height x width x channels",
                "be at most " + LayerSpec.MAXIMUM_WIDTH,
                height + " x " + width + " x " + channels);
    }

    static ImageSize fromJson(JsonReader settings) {
        ImageSize size = new ImageSize(settings.integer(HEIGHT), settings.integer(WIDTH), settings.integer(CHANNELS));
        settings.end();
        return size;
    }

    void write(ObjectNode node) {
        node.put(HEIGHT, height).put(WIDTH, width).put(CHANNELS, channels);
    }

    /** How many values there are. */
    public int values() {
        return height * width * channels;
    }

    /** The sizes as descriptions of networks have them: 14x14x32. */
    @Override
    public String toString() {
        return height + "x" + width + "x" + channels;
    }
}
