package elbow.vae.layer;

import elbow.math.Activation;
import elbow.math.FloatMemory;
import java.util.ArrayList;
import java.util.List;

/** The dense layers of encoder or decoder for scoring, over blocks of a fixed number of rows. */
public final class BlockChain implements AutoCloseable {
    private final List<BlockDense> layers = new ArrayList<>();

    public BlockChain(List<String> names, ParameterLayout layout, Activation activation, int rows) {
        for (int i = 0; i < names.size(); i++) {
            boolean last = i == names.size() - 1;
            layers.add(new BlockDense(names.get(i), layout, last ? Activation.IDENTITY : activation, rows));
        }
    }

    public void bind(FloatMemory parameters) {
        layers.forEach(layer -> layer.bind(parameters));
    }

    public void forward(FloatMemory input) {
        FloatMemory current = input;
        for (BlockDense layer : layers) {
            layer.forward(current);
            current = layer.output();
        }
    }

    public FloatMemory output() {
        return layers.get(layers.size() - 1).output();
    }

    public void markUnlike(boolean[] alike) {
        layers.forEach(layer -> layer.markUnlike(alike));
    }

    @Override
    public void close() {
        layers.forEach(BlockDense::close);
    }
}
