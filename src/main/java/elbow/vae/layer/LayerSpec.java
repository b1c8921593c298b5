package elbow.vae.layer;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A layer of the encoder or the decoder as the spec has it: sizes and settings, no values. It declares its parameters,
 * says what memory it takes, and makes the {@link Layer} that computes. A new kind of layer is one such record with its
 * layer, and its line in {@link LayerReaders}.
 */
public interface LayerSpec {
    /** The name in JSON. */
    String type();

    /** Adds this layer's settings. */
    void writeSettings(ObjectNode node);

    /** Width of a row of the output. */
    int outputs();

    /** Adds the parameters of the layer of that name. */
    void declare(String name, int inputs, ParameterLayout.Builder layout);

    /** Floats that the layer keeps for each row of a minibatch in training. */
    long floatsPerRow();

    /** The layer at work. */
    Layer create(String name, LayerContext context);
}
