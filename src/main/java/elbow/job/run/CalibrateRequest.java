package elbow.job.run;

import elbow.base.Parameter;
import elbow.data.source.ReadRequest;
import elbow.dl4j.VaeLayer;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What {@code calibrate} is asked to do.
 *
 * @param model model directory
 * @param input reference rows
 * @param samples posterior samples per row, 0 for the posterior mean; empty: as the model's configuration says
 * @param quarantine directory for bad rows; empty: they are errors
 * @param json file for the figures; empty: none
 */
public record CalibrateRequest(
        String model, ReadRequest input, OptionalInt samples, Optional<String> quarantine, Optional<String> json) {
    public CalibrateRequest {
        samples.ifPresent(value -> VaeLayer.requireSamples(Parameter.SAMPLES, value));
    }
}
