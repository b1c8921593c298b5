package elbow.vae.layer;

import elbow.math.Activation;
import java.util.ArrayList;
import java.util.List;

/**
 * The layers of an encoder or a decoder in forward order, a linear one last: declared, measured and made together.
 * Parameters are named after the layer: {@code encoder.0.weights}.
 */
public final class LayerStack {
    private record Named(String name, LayerSpec layer) {}

    private final int inputs;
    private final List<Named> hidden;
    private final String head;
    private final int outputs;

    private LayerStack(int inputs, List<Named> hidden, String head, int outputs) {
        this.inputs = inputs;
        this.hidden = hidden;
        this.head = head;
        this.outputs = outputs;
    }

    /**
     * Layers {@code NAME.0}, {@code NAME.1} ... and a linear one with {@code outputs} outputs, called {@code head}.
     *
     * @param inputs width of a row that goes in
     */
    public static LayerStack of(int inputs, String name, List<LayerSpec> layers, String head, int outputs) {
        List<Named> hidden = new ArrayList<>();
        for (int i = 0; i < layers.size(); i++) {
            hidden.add(new Named(name + "." + i, layers.get(i)));
        }
        return new LayerStack(inputs, List.copyOf(hidden), head, outputs);
    }

    /** The name of the parameter block that holds the biases of a dense layer. */
    public static String biasOf(String layer) {
        return Dense.bias(layer);
    }

    /** Adds the parameters of all layers, the last one's starting as a linear layer's do. */
    public void declare(ParameterLayout.Builder layout) {
        declare(layout, Start.weights(headInputs(), outputs, Activation.IDENTITY));
    }

    /** Adds the parameters of all layers, the last one's weights starting as {@code headWeights} says. */
    public void declare(ParameterLayout.Builder layout, Start headWeights) {
        int width = inputs;
        for (Named named : hidden) {
            named.layer().declare(named.name(), width, layout);
            width = named.layer().outputs();
        }
        Dense.declare(head, width, outputs, headWeights, layout);
    }

    /** Width of a row that the last layer reads. */
    public int headInputs() {
        return hidden.isEmpty() ? inputs : hidden.get(hidden.size() - 1).layer().outputs();
    }

    /** The widest row that any layer reads or writes. */
    public int widest() {
        return Math.max(Math.max(inputs, outputs), widestHidden());
    }

    /** Floats for each row of a minibatch in training: activations, and gradients between two layers. */
    public long floatsPerRow() {
        return hidden.stream().mapToLong(named -> named.layer().floatsPerRow()).sum() + widestHidden() + outputs;
    }

    /** The layers at work. */
    public Layer create(LayerContext context) {
        List<Layer> layers = new ArrayList<>();
        for (Named named : hidden) {
            layers.add(named.layer().create(named.name(), context));
        }
        layers.add(new Dense(head, Activation.IDENTITY, context));
        return new Sequence(layers, context.trains() ? (long) widestHidden() * context.rows() : 0);
    }

    private int widestHidden() {
        return hidden.stream().mapToInt(named -> named.layer().outputs()).max().orElse(0);
    }
}
