package elbow.base;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * A sentence for the user, in which parameters are not named yet: whoever shows it has its own words for them. It holds
 * no {@linkplain Secrets secrets}.
 */
public final class Message implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final int LONGEST_QUOTE = 120;

    // Texts and parameters.
    private final Serializable[] parts;

    private Message(List<Serializable> parts) {
        this.parts = parts.toArray(Serializable[]::new);
    }

    /**
     * The parts one after the other.
     *
     * @param parts texts, {@link Parameter}s, messages, and anything else as its text
     */
    public static Message of(Object... parts) {
        List<Serializable> all = new ArrayList<>();
        for (Object part : parts) {
            if (part instanceof Message message) {
                all.addAll(Arrays.asList(message.parts));
            } else {
                all.add(part instanceof Parameter parameter ? parameter : Secrets.mask(String.valueOf(part)));
            }
        }
        return new Message(all);
    }

    /** The first line of a failure's message, or the name of the exception if it has none. */
    public static String firstLine(Throwable failure) {
        return Objects.requireNonNullElse(
                        failure.getMessage(), failure.getClass().getSimpleName())
                .strip()
                .lines()
                .findFirst()
                .orElse(failure.getClass().getSimpleName());
    }

    /** {@code text} in quotes, cut if it is long, on one line. */
    public static String quote(String text) {
        String line = text.replaceAll("\\s+", " ");
        return "\"" + (line.length() <= LONGEST_QUOTE ? line : line.substring(0, LONGEST_QUOTE) + "...") + "\"";
    }

    /** The messages with a separator between each two. */
    public static Message join(String separator, List<Message> messages) {
        List<Object> parts = new ArrayList<>();
        for (Message message : messages) {
            if (!parts.isEmpty()) {
                parts.add(separator);
            }
            parts.add(message);
        }
        return of(parts.toArray());
    }

    /** The same with the parameters that {@code words} has in its words. */
    public Message in(Map<Parameter, String> words) {
        return of(Arrays.stream(parts)
                .map(part -> part instanceof Parameter parameter && words.containsKey(parameter)
                        ? words.get(parameter)
                        : part)
                .toArray());
    }

    /** The sentence, its parameters in the words of {@code names}. */
    public String text(Function<Parameter, String> names) {
        StringBuilder text = new StringBuilder();
        for (Serializable part : parts) {
            text.append(part instanceof Parameter parameter ? names.apply(parameter) : part);
        }
        return text.toString();
    }

    /** The sentence in the API's words. */
    @Override
    public String toString() {
        return text(Parameter::name);
    }
}
