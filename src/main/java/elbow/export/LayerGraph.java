package elbow.export;

import elbow.math.Activation;
import elbow.vae.layer.BesideSpec;
import elbow.vae.layer.ConvolutionSpec;
import elbow.vae.layer.ConvolutionSpec.Direction;
import elbow.vae.layer.DenseSpec;
import elbow.vae.layer.ImageOutputSpec;
import elbow.vae.layer.ImageSize;
import elbow.vae.layer.LayerSpec;
import elbow.vae.layer.LayerStack;
import java.util.ArrayList;
import java.util.List;

/**
 * The layers of encoder and decoder in operators. Rows are as they are in the kernel: places by lines, channels last.
 */
final class LayerGraph {
    private static final double GELU_SCALE = 0.7978846;
    private static final double GELU_CUBIC = 0.044715;

    private final Parameters parameters;

    LayerGraph(Parameters parameters) {
        this.parameters = parameters;
    }

    /** What layers NAME.0, NAME.1 ... make of rows. */
    Tensor layers(String name, List<LayerSpec> layers, Tensor input) {
        Tensor rows = input;
        for (int i = 0; i < layers.size(); i++) {
            rows = layer(name + "." + i, layers.get(i), rows);
        }
        return rows;
    }

    /** What the layer of that name makes of rows. */
    Tensor layer(String name, LayerSpec layer, Tensor input) {
        if (layer instanceof DenseSpec dense) {
            return dense(name, dense.activation(), input);
        } else if (layer instanceof ConvolutionSpec convolution) {
            return convolution(name, convolution, input);
        } else if (layer instanceof BesideSpec beside) {
            Tensor part = layers(name, beside.layers(), input.slice(1, 0, beside.width()));
            return Tensor.joined(1, List.of(part, input.slice(1, beside.width(), beside.others())));
        } else if (layer instanceof ImageOutputSpec output) {
            return image(name, output, input);
        }
        throw new IllegalArgumentException("layer must be of a kind that can be exported, but is " + layer.type());
    }

    /** A dense layer. */
    Tensor dense(String name, Activation activation, Tensor input) {
        Tensor product = input.matrixProduct(parameters.matrix(name + ".weights"));
        return activated(activation, product.plus(parameters.list(LayerStack.biasOf(name))));
    }

    private Tensor convolution(String name, ConvolutionSpec spec, Tensor input) {
        Tensor image = convolved(name, spec, input).plus(parameters.list(name + ".filterBias"));
        return activated(spec.activation(), image).shaped(0, spec.outputs());
    }

    // Without bias and activation; channels last, not flattened.
    private Tensor convolved(String name, ConvolutionSpec spec, Tensor input) {
        boolean down = spec.direction() == Direction.DOWN;
        int stride = spec.stride();
        ImageSize large = spec.image();
        ImageSize small = new ImageSize(large.height() / stride, large.width() / stride, spec.channels());
        ImageSize read = down ? large : small;
        int before = (spec.kernel() - stride) / 2;
        int after = spec.kernel() - stride - before;
        Tensor planes =
                input.shaped(0, read.height(), read.width(), read.channels()).transposed(0, 3, 1, 2);
        return parameters
                .graph()
                .node(
                        down ? "Conv" : "ConvTranspose",
                        ElementType.FLOAT,
                        List.of(
                                Attributes.numbers("kernel_shape", spec.kernel(), spec.kernel()),
                                Attributes.numbers("strides", stride, stride),
                                Attributes.numbers("pads", before, before, after, after)),
                        planes,
                        filters(name + ".filters", large.channels(), spec.channels(), spec.kernel()))
                .transposed(0, 2, 3, 1);
    }

    // From lines, places, channels of the large image, channels of the small one, to the last two first: both
    // directions want it so.
    private Tensor filters(String name, int large, int small, int kernel) {
        float[] values = parameters.of(name);
        float[] ordered = new float[values.length];
        int places = kernel * kernel;
        for (int place = 0; place < places; place++) {
            for (int channel = 0; channel < large; channel++) {
                for (int made = 0; made < small; made++) {
                    ordered[(made * large + channel) * places + place] =
                            values[(place * large + channel) * small + made];
                }
            }
        }
        return parameters.graph().shared(name, () -> parameters.graph().floats(ordered, small, large, kernel, kernel));
    }

    private Tensor image(String name, ImageOutputSpec spec, Tensor input) {
        int pixels = spec.image().values();
        int read = (int) ((long) pixels / spec.image().channels() / spec.stride() / spec.stride() * spec.channels());
        Tensor dense = spec.others() == 0
                ? input
                : input.slice(1, read, spec.others()).matrixProduct(parameters.matrix(name + ".weights"));
        List<Tensor> parts = new ArrayList<>();
        int done = 0;
        int used = 0;
        for (int plane = 0; plane < spec.planes().size(); plane++) {
            int first = spec.planes().get(plane);
            if (first > done) {
                parts.add(dense.slice(1, used, first - done));
                used += first - done;
            }
            ConvolutionSpec up = new ConvolutionSpec(
                    Direction.UP, spec.image(), spec.channels(), spec.kernel(), spec.stride(), Activation.IDENTITY);
            parts.add(convolved(name + "." + plane, up, input.slice(1, 0, read)).shaped(0, pixels));
            done = first + pixels;
        }
        if (spec.outputs() > done) {
            parts.add(dense.slice(1, used, spec.outputs() - done));
        }
        return Tensor.joined(1, parts).plus(parameters.list(LayerStack.biasOf(name)));
    }

    private static Tensor activated(Activation activation, Tensor x) {
        return switch (activation) {
            case IDENTITY -> x;
            case TANH -> x.tanh();
            case SIGMOID -> x.sigmoid();
            case SOFTPLUS -> x.softplus();
            case RELU -> x.atLeast(0);
            case LEAKY_RELU -> x.atLeast(0).plus(x.atMost(0).times(0.01));
            case ELU -> x.atLeast(0).plus(x.atMost(0).exp().minus(1));
            case GELU ->
                x.times(x.square()
                                .times(x)
                                .times(GELU_CUBIC)
                                .plus(x)
                                .times(GELU_SCALE)
                                .tanh()
                                .plus(1))
                        .times(0.5);
            case SILU -> x.times(x.sigmoid());
        };
    }
}
