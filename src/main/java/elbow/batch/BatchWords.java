package elbow.batch;

import static java.util.Map.entry;

import elbow.base.ElbowException;
import elbow.base.Message;
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
            entry(Parameter.HEADER, "batch.header"),
            entry(Parameter.COMMENT, "batch.comment"),
            entry(Parameter.ENCODING, "batch.encoding"),
            entry(Parameter.DECIMAL_COMMA, "batch.decimal-comma"),
            entry(Parameter.THOUSANDS, "batch.thousands"),
            entry(Parameter.NUMBER_SIGNS, "batch.number-signs"),
            entry(Parameter.ABSENT_AS_MISSING, "batch.absent-columns=missing"),
            entry(Parameter.MODEL, "batch.model"),
            entry(Parameter.OUTPUT, "batch.output"),
            entry(Parameter.SAMPLES, "batch.samples"),
            entry(Parameter.THRESHOLD, "batch.threshold"),
            entry(Parameter.QUARANTINE, "batch.bad-rows=quarantine"),
            entry(Parameter.KEPT, "batch.keep"));

    private BatchWords() {}

    /** The sentence in these words; parameters that a batch has no key for stay what they are. */
    static Message of(Message message) {
        return message.in(KEYS);
    }

    /** The failure, told in these words. */
    static RuntimeException of(RuntimeException failure) {
        return failure instanceof ElbowException ours
                ? new ElbowException(ours.category(), of(ours.told()), ours)
                : failure;
    }
}
