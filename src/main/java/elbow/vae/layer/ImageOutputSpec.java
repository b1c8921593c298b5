package elbow.vae.layer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import elbow.base.Check;
import elbow.base.JsonReader;
import elbow.math.Activation;
import elbow.vae.layer.ConvolutionSpec.Direction;
import java.util.List;

/**
 * The last layer of a decoder that makes images: a linear transposed convolution for each value that a pixel's
 * likelihood takes (its plane), a linear dense layer for all other outputs, and a bias of its own for each output,
 * which so can start at the data's means pixel by pixel. What comes in is an image's values and, behind them, what the
 * dense layer reads.
 *
 * @param image what is made
 * @param channels of the image that comes in, at least 1
 * @param kernel height and width of a patch, from the stride to {@value ConvolutionSpec#MOST_KERNEL}
 * @param stride pixels from one patch to the next, of which the image's height and width are multiples
 * @param planes where among the outputs each plane of the image begins, ascending
 * @param outputs of the layer, at least those of the planes
 * @param others values that come in for the dense layer; 0 if and only if the planes are all outputs
 */
public record ImageOutputSpec(
        ImageSize image, int channels, int kernel, int stride, List<Integer> planes, int outputs, int others)
        implements LayerSpec {
    static final String TYPE = "imageOutput";

    private static final String IMAGE = "image";
    private static final String CHANNELS = "channels";
    private static final String PLANES = "planes";
    private static final String OUTPUTS = "outputs";
    private static final String OTHERS = "others";

    public ImageOutputSpec {
        // Checks all of them.
        new ConvolutionShape(image, channels, kernel, stride).small();
        planes = List.copyOf(planes);
        Check.argument(outputs >= 1 && outputs <= MAXIMUM_WIDTH, OUTPUTS, "lie in 1.." + MAXIMUM_WIDTH, outputs);
        Check.argument(!planes.isEmpty(), PLANES, "have at least one", planes);
        int end = 0;
        for (int plane : planes) {
            Check.argument(
                    plane >= end && plane <= outputs - image.values(),
                    PLANES,
                    "lie one behind the other in " + outputs + " outputs, " + image.values() + " for each",
                    planes);
            end = plane + image.values();
        }
        boolean all = planes.size() * image.values() == outputs;
        Check.argument(
                all ? others == 0 : others >= 1 && others <= MAXIMUM_WIDTH,
                OTHERS,
                all ? "be 0 where all outputs are of the image" : "lie in 1.." + MAXIMUM_WIDTH,
                others);
    }

    static ImageOutputSpec fromJson(JsonReader settings) {
        return new ImageOutputSpec(
                ImageSize.fromJson(settings.object(IMAGE)),
                settings.integer(CHANNELS),
                settings.integer(ConvolutionShape.KERNEL),
                settings.integer(ConvolutionShape.STRIDE),
                settings.integers(PLANES),
                settings.integer(OUTPUTS),
                settings.integer(OTHERS));
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public void writeSettings(ObjectNode node) {
        image.write(node.putObject(IMAGE));
        node.put(CHANNELS, channels).put(ConvolutionShape.KERNEL, kernel).put(ConvolutionShape.STRIDE, stride);
        planes.forEach(node.putArray(PLANES)::add);
        node.put(OUTPUTS, outputs).put(OTHERS, others);
    }

    ConvolutionShape convolution() {
        return new ConvolutionShape(image, channels, kernel, stride);
    }

    /** Values of the image that comes in. */
    int imageInputs() {
        return convolution().small().values();
    }

    /** Outputs of the dense layer. */
    int otherOutputs() {
        return outputs - planes.size() * image.values();
    }

    @Override
    public void requireInputs(int inputs) {
        Check.argument(
                inputs == imageInputs() + others, "inputs of an " + TYPE, "be " + (imageInputs() + others), inputs);
    }

    @Override
    public String shape() {
        return otherOutputs() == 0 && planes.size() == 1 ? image.toString() : image + "+" + (outputs - image.values());
    }

    @Override
    public void declare(String name, int inputs, ParameterLayout.Builder layout) {
        for (int plane = 0; plane < planes.size(); plane++) {
            Convolution.declareFilters(plane(name, plane), convolution(), Direction.UP, Activation.IDENTITY, layout);
        }
        if (others > 0) {
            Start start = Start.weights(others, otherOutputs(), Activation.IDENTITY);
            layout.add(Dense.weights(name), others, otherOutputs(), start);
        }
        layout.add(Dense.bias(name), 1, outputs, Start.ZERO);
    }

    static String plane(String name, int plane) {
        return name + "." + plane;
    }

    @Override
    public long floatsPerRow() {
        boolean whole = otherOutputs() == 0 && planes.size() == 1;
        long sums = planes.size() > 1 ? imageInputs() : 0;
        return outputs + sums + (whole ? 0 : outputs + (others > 0 ? imageInputs() + others : 0));
    }

    @Override
    public Layer create(String name, LayerContext context) {
        return new ImageOutput(this, name, context);
    }
}
