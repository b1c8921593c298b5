package elbow.quality;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import elbow.base.JsonReader;
import java.util.Locale;

/** The quality of a synthetic table as JSON. */
public final class TableQualityJson {
    private TableQualityJson() {}

    /** All figures; those that say nothing are null. */
    public static String write(TableQuality quality) {
        ObjectNode root = JsonReader.newObject();
        root.put("rows", quality.syntheticRows()).put("realRows", quality.realRows());
        quality.holdoutRows().ifPresent(rows -> root.put("holdoutRows", rows));
        put(root, "columnShapes", quality.columnShapes());
        put(root, "pairTrends", quality.pairTrends());
        put(root, "copies", quality.copies());
        quality.closest().ifPresent(closest -> {
            put(root, "holdoutCopies", quality.holdoutCopies());
            put(root, "distanceToReal", closest.toReal());
            put(root, "distanceToHoldout", closest.toHoldout());
            put(root, "holdoutDistanceToReal", closest.holdoutToReal());
            put(root, "closerToReal", closest.closerToReal());
            root.put("sampledRows", closest.rows()).put("sampledRealRows", closest.others());
        });
        quality.usefulness().ifPresent(found -> usefulness(found, root.putObject("usefulness")));
        ArrayNode shapes = root.putArray("columns");
        for (ColumnShape shape : quality.shapes()) {
            ObjectNode node = shapes.addObject().put("column", shape.column().name());
            node.put("kind", shape.column().kind().name().toLowerCase(Locale.ROOT));
            put(node, "score", shape.score());
            put(node, "realMissing", shape.realMissing());
            put(node, "syntheticMissing", shape.syntheticMissing());
        }
        ArrayNode trends = root.putArray("pairs");
        for (PairTrend trend : quality.trends()) {
            ObjectNode node = trends.addObject().put("first", trend.first()).put("second", trend.second());
            node.put("method", trend.method().name().toLowerCase(Locale.ROOT));
            put(node, "score", trend.score());
            if (trend.method() == PairTrend.Method.CORRELATION) {
                put(node, "real", trend.real());
                put(node, "synthetic", trend.synthetic());
            }
        }
        ObjectNode leftOut = root.putObject("leftOut");
        quality.leftOut().forEach(leftOut::put);
        return JsonReader.pretty(root);
    }

    private static void usefulness(Usefulness found, ObjectNode node) {
        node.put("target", found.target())
                .put("task", found.task().name().toLowerCase(Locale.ROOT))
                .put("trainingRows", found.trainingRows())
                .put("syntheticTrainingRows", found.syntheticTrainingRows())
                .put("testRows", found.testRows());
        put(node, "real", found.real().score());
        put(node, "synthetic", found.synthetic().score());
        put(node, "realAuroc", found.real().ranking());
        put(node, "syntheticAuroc", found.synthetic().ranking());
        put(node, "chance", found.chance());
    }

    private static void put(ObjectNode node, String name, double value) {
        node.set(name, JsonReader.numberOrNull(value));
    }
}
