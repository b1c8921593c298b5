package elbow.job.command;

import elbow.base.Configuration;
import elbow.base.Parameter;
import elbow.fit.TrainedSettings;
import elbow.job.console.Flags;
import elbow.job.run.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that set configuration keys. */
final class ConfigurationOptions {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "HOCON file with configuration keys; reference.conf lists them all, conf/ has examples.")
    private @Nullable String file;

    @Mixin
    private SingleKeys keys = new SingleKeys();

    /** The option that sets one key at a time, over a file. */
    static final class SingleKeys {
        @Option(
                names = "-D",
                paramLabel = "KEY=VALUE",
                description = "Sets one configuration key, over --config; may be repeated.")
        private List<String> overrides = new ArrayList<>();

        Configuration over(Configuration settings) {
            return settings.withOverrides(overrides, Flags.of(Parameter.OVERRIDES));
        }

        /**
         * Warns of those that a command does not heed.
         *
         * @param heeded whether the command heeds a key
         */
        void warnOfUnread(String command, Predicate<String> heeded, Session session) {
            for (String override : overrides) {
                String key = override.substring(0, Math.max(0, override.indexOf('=')))
                        .strip();
                if (!heeded.test(key)) {
                    session.console().warning(key + " has no effect on " + command);
                }
            }
        }
    }

    Configuration configuration(Session session) {
        return over(Configuration.defaults(), session);
    }

    /** The options over the settings that the section {@code scoring} had when a model was trained. */
    Configuration overScoring(Map<String, String> trained, Session session) {
        return over(TrainedSettings.ofScoring(trained), session);
    }

    /** The options over the settings of the model that a training starts from. */
    Configuration overTrained(Map<String, String> trained, Session session) {
        return over(TrainedSettings.forNextTraining(trained), session);
    }

    /**
     * Warns of single keys that a command does not heed. Those of a file may be meant for other commands.
     *
     * @param heeded whether the command heeds a key
     */
    void warnOfUnread(String command, Predicate<String> heeded, Session session) {
        keys.warnOfUnread(command, heeded, session);
    }

    private Configuration over(Configuration settings, Session session) {
        return keys.over(file == null ? settings : settings.withText(session.readText("--config", file), file));
    }
}
