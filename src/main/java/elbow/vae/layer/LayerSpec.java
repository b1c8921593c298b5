package elbow.vae.layer;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A layer of the encoder or the decoder as the spec has it: sizes and settings, no values. It declares its parameters,
 * says what memory it takes, and makes the {@link Layer} that computes. A new kind of layer is one such record with its
 * layer, its line in {@link LayerReaders}, and its test.
 */
public interface LayerSpec {
    /** The widest row that there may be; keeps every size computation far from overflow. */
    int MAXIMUM_WIDTH = 1 << 20;

    /** The name in JSON. */
    String type();

    /** Adds this layer's settings. */
    void writeSettings(ObjectNode node);

    /**
     * Requires that rows of that width can go in, as they can unless the layer says otherwise.
     *
     * @throws IllegalArgumentException if they cannot
     */
    default void requireInputs(int inputs) {}

    /** Width of a row of the output. */
    int outputs();

    /** The widest row that the layer writes, also in between. */
    default int widest() {
        return outputs();
    }

    /** What comes out, for people: its width, or the size of an image. */
    default String shape() {
        return String.valueOf(outputs());
    }

    /** Adds the parameters of the layer of that name. */
    void declare(String name, int inputs, ParameterLayout.Builder layout);

    /** Floats that the layer keeps for each row of a minibatch in training. */
    long floatsPerRow();

    /** The layer at work. */
    Layer create(String name, LayerContext context);
}
