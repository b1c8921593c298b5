package elbow.batch;

import static java.util.Map.entry;

import elbow.base.Parameter;
import java.util.Map;

/** A batch's words for the parameters that messages name: it is given them as keys of its configuration. */
final class BatchWords {
    private static final Map<Parameter, String> KEYS = Map.ofEntries(
            entry(Parameter.INPUT, "batch.input"),
            entry(Parameter.FORMAT, "batch.format"),
            entry(Parameter.WHERE, "batch.where"),
            entry(Parameter.SELECT, "batch.select"),
            entry(Parameter.COLUMNS, "batch.columns"),
            entry(Parameter.DELIMITER, "batch.delimiter"),
            entry(Parameter.KEPT, "batch.keep"));

    private BatchWords() {}

    static String of(Parameter parameter) {
        return KEYS.getOrDefault(parameter, parameter.name());
    }
}
