package elbow.density;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import elbow.base.Check;
import elbow.base.JsonReader;
import elbow.data.encoding.Margin;
import elbow.data.encoding.ShareCurve;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** {@code densities.json}, both ways: {@link FittedDensities}. */
public final class FittedDensitiesJson {
    private static final int FORMAT_VERSION = 1;

    private FittedDensitiesJson() {}

    /** The file's text; equal densities have equal texts. */
    public static String write(FittedDensities densities) {
        ObjectNode json = JsonReader.newObject();
        json.put("formatVersion", FORMAT_VERSION);
        densities.latents().ifPresent(mixture -> write(mixture, json.putArray("components")));
        ArrayNode margins = json.putArray("margins");
        densities.margins().forEach((column, margin) -> {
            ObjectNode node = margins.addObject();
            node.put("column", column);
            write(margin.drawn(), node.putObject("drawn"));
            write(margin.training(), node.putObject("training"));
        });
        return json + "\n";
    }

    private static void write(LatentMixture mixture, ArrayNode components) {
        for (int k = 0; k < mixture.components(); k++) {
            ObjectNode node = components.addObject();
            node.put("weight", mixture.weight(k));
            put(mixture.mean(k), node.putArray("mean"));
            put(mixture.factor(k), node.putArray("factor"));
        }
    }

    private static void write(ShareCurve curve, ObjectNode node) {
        put(curve.numbers(), node.putArray("numbers"));
        putCounts(curve.below(), node.putArray("below"));
        putCounts(curve.upTo(), node.putArray("upTo"));
    }

    private static void put(double[] numbers, ArrayNode array) {
        for (double number : numbers) {
            array.add(number);
        }
    }

    private static void putCounts(double[] counts, ArrayNode array) {
        for (double count : counts) {
            array.add((long) count);
        }
    }

    /**
     * Reads what {@link #write} has written.
     *
     * @param latents how many the model has
     * @param columns those of which draws may be moved
     * @throws elbow.base.DocumentException that names the field, the rule and what was found, if it is not such a text
     */
    public static FittedDensities read(String document, String text, int latents, List<String> columns) {
        return JsonReader.read(document, text, json -> {
            int version = json.integer("formatVersion");
            Check.document(version == FORMAT_VERSION, document, "have formatVersion " + FORMAT_VERSION, version);
            Optional<LatentMixture> mixture = json.has("components") ? Optional.of(mixture(json)) : Optional.empty();
            mixture.ifPresent(found -> Check.document(
                    found.latents() == latents, document, "be of " + latents + " latents", found.latents()));
            return new FittedDensities(mixture, margins(document, json, columns));
        });
    }

    private static LatentMixture mixture(JsonReader json) {
        List<double[]> means = new ArrayList<>();
        List<double[]> factors = new ArrayList<>();
        List<Double> weights = json.objects("components", component -> {
            means.add(component.numbers("mean"));
            factors.add(component.numbers("factor"));
            return component.number("weight");
        });
        return new LatentMixture(
                weights.stream().mapToDouble(Double::doubleValue).toArray(),
                means.toArray(double[][]::new),
                factors.toArray(double[][]::new));
    }

    private static Map<String, Margin> margins(String document, JsonReader json, List<String> columns) {
        Map<String, Margin> margins = new TreeMap<>();
        for (Map.Entry<String, Margin> margin : json.objects(
                "margins",
                column -> Map.entry(
                        column.text("column"),
                        new Margin(curve(column.object("drawn")), curve(column.object("training")))))) {
            Check.document(
                    columns.contains(margin.getKey()),
                    document,
                    "have margins of columns of numbers, " + columns,
                    margin.getKey());
            margins.put(margin.getKey(), margin.getValue());
        }
        return margins;
    }

    private static ShareCurve curve(JsonReader json) {
        ShareCurve curve = new ShareCurve(json.numbers("numbers"), json.numbers("below"), json.numbers("upTo"));
        json.end();
        return curve;
    }
}
