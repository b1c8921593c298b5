package elbow.compare;

import elbow.base.Check;
import elbow.model.TrainedModel;

/**
 * A model that is compared.
 *
 * @param name as its user calls it
 * @param samples posterior samples per row, at least 0; 0 scores at the posterior mean
 */
public record ComparedModel(String name, TrainedModel model, int samples) {
    public ComparedModel {
        Check.argument(samples >= 0, "samples", "be at least 0", samples);
    }

    /** The threshold of its calibration, in nats. */
    double threshold() {
        return model.calibration().threshold();
    }
}
