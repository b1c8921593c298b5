package elbow.job.run;

import elbow.base.Configuration;
import elbow.data.source.ReadRequest;
import java.util.List;
import java.util.Optional;

/**
 * What {@code train} is asked to do.
 *
 * @param input rows to train on
 * @param model directory to write
 * @param configuration every setting
 * @param validation rows to validate on; empty: a share of the input
 * @param ignored columns that are no features
 * @param normalOnly trains on rows with this value only; the column is no feature
 * @param start how the run begins, and what becomes of what is there
 * @param quarantine directory for bad rows; empty: they are errors
 * @param json file for the figures; empty: none
 */
public record TrainRequest(
        ReadRequest input,
        String model,
        Configuration configuration,
        Optional<String> validation,
        List<String> ignored,
        Optional<ColumnValue> normalOnly,
        Start start,
        Optional<String> quarantine,
        Optional<String> json) {
    /** How a run begins. */
    public enum Start {
        /** From nothing; neither a model nor checkpoints may be there. */
        NEW,
        /** From nothing; a model and checkpoints that are there are replaced. */
        OVERWRITE,
        /** From the newest checkpoint. */
        RESUME
    }

    public TrainRequest {
        ignored = List.copyOf(ignored);
    }

    /** The rows to validate on; only if there are any of their own. */
    ReadRequest held() {
        return input.from(List.of(validation.orElseThrow()));
    }
}
