package elbow.vae.layer;

import elbow.math.Activation;
import elbow.math.Blas.Destination;
import elbow.math.Blas.Transpose;
import elbow.math.FloatMemory;
import elbow.math.Multiplier;
import org.jspecify.annotations.Nullable;

/**
 * activation(input x weights + bias). One product forward, which is a {@link RowProduct}, and two backward; everything
 * else backward is one pass over tiles of whole rows.
 */
final class Dense implements Layer {
    private final ParameterBlock weightBlock;
    private final ParameterBlock biasBlock;
    private final Activation activation;
    private final int inputs;
    private final int outputs;
    private final Multiplier products;
    private final BiasedActivation elementwise;
    private final RowProduct product;
    private final FloatMemory output;
    private final @Nullable FloatMemory preactivation;

    private @Nullable FloatMemory weights;
    private @Nullable FloatMemory weightGradient;
    private @Nullable FloatMemory biasGradient;
    private @Nullable FloatMemory delta;

    Dense(String name, Activation activation, LayerContext context) {
        weightBlock = context.layout().block(weights(name));
        biasBlock = context.layout().block(bias(name));
        this.activation = activation;
        inputs = weightBlock.rows();
        outputs = weightBlock.columns();
        products = context.workspace().products;
        int rows = context.rows();
        elementwise = new BiasedActivation(activation, outputs, rows, context);
        product = context.product(inputs, outputs, activation);
        output = FloatMemory.allocate((long) rows * outputs);
        preactivation = context.trains() && activation.needsPreactivation()
                ? FloatMemory.allocate((long) rows * outputs)
                : null;
    }

    /** Adds weights and bias of the layer of that name. */
    static void declare(String name, int inputs, int outputs, Start weights, ParameterLayout.Builder layout) {
        layout.add(weights(name), inputs, outputs, weights);
        layout.add(bias(name), 1, outputs, Start.ZERO);
    }

    static String weights(String layer) {
        return layer + ".weights";
    }

    static String bias(String layer) {
        return layer + ".bias";
    }

    @Override
    public void bind(FloatMemory parameters, @Nullable FloatMemory gradients) {
        bind(
                weightBlock.of(parameters),
                biasBlock.of(parameters),
                gradients == null ? null : weightBlock.of(gradients),
                gradients == null ? null : biasBlock.of(gradients));
    }

    /** As {@link #bind(FloatMemory, FloatMemory)}, of this layer's own parameters and gradients wherever they stand. */
    void bind(
            FloatMemory newWeights,
            FloatMemory bias,
            @Nullable FloatMemory newWeightGradient,
            @Nullable FloatMemory newBiasGradient) {
        weights = newWeights;
        product.bind(newWeights, bias);
        weightGradient = newWeightGradient;
        biasGradient = newBiasGradient;
    }

    @Override
    public FloatMemory output() {
        return output;
    }

    @Override
    public void forward(int rows, FloatMemory input) {
        product.forward(rows, input, output, preactivation);
    }

    @Override
    public void backward(int rows, FloatMemory input, FloatMemory outputGradient) {
        // The values of the output have served by now, so its memory takes the gradient before the activation.
        FloatMemory target = activation == Activation.IDENTITY ? outputGradient : output;
        delta = target;
        elementwise.backward(rows, outputGradient, output, preactivation, target, bound(biasGradient));
        products.multiply(
                Transpose.YES,
                Transpose.NO,
                inputs,
                outputs,
                rows,
                input,
                target,
                bound(weightGradient),
                Destination.OVERWRITE);
    }

    @Override
    public void inputGradient(int rows, FloatMemory destination) {
        products.multiply(
                Transpose.NO,
                Transpose.YES,
                rows,
                inputs,
                outputs,
                bound(delta),
                bound(weights),
                destination,
                Destination.OVERWRITE);
    }

    @Override
    public void keepAlike(boolean[] alike) {
        product.keepAlike(alike);
    }

    @Override
    public void close() {
        product.close();
        output.close();
        if (preactivation != null) {
            preactivation.close();
        }
    }

    static FloatMemory bound(@Nullable FloatMemory memory) {
        if (memory == null) {
            throw new IllegalStateException("bind must come before forward, and backward before inputGradient");
        }
        return memory;
    }
}
