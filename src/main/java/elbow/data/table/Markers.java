package elbow.data.table;

import java.io.Serializable;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** Texts that stand for no value, such as "?". */
public final class Markers implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Set<UTF8String> texts;

    public Markers(List<String> texts) {
        this.texts = texts.stream().map(UTF8String::fromString).collect(Collectors.toSet());
    }

    public boolean contains(UTF8String text) {
        return texts.contains(text) || texts.contains(text.trim());
    }

    /**
     * The number that a text is; NaN if it is none or a marker.
     *
     * @param rule what the column must have, for the message
     * @throws elbow.base.ElbowException of category INPUT if it is anything else
     */
    public double number(@Nullable UTF8String text, String column, String rule) {
        if (text == null || texts.contains(text)) {
            return Double.NaN;
        }
        String word = text.toString().strip();
        double number = NumberText.parse(word);
        if (Double.isNaN(number) && !contains(text)) {
            throw InputErrors.badValue("column " + column + " must have " + rule
                    + " in every row that has a value, but one value is " + InputErrors.quote(word));
        }
        return number;
    }
}
