package elbow.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Takes down, in the words of the page, what a test of a {@link Fault} has measured. */
public final class Seen {
    private final List<String> sentences = new ArrayList<>();

    Seen() {}

    /** Only what the test has made sure of before; seconds, cases and steps may be others each time, the words not. */
    public void note(String format, Object... values) {
        sentences.add(String.format(Locale.ROOT, format, values));
    }

    List<String> sentences() {
        return List.copyOf(sentences);
    }
}
