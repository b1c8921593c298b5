package elbow.vae.objective;

import com.fasterxml.jackson.databind.node.ObjectNode;
import elbow.base.JsonReader;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * {@link Objective} as JSON. What came later, {@code freeBitsScope}, {@code capacity} and {@code maskShare}, is there
 * only if it is not the default: a spec that knows nothing of it has the text that it always had.
 */
public final class ObjectiveJson {
    private static final String BOUND = "bound";
    private static final String SAMPLES = "samples";
    private static final String BETA = "beta";
    private static final String FREE_BITS = "freeBits";
    private static final String FREE_BITS_SCOPE = "freeBitsScope";
    private static final String SCHEDULE = "klSchedule";
    private static final String CAPACITY = "capacity";
    private static final String MASK_SHARE = "maskShare";
    private static final String MAXIMUM = "maximum";
    private static final String STEPS = "steps";

    private static final String CONSTANT = "constant";
    private static final String LINEAR = "linearWarmup";
    private static final String CYCLICAL = "cyclical";

    private static final Map<String, Function<JsonReader, KlSchedule>> SCHEDULES = Map.of(
            CONSTANT,
            settings -> new KlSchedule.Constant(),
            LINEAR,
            settings -> new KlSchedule.LinearWarmup(settings.longInteger(STEPS)),
            CYCLICAL,
            settings -> new KlSchedule.Cyclical(
                    settings.longInteger("period"), settings.integer("cycles"), settings.number("rampFraction")));

    private ObjectiveJson() {}

    /** Adds the objective's fields. */
    public static void write(Objective objective, ObjectNode node) {
        node.put(BOUND, JsonReader.camelCase(objective.bound()));
        node.put(SAMPLES, objective.samples());
        node.put(BETA, objective.beta());
        node.put(FREE_BITS, objective.freeBits());
        if (objective.freeBitsScope() != FreeBitsScope.ROW) {
            node.put(FREE_BITS_SCOPE, JsonReader.camelCase(objective.freeBitsScope()));
        }
        objective
                .capacity()
                .ifPresent(capacity -> node.putObject(CAPACITY)
                        .put(MAXIMUM, capacity.maximum())
                        .put(STEPS, capacity.steps()));
        if (objective.maskShare() > 0) {
            node.put(MASK_SHARE, objective.maskShare());
        }
        ObjectNode schedule = node.putObject(SCHEDULE);
        if (objective.klSchedule() instanceof KlSchedule.LinearWarmup linear) {
            schedule.put(JsonReader.TYPE, LINEAR).put(STEPS, linear.steps());
        } else if (objective.klSchedule() instanceof KlSchedule.Cyclical cyclical) {
            schedule.put(JsonReader.TYPE, CYCLICAL).put("period", cyclical.period());
            schedule.put("cycles", cyclical.cycles()).put("rampFraction", cyclical.rampFraction());
        } else if (objective.klSchedule() instanceof KlSchedule.Constant) {
            schedule.put(JsonReader.TYPE, CONSTANT);
        } else {
            throw new IllegalStateException("no name in JSON for " + objective.klSchedule());
        }
    }

    /**
     * An objective; unknown fields are refused.
     *
     * @throws IllegalArgumentException naming the field that is unknown, missing, of the wrong type or out of range
     */
    public static Objective read(JsonReader reader) {
        Objective objective = new Objective(
                reader.constant(BOUND, Bound.class),
                reader.integer(SAMPLES),
                reader.number(BETA),
                reader.number(FREE_BITS),
                reader.has(FREE_BITS_SCOPE) ? reader.constant(FREE_BITS_SCOPE, FreeBitsScope.class) : FreeBitsScope.ROW,
                reader.member(SCHEDULE, SCHEDULES),
                reader.has(CAPACITY) ? Optional.of(readCapacity(reader.object(CAPACITY))) : Optional.empty(),
                reader.has(MASK_SHARE) ? reader.number(MASK_SHARE) : 0);
        reader.end();
        return objective;
    }

    private static Capacity readCapacity(JsonReader reader) {
        Capacity capacity = new Capacity(reader.number(MAXIMUM), reader.longInteger(STEPS));
        reader.end();
        return capacity;
    }
}
