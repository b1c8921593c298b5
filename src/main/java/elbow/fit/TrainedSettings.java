package elbow.fit;

import elbow.base.Configuration;
import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The settings that a model was trained with, as the configuration of work that goes on with the model. */
public final class TrainedSettings {
    private static final String SCORING = "scoring.";

    /** What has to do with the place and the course of one training only. */
    private static final Set<String> OF_ONE_TRAINING =
            Set.of("training.replicas", "training.tensorboard", "training.checkpoint-rounds");

    private TrainedSettings() {}

    /**
     * The section {@code scoring} as it was, over the defaults of all others.
     *
     * @param trained every setting of the training, by key
     * @throws ElbowException of category MODEL if this build does not know one of them
     */
    public static Configuration ofScoring(Map<String, String> trained) {
        SortedMap<String, String> scoring = new TreeMap<>(trained);
        scoring.keySet().removeIf(key -> !key.startsWith(SCORING));
        return stored(scoring);
    }

    /**
     * What holds for a training that starts from the model unless something else is said.
     *
     * @param trained every setting of the training, by key
     * @throws ElbowException of category MODEL if one cannot be read
     */
    public static Configuration forNextTraining(Map<String, String> trained) {
        Set<String> known = Configuration.defaults().asTexts().keySet();
        SortedMap<String, String> settings = new TreeMap<>(trained);
        // What a build before or after this one knows and this one does not has no meaning here.
        settings.keySet().removeIf(key -> !known.contains(key) || OF_ONE_TRAINING.contains(key));
        settings.keySet().removeIf(key -> key.startsWith("report.") || key.startsWith("refresh."));
        // A trained network has nothing to warm up: without the KL term it would only lose what it has learned.
        settings.remove("objective.kl-warm-up-steps");
        settings.put("objective.kl-schedule", "constant");
        return stored(settings);
    }

    private static Configuration stored(Map<String, String> settings) {
        try {
            return Configuration.defaults().withTexts(settings, "manifest.json");
        } catch (ElbowException e) {
            // The model's fault, not the user's.
            throw new ElbowException(ErrorCategory.MODEL, e.userMessage(), e);
        }
    }
}
