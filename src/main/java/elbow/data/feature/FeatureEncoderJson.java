package elbow.data.feature;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import elbow.base.Check;
import elbow.base.JsonReader;
import elbow.data.table.Markers;
import elbow.data.table.Markers.Matching;
import elbow.vae.input.InputTransform;
import java.util.List;
import java.util.Set;

/**
 * Reads and writes {@link FeatureEncoder} as JSON. Version 1, which is still read, knew complete real, binary and image
 * columns only; version 2 knew texts of missing values in one case only, and numbers of them not at all.
 */
public final class FeatureEncoderJson {
    private static final int FORMAT_VERSION = 3;

    /** Before it, texts of missing values were only such in upper and lower case as given. */
    private static final int LAST_EXACT_VERSION = 2;

    /** Only written if there are any: encoders without them stay as they were. */
    private static final String CONDITIONS = "conditions";

    private FeatureEncoderJson() {}

    /** The encoder's text; equal encoders have equal texts. */
    public static String write(FeatureEncoder encoder) {
        ObjectNode root = encoding(encoder);
        ArrayNode leftOut = root.putArray("leftOut");
        encoder.leftOut()
                .forEach(column ->
                        leftOut.addObject().put("column", column.column()).put("reason", column.reason()));
        putConditions(encoder, root);
        return JsonReader.pretty(root);
    }

    /**
     * As {@link #write}, without the columns that are left out, and why, which is in words that differ from build to
     * build: encoders that encode rows alike have equal texts. {@link #read} does not read them.
     */
    public static String writeEncoding(FeatureEncoder encoder) {
        ObjectNode root = encoding(encoder);
        putConditions(encoder, root);
        return JsonReader.pretty(root);
    }

    private static ObjectNode encoding(FeatureEncoder encoder) {
        ObjectNode root = JsonReader.newObject();
        boolean exact = encoder.markers().matching() == Matching.EXACT;
        root.put(JsonReader.FORMAT_VERSION, exact ? LAST_EXACT_VERSION : FORMAT_VERSION);
        root.put("inputTransform", JsonReader.camelCase(encoder.inputTransform()));
        ArrayNode markers = root.putArray("missingMarkers");
        encoder.markers().texts().forEach(markers::add);
        ArrayNode textNumbers = root.putArray("textNumbers");
        encoder.textNumbers().forEach(textNumbers::add);
        ArrayNode features = root.putArray("features");
        encoder.features().forEach(feature -> FeatureJson.write(feature, features.addObject()));
        return root;
    }

    private static void putConditions(FeatureEncoder encoder, ObjectNode root) {
        if (!encoder.conditions().isEmpty()) {
            ArrayNode conditions = root.putArray(CONDITIONS);
            encoder.conditions().forEach(feature -> conditions.add(feature.column()));
        }
    }

    /**
     * The encoder of a text, which error messages call {@code document}.
     *
     * @throws elbow.base.DocumentException if it is not such a text: names the field, the rule and what was found
     */
    public static FeatureEncoder read(String document, String text) {
        return JsonReader.read(document, text, reader -> read(document, reader));
    }

    private static FeatureEncoder read(String document, JsonReader reader) {
        int version = reader.formatVersion(1, FORMAT_VERSION);
        boolean first = version == 1;
        InputTransform transform = reader.constant("inputTransform", InputTransform.class);
        List<String> markers = first ? List.of() : reader.texts("missingMarkers");
        Set<String> textNumbers = first ? Set.of() : Set.copyOf(reader.texts("textNumbers"));
        List<Feature> features = reader.objects("features", first ? FeatureJson::readFirstVersion : FeatureJson::read);
        List<LeftOut> leftOut =
                reader.objects("leftOut", column -> new LeftOut(column.text("column"), column.text("reason")));
        List<String> conditions = reader.has(CONDITIONS) ? reader.texts(CONDITIONS) : List.of();
        int modelled = features.size() - conditions.size();
        List<String> last = features.stream()
                .skip(Math.max(0, modelled))
                .map(Feature::column)
                .toList();
        Check.argument(last.equals(conditions), document + ": conditions", "be the last features, " + last, conditions);
        Matching matching = version <= LAST_EXACT_VERSION ? Matching.EXACT : Matching.ANY_CASE;
        return new FeatureEncoder(features, modelled, transform, new Markers(markers, matching), textNumbers, leftOut);
    }
}
