package elbow.model;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import elbow.base.JsonReader;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * {@code calibration.json}, both ways. Version 1, which had no field for its version, knows quantiles only and no
 * {@link NormalParts}; it is read, and not written.
 */
final class CalibrationJson {
    private static final int VERSION = 2;

    private CalibrationJson() {}

    static String write(Calibration calibration) {
        return node(calibration).toString() + "\n";
    }

    static ObjectNode node(Calibration calibration) {
        ObjectNode json = JsonReader.newObject();
        json.put(JsonReader.FORMAT_VERSION, VERSION);
        json.put("rows", calibration.rows());
        json.put("samples", calibration.samples());
        writeRule(json.putObject("rule"), calibration.rule());
        json.put("threshold", calibration.threshold());
        calibration.tail().ifPresent(tail -> writeTail(json.putObject("tail"), tail));
        calibration.normal().ifPresent(normal -> writeNormal(json.putObject("normal"), normal));
        Arrays.stream(calibration.scores()).forEach(json.putArray("scores")::add);
        Arrays.stream(calibration.ranks()).forEach(json.putArray("ranks")::add);
        return json;
    }

    static Calibration read(String document, String text) {
        return JsonReader.read(document, text, CalibrationJson::read);
    }

    static Calibration read(JsonReader json) {
        int version = json.has(JsonReader.FORMAT_VERSION) ? json.formatVersion(1, VERSION) : 1;
        ThresholdRule rule = version == 1
                ? new ThresholdRule.Quantile(json.number("thresholdQuantile"))
                : readRule(json.object("rule"));
        double threshold = json.number("threshold");
        double[] scores = json.numbers("scores");
        // Absent where all scores are kept.
        long[] ranks = json.has("ranks")
                ? Arrays.stream(json.numbers("ranks"))
                        .mapToLong(rank -> (long) rank)
                        .toArray()
                : LongStream.range(0, scores.length).toArray();
        Calibration calibration = new Calibration(
                json.longInteger("rows"),
                scores,
                ranks,
                rule,
                json.has("tail") ? Optional.of(readTail(json.object("tail"))) : Optional.empty(),
                json.integer("samples"),
                json.has("normal") ? Optional.of(readNormal(json.object("normal"))) : Optional.empty());
        json.end();
        if (calibration.threshold() != threshold) {
            throw new IllegalArgumentException(json.where() + ": threshold must be the " + rule.words()
                    + " of the scores, " + calibration.threshold() + ", but is " + threshold);
        }
        return calibration;
    }

    private static void writeRule(ObjectNode json, ThresholdRule rule) {
        if (rule instanceof ThresholdRule.Quantile quantile) {
            json.put("method", JsonReader.camelCase(ThresholdRule.Method.QUANTILE));
            json.put("quantile", quantile.quantile());
        } else if (rule instanceof ThresholdRule.Contamination contamination) {
            json.put("method", JsonReader.camelCase(ThresholdRule.Method.CONTAMINATION));
            json.put("share", contamination.share());
        } else if (rule instanceof ThresholdRule.Tail tail) {
            json.put("method", JsonReader.camelCase(ThresholdRule.Method.TAIL));
            json.put("risk", tail.risk());
            json.put("start", tail.start());
            json.put("fit", JsonReader.camelCase(tail.fit()));
        }
    }

    private static ThresholdRule readRule(JsonReader json) {
        ThresholdRule rule = switch (json.constant("method", ThresholdRule.Method.class)) {
            case QUANTILE -> new ThresholdRule.Quantile(json.number("quantile"));
            case CONTAMINATION -> new ThresholdRule.Contamination(json.number("share"));
            case TAIL ->
                new ThresholdRule.Tail(
                        json.number("risk"),
                        json.number("start"),
                        json.has("fit")
                                ? json.constant("fit", ThresholdRule.TailFitMethod.class)
                                : ThresholdRule.TailFitMethod.LIKELIHOOD);
        };
        json.end();
        return rule;
    }

    private static void writeTail(ObjectNode json, TailFit tail) {
        json.put("start", tail.start());
        json.put("above", tail.above());
        json.put("shape", tail.shape());
        json.put("scale", tail.scale());
        json.put("atBound", tail.atBound());
        if (tail.robust() != null) {
            ObjectNode robust = json.putObject("robust");
            robust.put("shape", tail.robust().shape());
            robust.put("scale", tail.robust().scale());
            tail.robust().apart().forEach(robust.putArray("apart")::add);
        }
    }

    // "atBound" and "robust" may be absent.
    private static TailFit readTail(JsonReader json) {
        TailFit tail = new TailFit(
                json.number("start"),
                json.number("above"),
                json.number("shape"),
                json.number("scale"),
                json.has("robust") ? readRobust(json.object("robust")) : null);
        if (json.has("atBound") && json.flag("atBound") != tail.atBound()) {
            throw new IllegalArgumentException(json.where() + ": atBound must be " + tail.atBound() + " for a shape of "
                    + tail.shape() + ", but is " + !tail.atBound());
        }
        json.end();
        return tail;
    }

    private static TailFit.Robust readRobust(JsonReader json) {
        TailFit.Robust robust = new TailFit.Robust(
                json.number("shape"),
                json.number("scale"),
                Arrays.stream(json.numbers("apart")).boxed().toList());
        json.end();
        return robust;
    }

    private static void writeNormal(ObjectNode json, NormalParts normal) {
        ArrayNode columns = json.putArray("columns");
        double[] means = normal.means();
        for (int i = 0; i < means.length; i++) {
            columns.addObject().put("column", normal.columns().get(i)).put("nats", means[i]);
        }
        json.put("latent", normal.latent());
    }

    private record ColumnMean(String column, double nats) {}

    private static NormalParts readNormal(JsonReader json) {
        List<ColumnMean> columns =
                json.objects("columns", column -> new ColumnMean(column.text("column"), column.number("nats")));
        NormalParts normal = new NormalParts(
                columns.stream().map(ColumnMean::column).toList(),
                columns.stream().mapToDouble(ColumnMean::nats).toArray(),
                json.number("latent"));
        json.end();
        return normal;
    }
}
