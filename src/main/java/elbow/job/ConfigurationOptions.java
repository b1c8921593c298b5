package elbow.job;

import elbow.base.Configuration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that set configuration keys. */
final class ConfigurationOptions {
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
        Configuration configuration = Configuration.defaults();
        if (file != null) {
            configuration = configuration.withText(session.readText(file), file);
        }
        return configuration.withOverrides(overrides);
    }
}
