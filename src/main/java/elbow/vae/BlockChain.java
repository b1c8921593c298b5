package elbow.vae;

import elbow.math.Activation;
import elbow.math.FloatMemory;
import java.util.ArrayList;
import java.util.List;

/** The dense layers of encoder or decoder for scoring, over blocks of a fixed number of rows. */
final class BlockChain implements AutoCloseable {
    private final List<BlockDense> layers = new ArrayList<>();

    BlockChain(List<String> names, ParameterLayout layout, Activation activation, int rows) {
        for (int i = 0; i < names.size(); i++) {
            boolean last = i == names.size() - 1;
            layers.add(new BlockDense(names.get(i), layout, last ? Activation.IDENTITY : activation, rows));
        }
    }

    void bind(FloatMemory parameters) {
        layers.forEach(layer -> layer.bind(parameters));
    }

    void forward(FloatMemory input) {
        FloatMemory current = input;
        for (BlockDense layer : layers) {
            layer.forward(current);
            current = layer.output();
        }
    }

    FloatMemory output() {
        return layers.get(layers.size() - 1).output();
    }

    /** As {@link AlikePlaces#keep}, for every layer's product. */
    void keepAlike(boolean[] alike) {
        layers.forEach(layer -> layer.keepAlike(alike));
    }

    @Override
    public void close() {
        layers.forEach(BlockDense::close);
    }
}
