package elbow.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import elbow.base.JsonReader;
import java.util.Arrays;

/** {@code calibration.json}, both ways. */
final class CalibrationJson {
    private CalibrationJson() {}

    static String write(Calibration calibration) {
        ObjectNode json = JsonReader.newObject();
        json.put("rows", calibration.rows());
        json.put("samples", calibration.samples());
        json.put("thresholdQuantile", calibration.thresholdQuantile());
        json.put("threshold", calibration.threshold());
        Arrays.stream(calibration.scores()).forEach(json.putArray("scores")::add);
        Arrays.stream(calibration.ranks()).forEach(json.putArray("ranks")::add);
        return json.toString() + "\n";
    }

    static Calibration read(String document, String text) {
        JsonReader json = JsonReader.parse(document, text);
        long rows = json.longInteger("rows");
        int samples = json.integer("samples");
        double quantile = json.number("thresholdQuantile");
        double threshold = json.number("threshold");
        long[] ranks = Arrays.stream(json.numbers("ranks"))
                .mapToLong(rank -> (long) rank)
                .toArray();
        Calibration calibration = new Calibration(rows, json.numbers("scores"), ranks, quantile, samples);
        json.end();
        if (calibration.threshold() != threshold) {
            throw new IllegalArgumentException(document + ": threshold must be the " + quantile
                    + " quantile of the scores, " + calibration.threshold() + ", but is " + threshold);
        }
        return calibration;
    }
}
