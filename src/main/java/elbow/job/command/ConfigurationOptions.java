package elbow.job.command;

import elbow.base.Configuration;
import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.base.Parameter;
import elbow.job.console.Flags;
import elbow.job.run.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that set configuration keys. */
final class ConfigurationOptions {
    private static final Set<String> OF_ONE_TRAINING =
            Set.of("training.replicas", "training.tensorboard", "training.checkpoint-rounds");

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "HOCON file with configuration keys; reference.conf lists them all, conf/ has examples.")
    private @Nullable String file;

    @Option(
            names = "-D",
            paramLabel = "KEY=VALUE",
            description = "Sets one configuration key, over --config; may be repeated.")
    private List<String> overrides = new ArrayList<>();

    Configuration configuration(Session session) {
        return over(Configuration.defaults(), session);
    }

    /** The options over the settings that the section {@code scoring} had when a model was trained. */
    Configuration overScoring(Map<String, String> trained, Session session) {
        SortedMap<String, String> scoring = new TreeMap<>(trained);
        scoring.keySet().removeIf(key -> !key.startsWith("scoring."));
        return over(stored(scoring), session);
    }

    /**
     * The options over the settings of the model that a training starts from, but for those that have to do with the
     * place and the course of one training only.
     */
    Configuration overTrained(Map<String, String> trained, Session session) {
        Set<String> known = Configuration.defaults().asTexts().keySet();
        SortedMap<String, String> settings = new TreeMap<>(trained);
        // What a build before or after this one knows and this one does not has no meaning here.
        settings.keySet().removeIf(key -> !known.contains(key) || OF_ONE_TRAINING.contains(key));
        settings.keySet().removeIf(key -> key.startsWith("report.") || key.startsWith("refresh."));
        // A trained network has nothing to warm up: without the KL term it would only lose what it has learned.
        settings.remove("objective.kl-warm-up-steps");
        settings.put("objective.kl-schedule", "constant");
        return over(stored(settings), session);
    }

    /**
     * Warns of single keys that a command does not heed. Those of a file may be meant for other commands.
     *
     * @param heeded whether the command heeds a key
     */
    void warnOfUnread(String command, Predicate<String> heeded, Session session) {
        warnOfUnread(overrides, command, heeded, session);
    }

    static void warnOfUnread(List<String> overrides, String command, Predicate<String> heeded, Session session) {
        for (String override : overrides) {
            String key =
                    override.substring(0, Math.max(0, override.indexOf('='))).strip();
            if (!heeded.test(key)) {
                session.console().warning(key + " has no effect on " + command);
            }
        }
    }

    private static Configuration stored(Map<String, String> settings) {
        try {
            return Configuration.defaults().withTexts(settings, "manifest.json");
        } catch (ElbowException e) {
            // The model's, not the user's.
            throw new ElbowException(ErrorCategory.MODEL, e.userMessage(), e);
        }
    }

    private Configuration over(Configuration settings, Session session) {
        Configuration configuration = settings;
        if (file != null) {
            configuration = configuration.withText(session.readText("--config", file), file);
        }
        return configuration.withOverrides(overrides, Flags.of(Parameter.OVERRIDES));
    }
}
