package elbow.export;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import elbow.base.JsonReader;
import elbow.data.feature.CategoricalFeature;
import elbow.data.feature.Feature;
import elbow.data.feature.OrdinalFeature;
import elbow.data.feature.TimeFeature;
import elbow.data.feature.TimePart;
import elbow.model.TrainedModel;
import java.util.List;
import java.util.Map;

/** {@value #FILE}: what is in an exported directory, for programs. It comes last: a directory with it is whole. */
final class Description {
    static final String FILE = "description.json";

    private static final int FORMAT_VERSION = 1;
    private static final String NAME = "name";

    private Description() {}

    /** The file's text. */
    static String of(TrainedModel model, Map<GraphKind, Graph> graphs) {
        ObjectNode root = JsonReader.newObject();
        root.put(JsonReader.FORMAT_VERSION, FORMAT_VERSION)
                .put("modelId", model.manifest().modelId())
                .put("latents", model.layer().spec().latentSize())
                .put("threshold", model.calibration().threshold())
                .put("scoringSamples", model.layer().scoringSamples());
        ArrayNode columns = root.putArray("columns");
        for (Feature feature : model.encoder().features()) {
            write(feature, model.encoder().conditions().contains(feature), columns.addObject());
        }
        ObjectNode files = root.putObject("graphs");
        graphs.forEach((kind, graph) -> {
            ObjectNode node = files.putObject(kind.word()).put("file", kind.file());
            write(graph.inputs(), node.putArray("inputs"));
            write(graph.outputs(), node.putArray("outputs"));
        });
        return JsonReader.pretty(root);
    }

    private static void write(Feature feature, boolean isCondition, ObjectNode node) {
        node.put(NAME, feature.column())
                .put("kind", JsonReader.camelCase(feature.type()))
                .put("role", isCondition ? "condition" : "modelled");
        if (feature instanceof CategoricalFeature category) {
            category.categories().forEach(node.putArray("categories")::add);
            category.others().forEach(node.putArray("others")::add);
        } else if (feature instanceof OrdinalFeature ordinal) {
            ordinal.levels().forEach(node.putArray("categories")::add);
        } else if (feature instanceof TimeFeature time) {
            ArrayNode parts = node.putArray("parts");
            for (TimePart part : time.parts()) {
                parts.addObject().put("period", JsonReader.camelCase(part)).put("seconds", part.period());
            }
        }
    }

    private static void write(List<TensorShape> shapes, ArrayNode list) {
        for (TensorShape shape : shapes) {
            ObjectNode node = list.addObject()
                    .put(NAME, shape.name())
                    .put("type", shape.type().numpy());
            shape.shape().forEach(node.putArray("shape")::add);
        }
    }
}
