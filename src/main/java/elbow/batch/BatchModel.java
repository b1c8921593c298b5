package elbow.batch;

import elbow.data.reference.DataReference;
import elbow.model.ModelDirectory;
import elbow.model.TrainedModel;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/**
 * The model of a batch, and how it is used.
 *
 * @param model loaded and checked
 * @param reference how its training rows are spread; empty for a model that does not say
 * @param samples posterior samples per row
 * @param threshold anomaly score above which a row is an anomaly
 */
record BatchModel(TrainedModel model, Optional<DataReference> reference, int samples, double threshold) {
    static BatchModel load(BatchSettings settings, Configuration hadoop) {
        ModelDirectory directory = new ModelDirectory(settings.model(), hadoop);
        TrainedModel model = directory.load();
        return new BatchModel(
                model,
                directory.reference(),
                settings.samples().orElse(model.layer().scoringSamples()),
                settings.threshold().orElse(model.calibration().threshold()));
    }

    BatchModel withThreshold(double other) {
        return new BatchModel(model, reference, samples, other);
    }

    String id() {
        return model.manifest().modelId();
    }
}
