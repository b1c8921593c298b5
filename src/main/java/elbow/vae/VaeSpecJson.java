package elbow.vae;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import elbow.base.Check;
import elbow.math.Activation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** {@link VaeSpec} as a JSON tree: all fields always there, unknown fields refused. */
public final class VaeSpecJson {
    private static final String CONSTANT = "constant";
    private static final String LINEAR = "linearWarmup";
    private static final String CYCLICAL = "cyclical";

    private VaeSpecJson() {}

    /** The tree of a spec. */
    public static ObjectNode write(VaeSpec spec) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("inputSize", spec.inputSize());
        sizes(node.putArray("encoderSizes"), spec.encoderSizes());
        sizes(node.putArray("decoderSizes"), spec.decoderSizes());
        node.put("latentSize", spec.latentSize());
        node.put("activation", JsonFields.name(spec.activation()));
        ArrayNode likelihoods = node.putArray("likelihoods");
        for (LikelihoodGroup group : spec.likelihoods()) {
            ObjectNode entry = likelihoods.addObject();
            entry.put("columns", group.columns());
            ObjectNode settings = entry.putObject("likelihood");
            settings.put(JsonFields.TYPE, group.likelihood().name());
            group.likelihood().writeSettings(settings);
        }
        node.put("inputTransform", JsonFields.name(spec.inputTransform()));
        write(spec.objective(), node.putObject("objective"));
        return node;
    }

    /**
     * The spec of a tree.
     *
     * @throws IllegalArgumentException naming the field that is unknown, missing, of the wrong type or out of range
     */
    public static VaeSpec read(JsonNode node) {
        JsonFields.requireOnly(
                node,
                "",
                "inputSize",
                "encoderSizes",
                "decoderSizes",
                "latentSize",
                "activation",
                "likelihoods",
                "inputTransform",
                "objective");
        return new VaeSpec(
                JsonFields.integer(node, "inputSize"),
                list(node, "encoderSizes", size -> JsonFields.integer("encoderSizes", size)),
                list(node, "decoderSizes", size -> JsonFields.integer("decoderSizes", size)),
                JsonFields.integer(node, "latentSize"),
                JsonFields.constant(node, "activation", Activation.class),
                list(node, "likelihoods", VaeSpecJson::readGroup),
                JsonFields.constant(node, "inputTransform", InputTransform.class),
                readObjective(JsonFields.required(node, "objective")));
    }

    private static LikelihoodGroup readGroup(JsonNode node) {
        JsonFields.requireOnly(node, "", "columns", "likelihood");
        JsonNode settings = JsonFields.required(node, "likelihood");
        String name = JsonFields.text(settings, JsonFields.TYPE);
        Function<JsonNode, Likelihood> reader = Likelihood.READERS.get(name);
        if (reader == null) {
            throw new IllegalArgumentException(
                    "field likelihood must be one of " + Likelihood.READERS.keySet() + ", but is " + name);
        }
        return new LikelihoodGroup(reader.apply(settings), JsonFields.integer(node, "columns"));
    }

    private static void write(Objective objective, ObjectNode node) {
        node.put("bound", JsonFields.name(objective.bound()));
        node.put("samples", objective.samples());
        node.put("beta", objective.beta());
        node.put("freeBits", objective.freeBits());
        ObjectNode schedule = node.putObject("klSchedule");
        if (objective.klSchedule() instanceof KlSchedule.LinearWarmup linear) {
            schedule.put(JsonFields.TYPE, LINEAR).put("steps", linear.steps());
        } else if (objective.klSchedule() instanceof KlSchedule.Cyclical cyclical) {
            schedule.put(JsonFields.TYPE, CYCLICAL).put("period", cyclical.period());
            schedule.put("cycles", cyclical.cycles()).put("rampFraction", cyclical.rampFraction());
        } else {
            schedule.put(JsonFields.TYPE, CONSTANT);
        }
    }

    private static Objective readObjective(JsonNode node) {
        JsonFields.requireOnly(node, "", "bound", "samples", "beta", "freeBits", "klSchedule");
        return new Objective(
                JsonFields.constant(node, "bound", Bound.class),
                JsonFields.integer(node, "samples"),
                JsonFields.number(node, "beta"),
                JsonFields.number(node, "freeBits"),
                readSchedule(JsonFields.required(node, "klSchedule")));
    }

    private static KlSchedule readSchedule(JsonNode node) {
        String type = JsonFields.text(node, JsonFields.TYPE);
        return switch (type) {
            case CONSTANT -> {
                JsonFields.requireOnly(node, CONSTANT);
                yield new KlSchedule.Constant();
            }
            case LINEAR -> {
                JsonFields.requireOnly(node, LINEAR, "steps");
                yield new KlSchedule.LinearWarmup(JsonFields.longInteger(node, "steps"));
            }
            case CYCLICAL -> {
                JsonFields.requireOnly(node, CYCLICAL, "period", "cycles", "rampFraction");
                yield new KlSchedule.Cyclical(
                        JsonFields.longInteger(node, "period"),
                        JsonFields.integer(node, "cycles"),
                        JsonFields.number(node, "rampFraction"));
            }
            default ->
                throw new IllegalArgumentException(
                        "field klSchedule must be one of " + List.of(CONSTANT, LINEAR, CYCLICAL) + ", but is " + type);
        };
    }

    private static void sizes(ArrayNode node, List<Integer> sizes) {
        sizes.forEach(node::add);
    }

    private static <T> List<T> list(JsonNode node, String field, Function<JsonNode, T> reader) {
        JsonNode array = JsonFields.required(node, field);
        Check.argument(array.isArray(), "field " + field, "be an array", array);
        List<T> list = new ArrayList<>();
        array.forEach(element -> list.add(reader.apply(element)));
        return list;
    }
}
