package elbow.vae.layer;

import elbow.math.Activation;
import elbow.math.FloatMemory;
import elbow.vae.layer.ConvolutionSpec.Direction;
import org.jspecify.annotations.Nullable;

/**
 * activation(convolution + bias), or the same with the convolution's adjoint. The bias has a value for each channel of
 * what comes out; there may be none.
 */
final class Convolution implements Layer {
    private final LayerContext context;
    private final Direction direction;
    private final ParameterBlock filterBlock;
    private final @Nullable ParameterBlock biasBlock;
    private final LinearConvolution convolution;
    private final BiasedActivation elementwise;

    /** Places of an output: rows of the bias's width in a row. */
    private final int places;

    private final FloatMemory output;
    private final @Nullable FloatMemory preactivation;
    private @Nullable FloatMemory bias;
    private @Nullable FloatMemory filterGradient;
    private @Nullable FloatMemory biasGradient;
    private @Nullable FloatMemory delta;

    private Convolution(
            String name,
            ConvolutionShape shape,
            Direction direction,
            Activation activation,
            @Nullable ParameterBlock biasBlock,
            LayerContext context) {
        this.context = context;
        this.direction = direction;
        this.biasBlock = biasBlock;
        filterBlock = context.layout().block(filters(name));
        convolution = new LinearConvolution(shape, context);
        ImageSize made = made(shape, direction);
        places = made.height() * made.width();
        elementwise = new BiasedActivation(activation, made.channels(), (long) context.rows() * places, context);
        long length = (long) context.rows() * made.values();
        output = FloatMemory.allocate(length);
        preactivation = context.trains() && activation.needsPreactivation() ? FloatMemory.allocate(length) : null;
    }

    /** A layer of that name. */
    static Convolution of(
            String name, ConvolutionShape shape, Direction direction, Activation activation, LayerContext context) {
        ParameterBlock bias = context.layout().block(bias(name));
        return new Convolution(name, shape, direction, activation, bias, context);
    }

    /** One without bias and activation. */
    static Convolution linear(String name, ConvolutionShape shape, Direction direction, LayerContext context) {
        return new Convolution(name, shape, direction, Activation.IDENTITY, null, context);
    }

    /** Adds filters and bias of the layer of that name. */
    static void declare(
            String name,
            ConvolutionShape shape,
            Direction direction,
            Activation activation,
            ParameterLayout.Builder layout) {
        declareFilters(name, shape, direction, activation, layout);
        layout.add(bias(name), 1, made(shape, direction).channels(), Start.ZERO);
    }

    /**
     * Adds filters alone. They start as the weights of a dense layer do that has as many inputs for each output, and
     * outputs for each input, as the convolution has away from the edges.
     */
    static void declareFilters(
            String name,
            ConvolutionShape shape,
            Direction direction,
            Activation activation,
            ParameterLayout.Builder layout) {
        int ofSmall = shape.patch();
        int ofLarge = (int) Math.max(1, Math.round(shape.overlap() * shape.channels()));
        Start start = direction == Direction.DOWN
                ? Start.weights(ofSmall, ofLarge, activation)
                : Start.weights(ofLarge, ofSmall, activation);
        layout.add(filters(name), shape.patch(), shape.channels(), start);
    }

    private static ImageSize made(ConvolutionShape shape, Direction direction) {
        return direction == Direction.DOWN ? shape.small() : shape.large();
    }

    // Other names than those of dense layers, whose starting values are numbered by their place.
    private static String filters(String layer) {
        return layer + ".filters";
    }

    private static String bias(String layer) {
        return layer + ".filterBias";
    }

    @Override
    public void bind(FloatMemory parameters, @Nullable FloatMemory gradients) {
        convolution.bind(filterBlock.of(parameters));
        filterGradient = gradients == null ? null : filterBlock.of(gradients);
        if (biasBlock != null) {
            bias = biasBlock.of(parameters);
            biasGradient = gradients == null ? null : biasBlock.of(gradients);
        }
    }

    @Override
    public FloatMemory output() {
        return output;
    }

    @Override
    public void forward(int rows, FloatMemory input) {
        int worked = context.worked(rows);
        if (direction == Direction.DOWN) {
            convolution.apply(worked, input, output);
        } else {
            convolution.applyAdjoint(worked, input, output);
        }
        if (biasBlock != null) {
            elementwise.forward(worked * places, Dense.bound(bias), output, preactivation);
        }
    }

    @Override
    public void backward(int rows, FloatMemory input, FloatMemory outputGradient) {
        if (biasBlock == null) {
            delta = outputGradient;
        } else {
            // The values of the output have served by now, so its memory takes the gradient before the activation.
            delta = output;
            elementwise.backward(
                    rows * places, outputGradient, output, preactivation, output, Dense.bound(biasGradient));
        }
        FloatMemory target = Dense.bound(filterGradient);
        if (direction == Direction.DOWN) {
            convolution.weightGradient(rows, input, delta, target);
        } else {
            convolution.weightGradient(rows, delta, input, target);
        }
    }

    @Override
    public void inputGradient(int rows, FloatMemory destination) {
        if (direction == Direction.DOWN) {
            convolution.applyAdjoint(rows, Dense.bound(delta), destination);
        } else {
            convolution.apply(rows, Dense.bound(delta), destination);
        }
    }

    /** Does nothing: what becomes of an image does not depend on its place. */
    @Override
    public void keepAlike(boolean[] alike) {
        // Every place is alike.
    }

    @Override
    public void close() {
        convolution.close();
        output.close();
        if (preactivation != null) {
            preactivation.close();
        }
    }
}
