package elbow.job.run;

import elbow.base.Parameter;
import elbow.data.source.ReadRequest;
import elbow.data.table.Label;
import elbow.dl4j.VaeLayer;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What {@code evaluate} is asked to do.
 *
 * @param model model directory
 * @param input rows to evaluate on
 * @param label which rows are anomalies; empty: it is not known
 * @param samples posterior samples per row, 0 for the posterior mean; empty: as the model's configuration says
 * @param quarantine directory for bad rows; empty: they are errors
 * @param json file for the figures; empty: none
 */
public record EvaluateRequest(
        String model,
        ReadRequest input,
        Optional<Label> label,
        OptionalInt samples,
        Optional<String> quarantine,
        Optional<String> json) {
    public EvaluateRequest {
        samples.ifPresent(value -> VaeLayer.requireSamples(Parameter.SAMPLES, value));
    }
}
