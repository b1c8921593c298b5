package elbow.vae.layer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import elbow.base.Check;
import elbow.base.JsonReader;
import elbow.math.Activation;

/**
 * A strided convolution of images, activation(filters x patch + bias) for each patch, or its adjoint (transposed
 * convolution, Dumoulin and Visin 2016), activation(sum of the patches that pixels become + bias).
 *
 * <p>Patches begin a stride apart. Around the image are zeros, {@code kernel - stride} in each direction, one more
 * below and on the right than above and on the left if that is odd: so there is exactly one patch for {@code stride x
 * stride} pixels.
 *
 * @param direction whether the larger image goes in or comes out
 * @param image the larger one, whose height and width are multiples of the stride
 * @param channels of the smaller image, at least 1
 * @param kernel height and width of a patch, from the stride to {@value #MOST_KERNEL}
 * @param stride pixels from one patch to the next, down and to the right, at least 1
 * @param activation of each output
 */
public record ConvolutionSpec(
        Direction direction, ImageSize image, int channels, int kernel, int stride, Activation activation)
        implements LayerSpec {
    /** The most values that the patches of one line of the smaller image may have. */
    public static final int MOST_LINE_VALUES = 1 << 26;

    /** The largest kernel. */
    public static final int MOST_KERNEL = 64;

    static final String DOWN = "convolution";
    static final String UP = "transposedConvolution";

    private static final String IMAGE = "image";
    private static final String CHANNELS = "channels";
    private static final String ACTIVATION = "activation";

    /** Which way images go. */
    public enum Direction {
        /** To a smaller image, by the convolution. */
        DOWN,
        /** To a larger image, by its adjoint. */
        UP
    }

    public ConvolutionSpec {
        // Checks all.
        new ConvolutionShape(image, channels, kernel, stride).small();
    }

    static ConvolutionSpec fromJson(Direction direction, JsonReader settings) {
        return new ConvolutionSpec(
                direction,
                ImageSize.fromJson(settings.object(IMAGE)),
                settings.integer(CHANNELS),
                settings.integer(ConvolutionShape.KERNEL),
                settings.integer(ConvolutionShape.STRIDE),
                settings.constant(ACTIVATION, Activation.class));
    }

    @Override
    public String type() {
        return direction == Direction.DOWN ? DOWN : UP;
    }

    @Override
    public void writeSettings(ObjectNode node) {
        image.write(node.putObject(IMAGE));
        node.put(CHANNELS, channels)
                .put(ConvolutionShape.KERNEL, kernel)
                .put(ConvolutionShape.STRIDE, stride)
                .put(ACTIVATION, JsonReader.camelCase(activation));
    }

    private ConvolutionShape convolution() {
        return new ConvolutionShape(image, channels, kernel, stride);
    }

    /** What comes out. */
    public ImageSize made() {
        return direction == Direction.DOWN ? convolution().small() : image;
    }

    @Override
    public void requireInputs(int inputs) {
        ImageSize read = direction == Direction.DOWN ? image : convolution().small();
        Check.argument(inputs == read.values(), "inputs of a " + type() + " of " + read, "be " + read.values(), inputs);
    }

    @Override
    public int outputs() {
        return made().values();
    }

    @Override
    public String shape() {
        return made().toString();
    }

    @Override
    public void declare(String name, int inputs, ParameterLayout.Builder layout) {
        Convolution.declare(name, convolution(), direction, activation, layout);
    }

    @Override
    public long floatsPerRow() {
        return activation.needsPreactivation() ? 2L * outputs() : outputs();
    }

    @Override
    public Layer create(String name, LayerContext context) {
        return Convolution.of(name, convolution(), direction, activation, context);
    }
}
