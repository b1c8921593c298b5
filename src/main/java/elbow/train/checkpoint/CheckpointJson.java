package elbow.train.checkpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import elbow.base.JsonReader;
import elbow.base.Parameter;
import elbow.model.History;
import elbow.train.averaging.AveragingState;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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

    static byte[] vectors(Checkpoint checkpoint) {
        List<float[]> vectors = new ArrayList<>(vectors(checkpoint.state()));
        vectors.addAll(vectors(checkpoint.best()));
        int floats = vectors.stream().mapToInt(vector -> vector.length).reduce(0, Math::addExact);
        byte[] bytes = new byte[Math.multiplyExact(floats, Float.BYTES)];
        var target = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
        vectors.forEach(target::put);
        return bytes;
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

    static Checkpoint read(String document, String text, byte[] vectors) {
        return JsonReader.read(document, text, json -> read(document, json, vectors));
    }

    private static Checkpoint read(String document, JsonReader json, byte[] vectors) {
        ByteBuffer source = ByteBuffer.wrap(vectors).order(ByteOrder.LITTLE_ENDIAN);
        AveragingState state = readState(json.object("state"), source);
        AveragingState best = readState(json.object("best"), source);
        if (source.hasRemaining()) {
            throw new IllegalArgumentException(document + ": the vectors must end with the states, but have "
                    + source.remaining() + " bytes more");
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

    private static AveragingState readState(JsonReader json, ByteBuffer source) {
        int length = json.integer("parameters");
        boolean moments = json.flag("moments");
        float[] parameters = floats(json, source, length);
        float @Nullable [] first = moments ? floats(json, source, length) : null;
        float @Nullable [] second = moments ? floats(json, source, length) : null;
        float[] velocity = floats(json, source, json.flag("velocity") ? length : 0);
        // Runs that leave no rows out, all of earlier builds among them, have none.
        float @Nullable [] teacher = json.has("teacher") && json.flag("teacher") ? floats(json, source, length) : null;
        return new AveragingState(
                json.longInteger("step"), json.integer("round"), parameters, first, second, velocity, teacher);
    }

    private static float[] floats(JsonReader json, ByteBuffer source, int length) {
        if (length < 0 || length > source.remaining() / Float.BYTES) {
            throw new IllegalArgumentException(json.where() + ": the vectors must have " + length
                    + " floats more, but have " + source.remaining() / Float.BYTES);
        }
        float[] floats = new float[length];
        source.asFloatBuffer().get(floats);
        source.position(source.position() + length * Float.BYTES);
        return floats;
    }
}
