package elbow.vae.likelihood;

import com.fasterxml.jackson.databind.node.ObjectNode;
import elbow.base.JsonReader;
import elbow.vae.likelihood.LikelihoodGroup.Role;
import java.util.Arrays;

/** {@link LikelihoodGroup} as JSON. */
public final class LikelihoodGroupJson {
    private static final String COLUMNS = "columns";
    private static final String LIKELIHOOD = "likelihood";
    private static final String SCALE = "inputScale";
    private static final String CENTRES = "centres";
    private static final String FACTORS = "factors";

    /** Only written for conditions: specs without them stay as they were before there were any. */
    private static final String ROLE = "role";

    private LikelihoodGroupJson() {}

    /** Adds the group's fields. */
    public static void write(LikelihoodGroup group, ObjectNode node) {
        node.put(COLUMNS, group.columns());
        ObjectNode settings = node.putObject(LIKELIHOOD);
        settings.put(JsonReader.TYPE, group.likelihood().name());
        group.likelihood().writeSettings(settings);
        ObjectNode scale = node.putObject(SCALE);
        group.inputScale().centres().forEach(scale.putArray(CENTRES)::add);
        group.inputScale().factors().forEach(scale.putArray(FACTORS)::add);
        if (group.isCondition()) {
            node.put(ROLE, JsonReader.camelCase(group.role()));
        }
    }

    /**
     * A group; the caller refuses fields left over.
     *
     * @throws IllegalArgumentException naming the field that is missing, of the wrong type or out of range
     */
    public static LikelihoodGroup read(JsonReader reader) {
        Likelihood likelihood = readLikelihood(reader);
        JsonReader scale = reader.object(SCALE);
        InputScale inputScale = new InputScale(
                Arrays.stream(scale.numbers(CENTRES)).boxed().toList(),
                Arrays.stream(scale.numbers(FACTORS)).boxed().toList());
        scale.end();
        Role role = reader.has(ROLE) ? reader.constant(ROLE, Role.class) : Role.MODELLED;
        return new LikelihoodGroup(likelihood, reader.integer(COLUMNS), inputScale, role);
    }

    /** The likelihood of a group. */
    public static Likelihood readLikelihood(JsonReader reader) {
        return reader.member(LIKELIHOOD, LikelihoodReaders.ALL);
    }
}
