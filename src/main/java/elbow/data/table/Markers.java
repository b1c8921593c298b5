package elbow.data.table;

import java.io.Serializable;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** Texts that stand for no value, such as "?". */
public final class Markers implements Serializable {
    private static final long serialVersionUID = 2L;

    /** What counts as such a text. */
    public enum Matching {
        /** The text itself, as the first versions of models have it. Numbers are none. */
        EXACT,
        /** The text in upper or lower case, and a number that it is. */
        ANY_CASE
    }

    private final List<String> texts;
    private final Matching matching;
    private final Set<UTF8String> exact = new HashSet<>();
    private final Set<String> folded = new HashSet<>();
    private final double[] numbers;
    private final int longest;

    public Markers(List<String> texts, Matching matching) {
        this.texts = List.copyOf(texts);
        this.matching = matching;
        for (String text : texts) {
            exact.add(UTF8String.fromString(text));
            folded.add(fold(text));
        }
        numbers = matching == Matching.EXACT
                ? new double[0]
                : texts.stream()
                        .mapToDouble(text -> NumberText.parse(text.strip()))
                        .filter(number -> !Double.isNaN(number))
                        .toArray();
        longest = texts.stream().mapToInt(String::length).max().orElse(0);
    }

    /** Those in upper or lower case. */
    public Markers(List<String> texts) {
        this(texts, Matching.ANY_CASE);
    }

    /** Those that stand for no value here or there. */
    public Markers and(Markers other) {
        Set<String> both = new LinkedHashSet<>(texts);
        both.addAll(other.texts);
        boolean exactly = matching == Matching.EXACT && other.matching == Matching.EXACT;
        return new Markers(List.copyOf(both), exactly ? Matching.EXACT : Matching.ANY_CASE);
    }

    /** Whether the same texts and numbers stand for no value. */
    public boolean isLike(Markers other) {
        return matching == other.matching && Set.copyOf(texts).equals(Set.copyOf(other.texts));
    }

    /** The texts, as they were given. */
    public List<String> texts() {
        return texts;
    }

    public Matching matching() {
        return matching;
    }

    /** Whether a text stands for no value, blanks around it aside. */
    public boolean contains(UTF8String text) {
        if (exact.contains(text)) {
            return true;
        }
        if (matching == Matching.EXACT) {
            return exact.contains(text.trim());
        }
        // A letter has at most four bytes, and blanks around it hardly ever more than these.
        return text.numBytes() <= 4 * longest + 64 && folded.contains(fold(text.toString()));
    }

    /** Whether a number stands for no value. */
    public boolean contains(double value) {
        for (double number : numbers) {
            if (number == value) {
                return true;
            }
        }
        return false;
    }

    /**
     * The number that a text is; NaN if it is none or a marker.
     *
     * @param rule what the column must have, for the message
     * @throws elbow.base.ElbowException of category INPUT if it is anything else
     */
    public double number(@Nullable UTF8String text, String column, String rule) {
        if (text == null || exact.contains(text)) {
            return Double.NaN;
        }
        String word = text.toString().strip();
        double number = NumberText.parse(word);
        if (Double.isNaN(number) && !contains(text)) {
            throw refused(word, column, rule);
        }
        return contains(number) ? Double.NaN : number;
    }

    /** The error over a text that is no value of a column. */
    public static RuntimeException refused(String word, String column, String rule) {
        return InputErrors.badValue("column " + column + " must have " + rule
                + " in every row that has a value, but one value is " + InputErrors.quote(word));
    }

    private static String fold(String text) {
        return text.strip().toLowerCase(Locale.ROOT);
    }
}
