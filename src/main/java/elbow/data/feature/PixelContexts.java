package elbow.data.feature;

import elbow.base.Check;
import elbow.data.encoding.RowEncoder;
import elbow.data.image.ImageShape;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * How bright a pixel is given four neighbours that come before it: the one to its left and the three above it, each
 * bright (from 0.5 on) or dark, as is everything outside of the image. The model by which bilevel images are compressed
 * (G. Langdon, J. Rissanen. Compression of black-white images with arithmetic coding. IEEE Transactions on
 * Communications 29, 1981), for each channel on its own. What an image costs by it says how much there is in the image,
 * whatever it shows. Immutable; goes to executors.
 */
public final class PixelContexts implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Combinations of four neighbours. */
    public static final int CONTEXTS = 16;

    private static final float BRIGHT = 0.5f;

    private final int height;
    private final int width;
    private final int channels;
    private final double[] logBright;
    private final double[] logDark;

    /**
     * @param brightness mean brightness of a pixel in each context, in (0, 1), {@value #CONTEXTS} for each channel; the
     *     context is 8 left + 4 above left + 2 above + above right, each 1 if it is bright
     */
    public PixelContexts(ImageShape shape, List<Double> brightness) {
        height = shape.height();
        width = shape.width();
        channels = shape.channels();
        Check.argument(
                brightness.size() == CONTEXTS * channels,
                "contextBrightness",
                "have " + CONTEXTS * channels + " entries",
                brightness.size());
        brightness.forEach(mean -> Check.argument(mean > 0 && mean < 1, "contextBrightness", "lie in (0, 1)", mean));
        logBright = brightness.stream().mapToDouble(Math::log).toArray();
        logDark = brightness.stream().mapToDouble(mean -> Math.log1p(-mean)).toArray();
    }

    /**
     * The code length of the image: -sum over its pixels of x log p + (1 - x) log(1 - p), p being the mean brightness
     * in the pixel's context, in nats, above 0.
     *
     * @param rows encoded rows, pixels in [0, 1]
     * @param offset where the image begins
     */
    public double codeLength(float[] rows, int offset) {
        double sum = 0;
        for (int channel = 0; channel < channels; channel++) {
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    int context = channel * CONTEXTS + context(rows, offset, channel, y, x);
                    double pixel = rows[place(offset, channel, y, x)];
                    sum += pixel * logBright[context] + (1 - pixel) * logDark[context];
                }
            }
        }
        return -sum;
    }

    private int context(float[] rows, int offset, int channel, int y, int x) {
        return bit(rows, offset, channel, y, x - 1) << 3
                | bit(rows, offset, channel, y - 1, x - 1) << 2
                | bit(rows, offset, channel, y - 1, x) << 1
                | bit(rows, offset, channel, y - 1, x + 1);
    }

    private int bit(float[] rows, int offset, int channel, int y, int x) {
        return y >= 0 && x >= 0 && x < width && rows[place(offset, channel, y, x)] >= BRIGHT ? 1 : 0;
    }

    private int place(int offset, int channel, int y, int x) {
        return offset + (y * width + x) * channels + channel;
    }

    /** Sums over images from which the contexts follow; whole numbers, so that their order makes no difference. */
    public static final class Sums implements Serializable {
        private static final long serialVersionUID = 1L;

        private final PixelContexts contexts;
        private final float[] image;
        private final long[] values;
        private final long[] pixels;

        public Sums(ImageShape shape) {
            int number = CONTEXTS * shape.channels();
            Double[] unknown = new Double[number];
            Arrays.fill(unknown, 0.5);
            contexts = new PixelContexts(shape, List.of(unknown));
            image = new float[shape.size()];
            values = new long[number];
            pixels = new long[number];
        }

        /** Adds an image of 8-bit pixels. */
        public void add(byte[] bytes) {
            RowEncoder.unpack(bytes, 0, image.length, image, 0);
            for (int channel = 0; channel < contexts.channels; channel++) {
                for (int y = 0; y < contexts.height; y++) {
                    for (int x = 0; x < contexts.width; x++) {
                        int context = channel * CONTEXTS + contexts.context(image, 0, channel, y, x);
                        values[context] += bytes[contexts.place(0, channel, y, x)] & 0xFF;
                        pixels[context]++;
                    }
                }
            }
        }

        public void merge(Sums other) {
            for (int i = 0; i < values.length; i++) {
                values[i] += other.values[i];
                pixels[i] += other.pixels[i];
            }
        }

        /**
         * The mean brightness in each context, by the estimator (b + 1/2) / (n + 1) of R. Krichevsky and V. Trofimov
         * (The performance of universal encoding. IEEE Transactions on Information Theory 27, 1981).
         */
        public List<Double> brightness() {
            Double[] means = new Double[values.length];
            for (int i = 0; i < means.length; i++) {
                means[i] = (values[i] / 255.0 + 0.5) / (pixels[i] + 1.0);
            }
            return List.of(means);
        }
    }
}
