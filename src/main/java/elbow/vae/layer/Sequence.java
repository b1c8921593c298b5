package elbow.vae.layer;

import elbow.math.Activation;
import elbow.math.FloatMemory;
import java.util.ArrayList;
import java.util.List;

/** Blocks one after the other, at least one. All gradients between them share one memory. */
public final class Sequence implements Layer {
    private final List<Layer> blocks;
    private final FloatMemory gradient;

    /**
     * @param blocks in forward order
     * @param gradientLength rows x width of the widest output that lies between two blocks, at least 1
     */
    Sequence(List<Layer> blocks, long gradientLength) {
        this.blocks = List.copyOf(blocks);
        this.gradient = FloatMemory.allocate(gradientLength);
    }

    /** Dense layers of the layout: hidden ones with the activation, then a linear one. */
    public static Sequence dense(
            List<String> layers, ParameterLayout layout, Activation activation, int maximumRows, Workspace workspace) {
        List<Layer> blocks = new ArrayList<>();
        int widest = 0;
        for (int i = 0; i < layers.size(); i++) {
            boolean last = i == layers.size() - 1;
            String name = layers.get(i);
            blocks.add(new Dense(name, layout, last ? Activation.IDENTITY : activation, maximumRows, workspace));
            int outputs = layout.block(ParameterLayout.bias(name)).columns();
            widest = last ? widest : Math.max(widest, outputs);
        }
        return new Sequence(blocks, Math.max(1, (long) widest * maximumRows));
    }

    @Override
    public void bind(FloatMemory parameters, FloatMemory gradients) {
        for (Layer block : blocks) {
            block.bind(parameters, gradients);
        }
    }

    @Override
    public void forward(int rows, FloatMemory input) {
        FloatMemory current = input;
        for (int i = 0; i < blocks.size(); i++) {
            blocks.get(i).forward(rows, current);
            current = blocks.get(i).output();
        }
    }

    @Override
    public FloatMemory output() {
        return blocks.get(blocks.size() - 1).output();
    }

    @Override
    public void backward(int rows, FloatMemory input, FloatMemory outputGradient) {
        FloatMemory current = outputGradient;
        for (int i = blocks.size() - 1; i > 0; i--) {
            blocks.get(i).backward(rows, blocks.get(i - 1).output(), current);
            blocks.get(i).inputGradient(rows, gradient);
            current = gradient;
        }
        blocks.get(0).backward(rows, input, current);
    }

    @Override
    public void inputGradient(int rows, FloatMemory destination) {
        blocks.get(0).inputGradient(rows, destination);
    }

    @Override
    public void close() {
        blocks.forEach(Layer::close);
        gradient.close();
    }
}
