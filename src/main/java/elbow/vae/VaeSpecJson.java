package elbow.vae;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import elbow.base.JsonReader;
import elbow.math.Activation;
import elbow.vae.input.InputTransform;
import elbow.vae.likelihood.InputScale;
import elbow.vae.likelihood.Likelihood;
import elbow.vae.likelihood.LikelihoodGroup;
import elbow.vae.likelihood.LikelihoodReaders;
import elbow.vae.objective.Bound;
import elbow.vae.objective.KlSchedule;
import elbow.vae.objective.Objective;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * {@link VaeSpec} as JSON: all fields always there, unknown fields refused.
 *
 * <p>Version 1, which had no field {@code formatVersion}, knew neither missing columns nor input scales; it is read as
 * having none.
 */
public final class VaeSpecJson {
    private static final int FORMAT_VERSION = 2;

    private static final String VERSION = "formatVersion";

    /** The field that tells the members of a closed family apart. */
    private static final String TYPE = "type";

    private static final String CONSTANT = "constant";
    private static final String LINEAR = "linearWarmup";
    private static final String CYCLICAL = "cyclical";

    private VaeSpecJson() {}

    /** The tree of a spec. */
    public static ObjectNode write(VaeSpec spec) {
        ObjectNode node = JsonReader.newObject();
        node.put(VERSION, FORMAT_VERSION);
        node.put("inputSize", spec.inputSize());
        spec.encoderSizes().forEach(node.putArray("encoderSizes")::add);
        spec.decoderSizes().forEach(node.putArray("decoderSizes")::add);
        node.put("latentSize", spec.latentSize());
        node.put("activation", JsonReader.camelCase(spec.activation()));
        ArrayNode likelihoods = node.putArray("likelihoods");
        for (LikelihoodGroup group : spec.likelihoods()) {
            ObjectNode entry = likelihoods.addObject();
            entry.put("columns", group.columns());
            ObjectNode settings = entry.putObject("likelihood");
            settings.put(TYPE, group.likelihood().name());
            group.likelihood().writeSettings(settings);
            ObjectNode scale = entry.putObject("inputScale");
            group.inputScale().centres().forEach(scale.putArray("centres")::add);
            group.inputScale().factors().forEach(scale.putArray("factors")::add);
        }
        node.put("inputTransform", JsonReader.camelCase(spec.inputTransform()));
        write(spec.objective(), node.putObject("objective"));
        spec.missingColumns().forEach(node.putArray("missingColumns")::add);
        return node;
    }

    /**
     * The spec of a text, which error messages call {@code document}.
     *
     * @throws IllegalArgumentException naming the field that is unknown, missing, of the wrong type or out of range
     */
    public static VaeSpec read(String document, String text) {
        JsonReader reader = JsonReader.parse(document, text);
        int version = reader.has(VERSION) ? reader.integer(VERSION) : 1;
        if (version < 1 || version > FORMAT_VERSION) {
            throw new IllegalArgumentException(
                    document + ": " + VERSION + " must lie in 1.." + FORMAT_VERSION + ", but is " + version);
        }
        VaeSpec spec = new VaeSpec(
                reader.integer("inputSize"),
                reader.integers("encoderSizes"),
                reader.integers("decoderSizes"),
                reader.integer("latentSize"),
                reader.constant("activation", Activation.class),
                reader.objects("likelihoods", group -> readGroup(group, version)),
                reader.constant("inputTransform", InputTransform.class),
                readObjective(reader.object("objective")),
                version == 1 ? List.of() : reader.integers("missingColumns"));
        reader.end();
        return spec;
    }

    private static LikelihoodGroup readGroup(JsonReader reader, int version) {
        JsonReader settings = reader.object("likelihood");
        String name = settings.text(TYPE);
        Function<JsonReader, Likelihood> likelihoodReader = LikelihoodReaders.ALL.get(name);
        if (likelihoodReader == null) {
            throw unknownType(settings, new TreeSet<>(LikelihoodReaders.ALL.keySet()), name);
        }
        Likelihood likelihood = likelihoodReader.apply(settings);
        settings.end();
        InputScale scale = version == 1 ? InputScale.NONE : readScale(reader.object("inputScale"));
        return new LikelihoodGroup(likelihood, reader.integer("columns"), scale);
    }

    private static InputScale readScale(JsonReader reader) {
        InputScale scale = new InputScale(
                Arrays.stream(reader.numbers("centres")).boxed().toList(),
                Arrays.stream(reader.numbers("factors")).boxed().toList());
        reader.end();
        return scale;
    }

    private static void write(Objective objective, ObjectNode node) {
        node.put("bound", JsonReader.camelCase(objective.bound()));
        node.put("samples", objective.samples());
        node.put("beta", objective.beta());
        node.put("freeBits", objective.freeBits());
        ObjectNode schedule = node.putObject("klSchedule");
        if (objective.klSchedule() instanceof KlSchedule.LinearWarmup linear) {
            schedule.put(TYPE, LINEAR).put("steps", linear.steps());
        } else if (objective.klSchedule() instanceof KlSchedule.Cyclical cyclical) {
            schedule.put(TYPE, CYCLICAL).put("period", cyclical.period());
            schedule.put("cycles", cyclical.cycles()).put("rampFraction", cyclical.rampFraction());
        } else {
            schedule.put(TYPE, CONSTANT);
        }
    }

    private static Objective readObjective(JsonReader reader) {
        Objective objective = new Objective(
                reader.constant("bound", Bound.class),
                reader.integer("samples"),
                reader.number("beta"),
                reader.number("freeBits"),
                readSchedule(reader.object("klSchedule")));
        reader.end();
        return objective;
    }

    private static KlSchedule readSchedule(JsonReader reader) {
        String type = reader.text(TYPE);
        KlSchedule schedule = switch (type) {
            case CONSTANT -> new KlSchedule.Constant();
            case LINEAR -> new KlSchedule.LinearWarmup(reader.longInteger("steps"));
            case CYCLICAL ->
                new KlSchedule.Cyclical(
                        reader.longInteger("period"), reader.integer("cycles"), reader.number("rampFraction"));
            default -> throw unknownType(reader, List.of(CONSTANT, LINEAR, CYCLICAL), type);
        };
        reader.end();
        return schedule;
    }

    private static IllegalArgumentException unknownType(JsonReader reader, Collection<String> known, String found) {
        return new IllegalArgumentException(reader.where() + ": " + TYPE + " must be one of " + String.join(", ", known)
                + ", but is \"" + found + "\"");
    }
}
