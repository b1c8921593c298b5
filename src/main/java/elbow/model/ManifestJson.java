package elbow.model;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import elbow.base.JsonReader;
import elbow.lake.TableVersion;
import elbow.model.Manifest.DataSummary;
import elbow.model.Manifest.TrainingSummary;
import java.util.List;
import java.util.Map;

/** {@code manifest.json}, both ways. */
public final class ManifestJson {
    private ManifestJson() {}

    /** The file's text. */
    public static String write(Manifest manifest) {
        ObjectNode json = JsonReader.newObject();
        json.put(JsonReader.FORMAT_VERSION, manifest.formatVersion());
        json.put("modelId", manifest.modelId());
        json.put("createdAt", manifest.createdAt().toString());
        json.put("network", manifest.network());
        json.put("parameters", manifest.parameters());
        json.put("seed", manifest.seed());
        json.put("anomalyScoreVersion", manifest.anomalyScoreVersion());
        putAll(json.putObject("versions"), manifest.versions());
        writeData(json.putObject("data"), manifest.data());
        writeTraining(json.putObject("training"), manifest.training());
        putAll(json.putObject("settings"), manifest.settings());
        putAll(json.putObject("files"), manifest.files());
        return JsonReader.pretty(json);
    }

    static Manifest read(String document, String text) {
        return JsonReader.read(document, text, ManifestJson::read);
    }

    private static Manifest read(JsonReader json) {
        int version = json.formatVersion(Manifest.FORMAT_VERSION, Manifest.GROUPS_FORMAT_VERSION);
        return new Manifest(
                version,
                json.text("modelId"),
                json.instant("createdAt"),
                json.text("network"),
                json.longInteger("parameters"),
                json.longInteger("seed"),
                // Models from before there was a second version do not say.
                json.has("anomalyScoreVersion") ? json.integer("anomalyScoreVersion") : 1,
                json.textMap("versions"),
                json.textMap("settings"),
                readData(json.object("data")),
                readTraining(json.object("training")),
                json.textMap("files"));
    }

    private static void writeData(ObjectNode json, DataSummary data) {
        data.inputs().forEach(json.putArray("inputs")::add);
        json.put("format", data.format());
        json.put("trainingRows", data.trainingRows());
        json.put("validationRows", data.validationRows());
        json.put("fingerprint", data.fingerprint());
        if (!data.tables().isEmpty()) {
            ArrayNode tables = json.putArray("tables");
            data.tables()
                    .forEach(table -> tables.addObject()
                            .put("name", table.table())
                            .put("version", table.version())
                            .put("committedAt", table.committedAt().toString()));
        }
    }

    private static DataSummary readData(JsonReader json) {
        DataSummary data = new DataSummary(
                json.texts("inputs"),
                json.text("format"),
                json.longInteger("trainingRows"),
                json.longInteger("validationRows"),
                json.text("fingerprint"),
                // Only models of tables with versions have any.
                json.has("tables") ? json.objects("tables", ManifestJson::readTable) : List.of());
        json.end();
        return data;
    }

    private static TableVersion readTable(JsonReader json) {
        TableVersion table =
                new TableVersion(json.text("name"), json.longInteger("version"), json.instant("committedAt"));
        json.end();
        return table;
    }

    private static void writeTraining(ObjectNode json, TrainingSummary training) {
        json.put("master", training.master());
        json.put("replicas", training.replicas());
        json.put("epochs", training.epochs());
        json.put("steps", training.steps());
        json.put("averagingFrequency", training.averagingFrequency());
        json.put("replicasLeftOut", training.replicasLeftOut());
        json.set("seconds", JsonReader.number(training.seconds()));
        json.set("examplesPerSecond", JsonReader.number(training.examplesPerSecond()));
        json.set("elboBefore", JsonReader.number(training.elboBefore()));
        json.set("elbo", JsonReader.number(training.elbo()));
        json.set("reconstruction", JsonReader.number(training.reconstruction()));
        json.set("kl", JsonReader.number(training.kl()));
        json.put("activeUnits", training.activeUnits());
    }

    private static TrainingSummary readTraining(JsonReader json) {
        TrainingSummary training = new TrainingSummary(
                json.text("master"),
                json.integer("replicas"),
                json.integer("epochs"),
                json.longInteger("steps"),
                // Models of the first version do not say.
                json.has("averagingFrequency") ? json.integer("averagingFrequency") : 0,
                json.has("replicasLeftOut") ? json.longInteger("replicasLeftOut") : 0,
                json.number("seconds"),
                json.number("examplesPerSecond"),
                json.number("elboBefore"),
                json.number("elbo"),
                json.number("reconstruction"),
                json.number("kl"),
                json.integer("activeUnits"));
        json.end();
        return training;
    }

    private static void putAll(ObjectNode json, Map<String, String> map) {
        map.forEach(json::put);
    }
}
