package elbow.model;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import elbow.base.Check;
import elbow.base.JsonReader;
import java.util.List;
import java.util.Optional;

/** {@value GroupNetworks#INDEX}, both ways: which groups there are, and where their parameters stand. */
final class GroupNetworksJson {
    private static final int FORMAT_VERSION = 1;

    private GroupNetworksJson() {}

    static String write(GroupNetworks networks) {
        ObjectNode json = JsonReader.newObject();
        json.put(JsonReader.FORMAT_VERSION, FORMAT_VERSION);
        networks.columns().forEach(json.putArray("columns")::add);
        json.put("leastRows", networks.leastRows());
        json.put("threshold", networks.threshold());
        json.put("parameters", networks.parameters());
        json.put("files", networks.files().size());
        ArrayNode groups = json.putArray("groups");
        for (TrainedGroup group : networks.groups()) {
            ObjectNode node = groups.addObject();
            node.put("key", group.key());
            node.put("trainingRows", group.trainingRows());
            node.put("heldOutRows", group.heldOutRows());
            node.put("fate", JsonReader.camelCase(group.fate()));
            node.set("gain", JsonReader.number(group.gain()));
            group.network().ifPresent(own -> {
                node.put("file", own.file());
                node.put("offset", own.offset());
                node.put("length", own.length());
                node.set("calibration", calibration(own.calibration()));
            });
        }
        return json.toString() + "\n";
    }

    // The ranks of scores that are all kept say nothing, and are a fifth of the file.
    private static ObjectNode calibration(Calibration calibration) {
        ObjectNode node = CalibrationJson.node(calibration);
        if (calibration.ranks().length == calibration.rows()) {
            node.remove("ranks");
        }
        return node;
    }

    /** How many files of parameters an index names. */
    static int files(String document, String text) {
        return JsonReader.read(document, text, json -> {
            int files = json.integer("files");
            json.leaveRest();
            return files;
        });
    }

    /** @param files the contents of the files of parameters */
    static GroupNetworks read(String document, String text, List<byte[]> files) {
        return JsonReader.read(document, text, json -> {
            json.requireFormatVersion(FORMAT_VERSION);
            int count = json.integer("files");
            Check.document(count == files.size(), document + ": files", "be " + files.size(), count);
            return new GroupNetworks(
                    json.texts("columns"),
                    json.integer("leastRows"),
                    json.number("threshold"),
                    json.integer("parameters"),
                    json.objects("groups", GroupNetworksJson::readGroup),
                    files);
        });
    }

    private static TrainedGroup readGroup(JsonReader json) {
        TrainedGroup.Fate fate = json.constant("fate", TrainedGroup.Fate.class);
        Optional<TrainedGroup.OwnNetwork> own = fate == TrainedGroup.Fate.OWN
                ? Optional.of(new TrainedGroup.OwnNetwork(
                        readCalibration(json.object("calibration")),
                        json.integer("file"),
                        json.integer("offset"),
                        json.integer("length")))
                : Optional.empty();
        return new TrainedGroup(
                json.text("key"),
                json.longInteger("trainingRows"),
                json.longInteger("heldOutRows"),
                fate,
                json.number("gain"),
                own.orElse(null));
    }

    private static Calibration readCalibration(JsonReader json) {
        return CalibrationJson.read(json);
    }
}
