package elbow.model;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import elbow.base.JsonReader;
import elbow.data.feature.FeatureLayout;
import elbow.data.reference.MarginalTails;
import elbow.data.reference.MarginalTails.Tail;
import java.util.List;

/** {@code tails.json}, both ways: how far out values lie in their columns' own distributions. */
final class MarginalTailsJson {
    private static final int FORMAT_VERSION = 1;

    private MarginalTailsJson() {}

    static String write(MarginalTails tails) {
        ObjectNode json = JsonReader.newObject();
        json.put(JsonReader.FORMAT_VERSION, FORMAT_VERSION);
        json.put("weight", tails.weight());
        ArrayNode columns = json.putArray("columns");
        for (Tail tail : tails.tails()) {
            ObjectNode object = columns.addObject();
            object.put("column", tail.column());
            ArrayNode knots = object.putArray("knots");
            for (float knot : tail.knots()) {
                knots.add(knot);
            }
            ArrayNode nats = object.putArray("nats");
            for (float cost : tail.nats()) {
                nats.add(cost);
            }
            object.put("beyond", tail.beyond());
        }
        return json + "\n";
    }

    static MarginalTails read(String document, String text, FeatureLayout layout) {
        return JsonReader.read(document, text, json -> {
            json.requireFormatVersion(FORMAT_VERSION);
            double weight = json.number("weight");
            List<Tail> tails = json.objects(
                    "columns",
                    column -> new Tail(
                            column.text("column"),
                            floats(column.numbers("knots")),
                            floats(column.numbers("nats")),
                            (float) column.number("beyond")));
            return new MarginalTails(weight, tails, layout);
        });
    }

    private static float[] floats(double[] numbers) {
        float[] floats = new float[numbers.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) numbers[i];
        }
        return floats;
    }
}
