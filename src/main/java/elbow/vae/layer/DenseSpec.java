package elbow.vae.layer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import elbow.base.Check;
import elbow.base.JsonReader;
import elbow.math.Activation;

/**
 * A dense layer: activation(input x weights + bias).
 *
 * @param outputs how many, at least 1
 * @param activation of each output
 */
public record DenseSpec(int outputs, Activation activation) implements LayerSpec {
    static final String TYPE = "dense";

    private static final String OUTPUTS = "outputs";
    private static final String ACTIVATION = "activation";

    public DenseSpec {
        Check.positive(OUTPUTS, outputs);
    }

    static DenseSpec fromJson(JsonReader settings) {
        return new DenseSpec(settings.integer(OUTPUTS), settings.constant(ACTIVATION, Activation.class));
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public void writeSettings(ObjectNode node) {
        node.put(OUTPUTS, outputs).put(ACTIVATION, JsonReader.camelCase(activation));
    }

    @Override
    public void declare(String name, int inputs, ParameterLayout.Builder layout) {
        Dense.declare(name, inputs, outputs, Start.weights(inputs, outputs, activation), layout);
    }

    @Override
    public long floatsPerRow() {
        return activation.needsPreactivation() ? 2L * outputs : outputs;
    }

    @Override
    public Layer create(String name, LayerContext context) {
        return new Dense(name, activation, context);
    }
}
