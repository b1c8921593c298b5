package elbow.vae;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import elbow.base.JsonReader;
import elbow.math.Activation;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;

/** {@link VaeSpec} as JSON: all fields always there, unknown fields refused. */
public final class VaeSpecJson {
    /** The field that tells the members of a closed family apart. */
    private static final String TYPE = "type";

    private static final String CONSTANT = "constant";
    private static final String LINEAR = "linearWarmup";
    private static final String CYCLICAL = "cyclical";

    private VaeSpecJson() {}

    /** The tree of a spec. */
    public static ObjectNode write(VaeSpec spec) {
        ObjectNode node = JsonReader.newObject();
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
        }
        node.put("inputTransform", JsonReader.camelCase(spec.inputTransform()));
        write(spec.objective(), node.putObject("objective"));
        return node;
    }

    /**
     * The spec of a text, which error messages call {@code document}.
     *
     * @throws IllegalArgumentException naming the field that is unknown, missing, of the wrong type or out of range
     */
    public static VaeSpec read(String document, String text) {
        JsonReader reader = JsonReader.parse(document, text);
        VaeSpec spec = new VaeSpec(
                reader.integer("inputSize"),
                reader.integers("encoderSizes"),
                reader.integers("decoderSizes"),
                reader.integer("latentSize"),
                reader.constant("activation", Activation.class),
                reader.objects("likelihoods", VaeSpecJson::readGroup),
                reader.constant("inputTransform", InputTransform.class),
                readObjective(reader.object("objective")));
        reader.end();
        return spec;
    }

    private static LikelihoodGroup readGroup(JsonReader reader) {
        JsonReader settings = reader.object("likelihood");
        String name = settings.text(TYPE);
        Function<JsonReader, Likelihood> likelihoodReader = Likelihood.READERS.get(name);
        if (likelihoodReader == null) {
            throw unknownType(settings, new TreeSet<>(Likelihood.READERS.keySet()), name);
        }
        Likelihood likelihood = likelihoodReader.apply(settings);
        settings.end();
        return new LikelihoodGroup(likelihood, reader.integer("columns"));
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
