package elbow.compare;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import elbow.base.JsonReader;
import elbow.base.Secrets;
import elbow.compare.ModelComparison.Changed;
import elbow.compare.ModelComparison.ColumnDifference;
import elbow.compare.ModelComparison.Difference;
import elbow.compare.ModelComparison.FlagCounts;
import elbow.compare.ModelComparison.ScoreGrid;
import elbow.compare.ModelComparison.Side;
import java.util.List;

/** A comparison of models as JSON. */
public final class ComparisonJson {
    private ComparisonJson() {}

    /** All figures; those that say nothing are null. */
    public static String write(ModelComparison comparison) {
        FlagCounts flags = comparison.flags();
        ObjectNode root = JsonReader.newObject();
        root.put("rows", comparison.rows()).put("notFinite", comparison.notFinite());
        root.put("comparable", comparison.comparability().isComparable());
        comparison.comparability().objections().forEach(root.putArray("objections")::add);
        comparison.comparability().remarks().forEach(root.putArray("remarks")::add);
        put(root.putObject("a"), comparison.first()).put("flagged", flags.both() + flags.onlyFirst());
        put(root.putObject("b"), comparison.second()).put("flagged", flags.both() + flags.onlySecond());
        ObjectNode difference = root.putObject("difference");
        put(difference, comparison.difference());
        put(difference, "kl", comparison.kl().value());
        put(difference, "klStandardError", comparison.kl().standardError());
        put(root, "rankCorrelation", comparison.rankCorrelation());
        put(root.putObject("scores"), comparison.scores());
        ObjectNode flagged = root.putObject("flagged").put("both", flags.both());
        flagged.put("onlyA", flags.onlyFirst()).put("onlyB", flags.onlySecond()).put("neither", flags.neither());
        put(flagged, "overlap", flags.overlap());
        ArrayNode columns = root.putArray("columns");
        comparison.columns().forEach(column -> put(columns.addObject(), column));
        put(root.putArray("onlyA"), comparison.shown(), comparison.onlyFirst());
        put(root.putArray("onlyB"), comparison.shown(), comparison.onlySecond());
        return JsonReader.pretty(root);
    }

    private static ObjectNode put(ObjectNode node, Side side) {
        node.put("model", Secrets.mask(side.name())).put("modelId", side.modelId());
        node.put("network", side.network()).put("parameters", side.parameters());
        node.put("createdAt", side.created().toString()).put("samples", side.samples());
        put(node, "threshold", side.threshold());
        put(node, "elbo", side.elbo().value());
        put(node, "elboStandardError", side.elbo().standardError());
        put(node, "kl", side.kl());
        return node;
    }

    private static void put(ObjectNode node, Difference difference) {
        put(node, "elbo", difference.mean().value());
        put(node, "elboStandardError", difference.mean().standardError());
        node.put("higherInA", difference.lower()).put("higherInB", difference.higher());
        node.put("equal", difference.equal());
        ObjectNode histogram = node.putObject("histogram");
        put(histogram, difference.bars().bins());
        difference.bars().inBins().forEach(histogram.putArray("rows")::add);
        histogram
                .put("below", difference.bars().below())
                .put("above", difference.bars().above());
    }

    private static void put(ObjectNode node, ScoreGrid grid) {
        put(node.putObject("a"), grid.first());
        put(node.putObject("b"), grid.second());
        ArrayNode rows = node.putArray("rows");
        for (int first = 0; first < grid.first().count(); first++) {
            ArrayNode ofFirst = rows.addArray();
            for (int second = 0; second < grid.second().count(); second++) {
                ofFirst.add(grid.rows(first, second));
            }
        }
    }

    private static void put(ObjectNode node, Bins bins) {
        put(node, "first", bins.first());
        put(node, "width", bins.width());
        node.put("count", bins.count());
    }

    private static void put(ObjectNode node, ColumnDifference column) {
        node.put("column", column.column());
        put(node, "likelihoodA", column.firstLikelihood());
        put(node, "likelihoodB", column.secondLikelihood());
        put(node, "a", column.first());
        put(node, "b", column.second());
        put(node, "difference", column.difference().value());
        put(node, "standardError", column.difference().standardError());
    }

    private static void put(ArrayNode rows, List<String> shown, List<Changed> changed) {
        for (Changed row : changed) {
            ObjectNode node = rows.addObject();
            put(node, "scoreA", row.first());
            put(node, "scoreB", row.second());
            put(node, "tailProbabilityA", row.firstTail());
            put(node, "tailProbabilityB", row.secondTail());
            put(node, "picture", row.picture());
            ObjectNode values = node.putObject("values");
            for (int i = 0; i < shown.size(); i++) {
                values.put(shown.get(i), row.values().get(i));
            }
        }
    }

    private static void put(ObjectNode node, String name, String text) {
        node.put(name, text.isEmpty() ? null : text);
    }

    private static void put(ObjectNode node, String name, double number) {
        node.set(name, JsonReader.numberOrNull(number));
    }
}
