package elbow.batch;

import elbow.base.ElbowException;
import elbow.base.Message;
import elbow.base.Parameter;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** A batch's words for the parameters that messages name: it is given them as keys of its configuration. */
final class BatchWords {
    /** A batch reads tables as they are now: it has no keys for versions of them. */
    static final Set<Parameter> OF_TABLES = Set.of(Parameter.VERSION_AS_OF, Parameter.TIMESTAMP_AS_OF);

    private static final Map<Parameter, String> KEYS = keys();

    private BatchWords() {}

    /** The sentence in these words; parameters that a batch has no key for stay what they are. */
    static Message of(Message message) {
        return message.in(KEYS);
    }

    /** The failure, in these words. */
    static RuntimeException of(RuntimeException failure) {
        return failure instanceof ElbowException ours
                ? new ElbowException(ours.category(), of(ours.userMessage()), ours)
                : failure;
    }

    private static Map<Parameter, String> keys() {
        Map<Parameter, String> keys = new HashMap<>(Map.of(
                Parameter.ABSENT_AS_MISSING, "batch.absent-columns=missing",
                Parameter.QUARANTINE, "batch.bad-rows=quarantine",
                Parameter.KEPT, "batch.keep"));
        Stream.concat(
                        Parameter.READING.stream().filter(parameter -> !OF_TABLES.contains(parameter)),
                        Stream.of(Parameter.MODEL, Parameter.OUTPUT, Parameter.SAMPLES, Parameter.THRESHOLD))
                .forEach(parameter -> keys.put(parameter, "batch." + parameter.hyphenated()));
        return Map.copyOf(keys);
    }
}
