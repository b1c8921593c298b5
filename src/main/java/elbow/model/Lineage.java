package elbow.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import elbow.base.Check;
import elbow.base.JsonReader;
import elbow.base.Secrets;
import java.util.List;

/**
 * {@code lineage.json}: the model that another one was trained from, and how both did on the rows that were held out
 * from the new ones. A file of its own, which builds that do not know it pass over.
 *
 * @param parent id of the model that it started from
 * @param place where that one was, without secrets
 * @param ancestors ids of that one's own ancestors, the nearest first
 * @param encoderKept whether the encoder is that one's
 * @param parametersTaken how many parameters it started from
 * @param heldOut how many rows both were compared on
 * @param before that model on these rows, by its own threshold
 * @param after this one, by its own
 */
public record Lineage(
        String parent,
        String place,
        List<String> ancestors,
        boolean encoderKept,
        long parametersTaken,
        long heldOut,
        Figures before,
        Figures after) {
    private static final int FORMAT_VERSION = 1;

    /**
     * How a model does on rows.
     *
     * @param elbo mean ELBO, in nats per row of the original columns
     * @param flaggedShare share of the rows whose anomaly score is above the threshold, in [0, 1]
     */
    public record Figures(double elbo, double flaggedShare) {
        private static Figures read(JsonReader json) {
            Figures figures = new Figures(json.number("elbo"), json.number("flaggedShare"));
            json.end();
            return figures;
        }

        private void write(ObjectNode json) {
            json.set("elbo", JsonReader.number(elbo));
            json.set("flaggedShare", JsonReader.number(flaggedShare));
        }
    }

    public Lineage {
        Manifest.requireModelId("parent", parent);
        ancestors = List.copyOf(ancestors);
        for (String ancestor : ancestors) {
            Manifest.requireModelId("ancestor", ancestor);
        }
        Check.argument(parametersTaken >= 0, "parametersTaken", "be at least 0", parametersTaken);
        Check.argument(heldOut >= 0, "heldOut", "be at least 0", heldOut);
        place = Secrets.mask(place);
    }

    /** As text, which {@link #fromJson} reads. */
    public String toJson() {
        ObjectNode json = JsonReader.newObject();
        json.put(JsonReader.FORMAT_VERSION, FORMAT_VERSION);
        json.put("parent", parent);
        json.put("place", place);
        ancestors.forEach(json.putArray("ancestors")::add);
        json.put("encoderKept", encoderKept);
        json.put("parametersTaken", parametersTaken);
        json.put("heldOut", heldOut);
        before.write(json.putObject("before"));
        after.write(json.putObject("after"));
        return JsonReader.pretty(json);
    }

    /**
     * The lineage of a text, which error messages call {@code document}.
     *
     * @throws elbow.base.DocumentException if it is not such a text: names the field, the rule and what was found
     */
    public static Lineage fromJson(String document, String text) {
        return JsonReader.read(document, text, Lineage::read);
    }

    private static Lineage read(JsonReader json) {
        json.requireFormatVersion(FORMAT_VERSION);
        return new Lineage(
                json.text("parent"),
                json.text("place"),
                json.texts("ancestors"),
                json.flag("encoderKept"),
                json.longInteger("parametersTaken"),
                json.longInteger("heldOut"),
                Figures.read(json.object("before")),
                Figures.read(json.object("after")));
    }
}
