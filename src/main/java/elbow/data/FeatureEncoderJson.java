package elbow.data;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import elbow.base.JsonReader;
import elbow.vae.InputTransform;
import java.util.Arrays;
import java.util.List;

/** Reads and writes {@link FeatureEncoder} as JSON. */
public final class FeatureEncoderJson {
    private static final int FORMAT_VERSION = 1;

    private FeatureEncoderJson() {}

    /** The encoder's text; equal encoders have equal texts. */
    public static String write(FeatureEncoder encoder) {
        ObjectNode root = JsonReader.newObject();
        root.put("formatVersion", FORMAT_VERSION);
        root.put("inputTransform", JsonReader.camelCase(encoder.inputTransform()));
        ArrayNode features = root.putArray("features");
        encoder.features().forEach(feature -> write(feature, features.addObject()));
        ArrayNode leftOut = root.putArray("leftOut");
        encoder.leftOut()
                .forEach(column ->
                        leftOut.addObject().put("column", column.column()).put("reason", column.reason()));
        return JsonReader.pretty(root);
    }

    /**
     * The encoder of a text, which error messages call {@code document}.
     *
     * @throws IllegalArgumentException if it is not such a text: names the field, the rule and what was found
     */
    public static FeatureEncoder read(String document, String text) {
        JsonReader reader = JsonReader.parse(document, text);
        int version = reader.integer("formatVersion");
        if (version != FORMAT_VERSION) {
            throw new IllegalArgumentException(
                    document + ": formatVersion must be " + FORMAT_VERSION + ", but is " + version);
        }
        InputTransform transform = reader.constant("inputTransform", InputTransform.class);
        List<Feature> features = reader.objects("features", FeatureEncoderJson::feature);
        List<LeftOut> leftOut =
                reader.objects("leftOut", column -> new LeftOut(column.text("column"), column.text("reason")));
        reader.end();
        return new FeatureEncoder(features, transform, leftOut);
    }

    private static void write(Feature feature, ObjectNode node) {
        if (feature instanceof RealFeature real) {
            node.put("type", "real").put("column", real.column());
            node.put("mean", real.mean()).put("standardDeviation", real.standardDeviation());
            node.put("minimum", real.minimum()).put("maximum", real.maximum());
        } else if (feature instanceof BinaryFeature binary) {
            node.put("type", "binary").put("column", binary.column()).put("mean", binary.mean());
        } else if (feature instanceof ImageFeature image) {
            ImageShape shape = image.shape();
            node.put("type", "image").put("column", image.column());
            node.put("height", shape.height()).put("width", shape.width()).put("channels", shape.channels());
            ArrayNode means = node.putArray("pixelMeans");
            image.pixelMeans().forEach(means::add);
        }
    }

    private static Feature feature(JsonReader reader) {
        String type = reader.text("type");
        String column = reader.text("column");
        return switch (type) {
            case "real" ->
                new RealFeature(
                        column,
                        reader.number("mean"),
                        reader.number("standardDeviation"),
                        reader.number("minimum"),
                        reader.number("maximum"));
            case "binary" -> new BinaryFeature(column, reader.number("mean"));
            case "image" ->
                new ImageFeature(
                        column,
                        new ImageShape(reader.integer("height"), reader.integer("width"), reader.integer("channels")),
                        Arrays.stream(reader.numbers("pixelMeans")).boxed().toList());
            default ->
                throw new IllegalArgumentException(
                        reader.where() + ": type must be real, binary or image, but is " + type);
        };
    }
}
