package elbow.model;

import elbow.base.Secrets;
import java.time.Instant;
import java.util.List;

/**
 * A calibration of a trained model on other rows than those held out in training.
 *
 * @param modelId the model's
 * @param createdAt when the run that made it began, to the millisecond; of several the latest is in force
 * @param inputs the rows as they were named, but for secrets
 * @param calibration what is normal among them
 */
public record Recalibration(String modelId, Instant createdAt, List<String> inputs, Calibration calibration) {
    public Recalibration {
        Manifest.requireModelId("modelId", modelId);
        inputs = inputs.stream().map(Secrets::mask).toList();
    }
}
