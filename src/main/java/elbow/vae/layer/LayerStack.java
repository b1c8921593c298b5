package elbow.vae.layer;

import elbow.math.Activation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The layers of an encoder or a decoder in forward order: declared, measured and made together. Parameters are named
 * after the layer: {@code encoder.0.weights}.
 */
public final class LayerStack {
    private record Named(String name, LayerSpec layer) {}

    private record Head(String name, int outputs) {}

    private final int inputs;
    private final List<Named> layers;

    /** The linear dense layer that comes last, if there is one. */
    private final Optional<Head> head;

    private LayerStack(int inputs, List<Named> layers, Optional<Head> head) {
        this.inputs = inputs;
        this.layers = List.copyOf(layers);
        this.head = head;
    }

    /**
     * Layers {@code NAME.0}, {@code NAME.1} ... and a linear dense one with {@code outputs} outputs, called
     * {@code head}.
     *
     * @param inputs width of a row that goes in
     */
    public static LayerStack of(int inputs, String name, List<LayerSpec> layers, String head, int outputs) {
        return new LayerStack(inputs, named(name, layers), Optional.of(new Head(head, outputs)));
    }

    /** Layers {@code NAME.0}, {@code NAME.1} ... and {@code last}, called {@code head}. */
    public static LayerStack of(int inputs, String name, List<LayerSpec> layers, String head, LayerSpec last) {
        List<Named> named = named(name, layers);
        named.add(new Named(head, last));
        return new LayerStack(inputs, named, Optional.empty());
    }

    /** Layers {@code NAME.0}, {@code NAME.1} ..., at least one. */
    public static LayerStack of(int inputs, String name, List<LayerSpec> layers) {
        return new LayerStack(inputs, named(name, layers), Optional.empty());
    }

    private static List<Named> named(String name, List<LayerSpec> layers) {
        List<Named> named = new ArrayList<>();
        for (int i = 0; i < layers.size(); i++) {
            named.add(new Named(name + "." + i, layers.get(i)));
        }
        return named;
    }

    /** The name of the parameter block that holds the biases of a dense layer. */
    public static String biasOf(String layer) {
        return Dense.bias(layer);
    }

    /**
     * Requires that each layer takes what the one before it gives.
     *
     * @throws IllegalArgumentException if one does not
     */
    public void requireFits() {
        int width = inputs;
        for (Named named : layers) {
            named.layer().requireInputs(width);
            width = named.layer().outputs();
        }
    }

    /** Adds the parameters of all layers, those of the last one starting as a linear layer's do. */
    public void declare(ParameterLayout.Builder layout) {
        int outputs = head.map(Head::outputs).orElse(1);
        declare(layout, Start.weights(headInputs(), outputs, Activation.IDENTITY));
    }

    /** Adds the parameters of all layers, the last dense one's weights starting as {@code headWeights} says. */
    public void declare(ParameterLayout.Builder layout, Start headWeights) {
        int width = inputs;
        for (Named named : layers) {
            named.layer().declare(named.name(), width, layout);
            width = named.layer().outputs();
        }
        if (head.isPresent()) {
            Dense.declare(head.get().name(), width, head.get().outputs(), headWeights, layout);
        }
    }

    /** Width of a row that the last dense layer reads. */
    public int headInputs() {
        return layers.isEmpty() ? inputs : layers.get(layers.size() - 1).layer().outputs();
    }

    /** The widest row that any layer reads or writes. */
    public int widest() {
        int widest = Math.max(inputs, head.map(Head::outputs).orElse(1));
        for (Named named : layers) {
            widest = Math.max(widest, named.layer().widest());
        }
        return widest;
    }

    /** Floats for each row of a minibatch in training: activations, and gradients between two layers. */
    public long floatsPerRow() {
        return layers.stream().mapToLong(named -> named.layer().floatsPerRow()).sum()
                + widestBetween()
                + head.map(Head::outputs).orElse(0);
    }

    /** The layers at work. */
    public Layer create(LayerContext context) {
        List<Layer> made = new ArrayList<>();
        for (Named named : layers) {
            made.add(named.layer().create(named.name(), context));
        }
        head.ifPresent(last -> made.add(new Dense(last.name(), Activation.IDENTITY, context)));
        return new Sequence(made, context.trains() ? (long) widestBetween() * context.rows() : 0);
    }

    // Of what one layer gives to the next.
    private int widestBetween() {
        int between = head.isPresent() ? layers.size() : layers.size() - 1;
        return layers.subList(0, between).stream()
                .mapToInt(named -> named.layer().outputs())
                .max()
                .orElse(0);
    }
}
