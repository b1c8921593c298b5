package elbow.job.compare;

import elbow.base.Parameter;
import elbow.data.source.ReadRequest;
import elbow.dl4j.VaeLayer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What {@code report --compare} is asked to do.
 *
 * @param first model directory, A
 * @param second model directory, B
 * @param input rows to compare on
 * @param output file for the HTML report
 * @param samples posterior samples per row and model, 0 for the posterior mean; empty: as each model's configuration
 *     says
 * @param kept columns by which rows are shown; empty: the first ones that both model
 * @param quarantine directory for bad rows; empty: they are errors
 * @param json file for all figures; empty: none
 */
public record CompareRequest(
        String first,
        String second,
        ReadRequest input,
        String output,
        OptionalInt samples,
        List<String> kept,
        Optional<String> quarantine,
        Optional<String> json) {
    public CompareRequest {
        kept = List.copyOf(kept);
        samples.ifPresent(value -> VaeLayer.requireSamples(Parameter.SAMPLES, value));
    }
}
