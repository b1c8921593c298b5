package elbow.train.checkpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import elbow.base.JsonReader;
import elbow.base.Parameter;
import elbow.model.History;
import elbow.train.averaging.AveragingState;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A checkpoint as two files: {@code checkpoint.json}, and the vectors of its states one after the other, as
 * little-endian floats, in {@code state.bin}.
 */
final class CheckpointJson {
    private static final int FORMAT_VERSION = 1;

    private static final Map<String, String> FLAGS = Map.of(
            "--ignore",
            Parameter.IGNORE.name(),
            "--normal-only",
            Parameter.NORMAL_ONLY.name(),
            "--where",
            Parameter.WHERE.name(),
            "--select",
            Parameter.SELECT.name());

    private CheckpointJson() {}

    /** @param digest SHA-256 of the vectors, in hex */
    static String write(Checkpoint checkpoint, RunIdentity run, String digest) {
        ObjectNode json = JsonReader.newObject();
        json.put(JsonReader.FORMAT_VERSION, FORMAT_VERSION);
        json.put("frequency", checkpoint.frequency());
        json.put("damagedRounds", checkpoint.damagedRounds());
        json.put("kept", checkpoint.kept());
        json.set("seconds", JsonReader.number(checkpoint.seconds()));
        json.put("history", History.write(checkpoint.history()));
        write(json.putObject("state"), checkpoint.state());
        write(json.putObject("best"), checkpoint.best());
        json.put("vectors", digest);
        ObjectNode facts = json.putObject("run");
        run.facts().forEach(facts::put);
        return JsonReader.pretty(json);
    }

    static void writeVectors(Checkpoint checkpoint, OutputStream output) throws IOException {
        StoredVectors.write(vectors(checkpoint.state()), output);
        StoredVectors.write(vectors(checkpoint.best()), output);
    }

    /** Which run a checkpoint belongs to, and the digest that its vectors must have. */
    record Head(RunIdentity run, String digest) {}

    static Head readHead(String document, String text) {
        return JsonReader.read(document, text, CheckpointJson::readHead);
    }

    private static Head readHead(JsonReader json) {
        json.requireFormatVersion(FORMAT_VERSION);
        json.leaveRest();
        return new Head(new RunIdentity(facts(json.textMap("run"))), json.text("vectors"));
    }

    // Parameters may stand under the command line's flags instead of the API's names.
    private static SortedMap<String, String> facts(Map<String, String> run) {
        SortedMap<String, String> facts = new TreeMap<>();
        run.forEach((name, value) -> facts.put(FLAGS.getOrDefault(name, name), value));
        return facts;
    }

    /** @throws java.io.UncheckedIOException if the vectors cannot be read */
    static Checkpoint read(String document, String text, StoredVectors vectors) {
        return JsonReader.read(document, text, json -> read(document, json, vectors));
    }

    private static Checkpoint read(String document, JsonReader json, StoredVectors vectors) {
        AveragingState state = readState(json.object("state"), vectors);
        AveragingState best = readState(json.object("best"), vectors);
        if (vectors.bytesLeft() > 0) {
            throw new IllegalArgumentException(document + ": the vectors must end with the states, but have "
                    + vectors.bytesLeft() + " bytes more");
        }
        json.leaveRest();
        return new Checkpoint(
                json.integer("frequency"),
                json.integer("damagedRounds"),
                state,
                best,
                json.integer("kept"),
                json.number("seconds"),
                History.read(document + ": history", json.text("history")));
    }

    private static void write(ObjectNode json, AveragingState state) {
        json.put("step", state.step());
        json.put("round", state.round());
        json.put("parameters", state.parameters().length);
        json.put("moments", state.firstMoments() != null);
        json.put("velocity", state.velocity().length > 0);
        if (state.teacher() != null) {
            json.put("teacher", true);
        }
    }

    private static List<float[]> vectors(AveragingState state) {
        List<float[]> vectors = new ArrayList<>(List.of(state.parameters()));
        if (state.firstMoments() != null && state.secondMoments() != null) {
            vectors.add(state.firstMoments());
            vectors.add(state.secondMoments());
        }
        vectors.add(state.velocity());
        if (state.teacher() != null) {
            vectors.add(state.teacher());
        }
        return vectors;
    }

    private static AveragingState readState(JsonReader json, StoredVectors vectors) {
        int length = json.integer("parameters");
        boolean moments = json.flag("moments");
        float[] parameters = vectors.next(length);
        float @Nullable [] first = moments ? vectors.next(length) : null;
        float @Nullable [] second = moments ? vectors.next(length) : null;
        float[] velocity = vectors.next(json.flag("velocity") ? length : 0);
        // Runs that leave no rows out, all of earlier builds among them, have none.
        float @Nullable [] teacher = json.has("teacher") && json.flag("teacher") ? vectors.next(length) : null;
        return new AveragingState(
                json.longInteger("step"), json.integer("round"), parameters, first, second, velocity, teacher);
    }
}
