package elbow.tune;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.score.AnomalyScoring;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which keys a space may have: trials that differ in others would not be compared by the same number. */
final class ComparableKeys {
    private ComparableKeys() {}

    /** @throws ElbowException of category USAGE that names the key and says why it cannot be in a space */
    static void require(String key, TuningObjective objective) {
        objection(key, objective).ifPresent(why -> {
            throw new ElbowException(ErrorCategory.USAGE, "tune.space must not have " + key + ": " + why);
        });
    }

    private static Optional<String> objection(String key, TuningObjective objective) {
        boolean elbo = objective == TuningObjective.ELBO;
        String section = key.contains(".") ? key.substring(0, key.indexOf('.')) : key;
        return Optional.ofNullable(
                switch (section) {
                    case "seed" ->
                        "the seed decides which rows are held out, and trials must be measured on the same ones";
                    case "data" ->
                        "it decides what the rows are encoded as, and so what is measured; make a search for each";
                    case "model" ->
                        key.equals("model.variance-floor") && elbo
                                ? "where values repeat, the density that an ELBO is made of grows without bound as it"
                                        + " falls; tune.objective = auroc compares across it"
                                : null;
                    case "objective" -> null;
                    case "training" -> ofTraining(key);
                    case "scoring" ->
                        elbo
                                ? "the ELBO is measured with tune.samples samples of each row, whatever it is"
                                : ofScores(key);
                    default -> "no training depends on it";
                });
    }

    private static @Nullable String ofScores(String key) {
        return key.equals("scoring.samples") || AnomalyScoring.KEYS.contains(key)
                ? null
                : "it does not change how scores rank rows";
    }

    private static @Nullable String ofTraining(String key) {
        return switch (key) {
            case "training.epochs" -> "the rungs give each trial its epochs, the last one the configuration's";
            case "training.replicas", "training.master" -> "the rows are laid out once, for the same replicas";
            case "training.measure-every" ->
                "the best of more measurements is better by chance: trials must be measured alike";
            case "training.checkpoint-rounds", "training.tensorboard" -> "trials leave neither";
            default -> null;
        };
    }
}
