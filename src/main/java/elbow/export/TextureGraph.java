package elbow.export;

import elbow.data.feature.ImageFeature;
import elbow.data.feature.PixelContexts;
import elbow.data.image.ImageShape;

/** What an image costs by its texture alone in operators: see {@link PixelContexts#codeLength}. */
final class TextureGraph {
    private static final double BRIGHT = 0.5;

    private TextureGraph() {}

    /**
     * The code length of each row's image in nats, of doubles.
     *
     * @param pixels rows x pixels, in [0, 1], of floats
     */
    static Tensor codeLength(ImageFeature image, Tensor pixels) {
        ImageShape shape = image.shape();
        int height = shape.height();
        int width = shape.width();
        Graph graph = pixels.graph();
        Tensor places = pixels.shaped(0, height, width, shape.channels());
        // A dark line above, and dark places at both ends of each.
        Tensor bits = places.isAtLeast(BRIGHT).as(ElementType.DOUBLE).padded(0, 1, 1, 0, 0, 0, 1, 0);
        Tensor above = bits.slice(1, 0, height);
        Tensor left = bits.slice(1, 1, height).slice(2, 0, width);
        Tensor context = left.times(8)
                .plus(above.slice(2, 0, width).times(4))
                .plus(above.slice(2, 1, width).times(2))
                .plus(above.slice(2, 2, width));
        double[] firsts = new double[shape.channels()];
        for (int channel = 0; channel < firsts.length; channel++) {
            firsts[channel] = (double) channel * PixelContexts.CONTEXTS;
        }
        Tensor number = context.plus(graph.doubles(firsts, firsts.length)).as(ElementType.LONG);
        Tensor bright = table(graph, image, true).picked(0, number);
        Tensor dark = table(graph, image, false).picked(0, number);
        Tensor share = places.as(ElementType.DOUBLE);
        Tensor lengths = share.times(bright).plus(share.negated().plus(1).times(dark));
        return lengths.shaped(0, shape.size()).sum(1).negated();
    }

    private static Tensor table(Graph graph, ImageFeature image, boolean bright) {
        double[] logs = image.contextBrightness().stream()
                .mapToDouble(mean -> bright ? Math.log(mean) : Math.log1p(-mean))
                .toArray();
        return graph.doubles(logs, logs.length);
    }
}
