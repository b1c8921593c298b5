package elbow.report;

import elbow.base.Check;

/**
 * Images to look at. An image is an array of height x width x channels values in [0, 1], rows from the top, channels
 * last; values outside [0, 1] are shown as the nearer end, NaN as 0. A line of the page holds ten images of up to 84
 * pixels.
 *
 * @param width in pixels
 * @param height in pixels
 * @param channels 1 (grey) or 3 (red, green, blue)
 * @param originals held-out images
 * @param reconstructions the decoder's expectation for each of {@code originals}, in the same order
 * @param samples the decoder's expectation for latent vectors drawn from the prior; may be empty
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, and a list would box every value.
public record ImagePanel(
        int width, int height, int channels, float[][] originals, float[][] reconstructions, float[][] samples) {
    public ImagePanel {
        Check.positive("width", width);
        Check.positive("height", height);
        Check.argument(channels == 1 || channels == 3, "channels", "be 1 or 3", channels);
        Check.argument(
                originals.length == reconstructions.length,
                "reconstructions",
                "have one image for each of the " + originals.length + " originals",
                reconstructions.length);
        int size = width * height * channels;
        checkSizes("originals", originals, size);
        checkSizes("reconstructions", reconstructions, size);
        checkSizes("samples", samples, size);
    }

    private static void checkSizes(String name, float[][] images, int size) {
        for (int i = 0; i < images.length; i++) {
            Check.argument(
                    images[i].length == size, name + "[" + i + "]", "have " + size + " values", images[i].length);
        }
    }
}
