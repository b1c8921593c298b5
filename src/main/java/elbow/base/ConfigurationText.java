package elbow.base;

import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValueFactory;
import java.util.List;

/** Writes a configuration as a file for people. */
public final class ConfigurationText {
    private ConfigurationText() {}

    /**
     * The keys that have another value than the default, one on each line, without the sections {@code batch} and
     * {@code tune}: {@link Configuration#withText} reads it back.
     *
     * @param comment lines that stand above
     */
    public static String changes(Configuration configuration, List<String> comment) {
        StringBuilder text = new StringBuilder();
        comment.forEach(line -> text.append(("# " + Secrets.mask(line).replaceAll("\\R", " ")).stripTrailing())
                .append('\n'));
        configuration.asTexts().keySet().stream()
                .filter(configuration::isChanged)
                .forEach(key -> text.append(key)
                        .append(" = ")
                        .append(ConfigValueFactory.fromAnyRef(
                                        configuration.asMap().get(key))
                                .render(ConfigRenderOptions.concise()))
                        .append('\n'));
        return text.toString();
    }
}
