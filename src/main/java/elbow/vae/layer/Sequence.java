package elbow.vae.layer;

import elbow.math.FloatMemory;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Layers one after the other, at least one. All gradients between them share one memory. */
final class Sequence implements Layer {
    private final List<Layer> layers;
    private final @Nullable FloatMemory gradient;

    /**
     * @param layers in forward order
     * @param gradientLength rows x width of the widest output that lies between two layers; 0 if there are no gradients
     */
    Sequence(List<Layer> layers, long gradientLength) {
        this.layers = List.copyOf(layers);
        gradient = gradientLength == 0 ? null : FloatMemory.allocate(gradientLength);
    }

    @Override
    public void bind(FloatMemory parameters, @Nullable FloatMemory gradients) {
        for (Layer layer : layers) {
            layer.bind(parameters, gradients);
        }
    }

    @Override
    public void forward(int rows, FloatMemory input) {
        FloatMemory current = input;
        for (int i = 0; i < layers.size(); i++) {
            layers.get(i).forward(rows, current);
            current = layers.get(i).output();
        }
    }

    @Override
    public FloatMemory output() {
        return layers.get(layers.size() - 1).output();
    }

    @Override
    public void backward(int rows, FloatMemory input, FloatMemory outputGradient) {
        FloatMemory current = outputGradient;
        for (int i = layers.size() - 1; i > 0; i--) {
            layers.get(i).backward(rows, layers.get(i - 1).output(), current);
            FloatMemory below = Dense.bound(gradient);
            layers.get(i).inputGradient(rows, below);
            current = below;
        }
        layers.get(0).backward(rows, input, current);
    }

    @Override
    public void inputGradient(int rows, FloatMemory destination) {
        layers.get(0).inputGradient(rows, destination);
    }

    @Override
    public void keepAlike(boolean[] alike) {
        layers.forEach(layer -> layer.keepAlike(alike));
    }

    @Override
    public void close() {
        layers.forEach(Layer::close);
        if (gradient != null) {
            gradient.close();
        }
    }
}
