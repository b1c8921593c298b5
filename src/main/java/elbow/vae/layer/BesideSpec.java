package elbow.vae.layer;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import elbow.base.Check;
import elbow.base.JsonReader;
import java.util.List;

/**
 * Layers for the first values of a row alone, such as an image's; the others pass as they are, behind what comes of
 * these.
 *
 * @param width how many values the layers read
 * @param layers at least one, none of which is of this kind
 * @param others how many values pass, at least 1
 */
public record BesideSpec(int width, List<LayerSpec> layers, int others) implements LayerSpec {
    static final String TYPE = "beside";

    private static final String WIDTH = "width";
    private static final String LAYERS = "layers";
    private static final String OTHERS = "others";

    public BesideSpec {
        layers = List.copyOf(layers);
        Check.positive(WIDTH, width);
        Check.positive(OTHERS, others);
        Check.argument(!layers.isEmpty(), LAYERS, "have at least one layer", layers);
        Check.argument(
                layers.stream().noneMatch(BesideSpec.class::isInstance),
                LAYERS,
                "be of other kinds than beside",
                layers);
        LayerStack.of(width, TYPE, layers).requireFits();
        Check.argument(
                (long) layers.get(layers.size() - 1).outputs() + others <= MAXIMUM_WIDTH,
                "outputs",
                "be at most " + MAXIMUM_WIDTH,
                layers);
    }

    static BesideSpec fromJson(JsonReader settings) {
        return new BesideSpec(
                settings.integer(WIDTH),
                settings.<LayerSpec>objects(LAYERS, layer -> layer.member(LayerReaders.PLAIN)),
                settings.integer(OTHERS));
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public void writeSettings(ObjectNode node) {
        node.put(WIDTH, width);
        ArrayNode array = node.putArray(LAYERS);
        for (LayerSpec layer : layers) {
            layer.writeSettings(array.addObject().put(JsonReader.TYPE, layer.type()));
        }
        node.put(OTHERS, others);
    }

    @Override
    public void requireInputs(int inputs) {
        Check.argument(inputs == width + others, "inputs of layers beside others", "be " + (width + others), inputs);
    }

    /** What the layers give. */
    int made() {
        return layers.get(layers.size() - 1).outputs();
    }

    @Override
    public int outputs() {
        return made() + others;
    }

    @Override
    public int widest() {
        return Math.max(stack("").widest(), outputs());
    }

    @Override
    public String shape() {
        return String.join("-", layers.stream().map(LayerSpec::shape).toList()) + "+" + others;
    }

    @Override
    public void declare(String name, int inputs, ParameterLayout.Builder layout) {
        stack(name).declare(layout);
    }

    LayerStack stack(String name) {
        return LayerStack.of(width, name, layers);
    }

    @Override
    public long floatsPerRow() {
        return width + stack("").floatsPerRow() + outputs() + made() + others;
    }

    @Override
    public Layer create(String name, LayerContext context) {
        return new Beside(this, name, context);
    }
}
