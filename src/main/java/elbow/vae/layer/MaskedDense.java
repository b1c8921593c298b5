package elbow.vae.layer;

import elbow.math.Activation;
import elbow.math.FloatMemory;
import org.jspecify.annotations.Nullable;

/**
 * A dense layer some of whose weights do not count: they are multiplied by a mask of ones and zeros, and so are their
 * gradients.
 */
final class MaskedDense implements Layer {
    private final Dense dense;
    private final ParameterBlock weightBlock;
    private final ParameterBlock biasBlock;
    private final boolean trains;
    private final float[] mask;
    private final float[] values;
    private final FloatMemory masked;
    private @Nullable FloatMemory weights;
    private @Nullable FloatMemory weightGradient;

    /** @param mask 1 for each weight that counts, 0 for the others, in the order of the layer's weights */
    MaskedDense(String name, Activation activation, float[] mask, LayerContext context) {
        dense = new Dense(name, activation, context);
        weightBlock = context.layout().block(Dense.weights(name));
        biasBlock = context.layout().block(Dense.bias(name));
        trains = context.trains();
        this.mask = mask.clone();
        values = new float[mask.length];
        masked = FloatMemory.allocate(mask.length);
    }

    @Override
    public void bind(FloatMemory parameters, @Nullable FloatMemory gradients) {
        weights = weightBlock.of(parameters);
        if (gradients == null) {
            // In scoring the product takes the weights now.
            mask(weights, masked);
            dense.bind(masked, biasBlock.of(parameters), null, null);
        } else {
            weightGradient = weightBlock.of(gradients);
            dense.bind(masked, biasBlock.of(parameters), weightGradient, biasBlock.of(gradients));
        }
    }

    @Override
    public void forward(int rows, FloatMemory input) {
        if (trains) {
            mask(Dense.bound(weights), masked);
        }
        dense.forward(rows, input);
    }

    @Override
    public FloatMemory output() {
        return dense.output();
    }

    @Override
    public void backward(int rows, FloatMemory input, FloatMemory outputGradient) {
        dense.backward(rows, input, outputGradient);
        FloatMemory gradient = Dense.bound(weightGradient);
        mask(gradient, gradient);
    }

    private void mask(FloatMemory from, FloatMemory to) {
        from.get(0, values, values.length);
        for (int i = 0; i < values.length; i++) {
            values[i] *= mask[i];
        }
        to.put(0, values, values.length);
    }

    @Override
    public void inputGradient(int rows, FloatMemory destination) {
        dense.inputGradient(rows, destination);
    }

    @Override
    public void keepAlike(boolean[] alike) {
        dense.keepAlike(alike);
    }

    @Override
    public void close() {
        dense.close();
        masked.close();
    }
}
