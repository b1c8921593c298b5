package elbow.data.encoding;

import elbow.data.table.InputErrors;
import elbow.data.table.Markers;
import elbow.data.table.RowFields;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.unsafe.types.UTF8String;

/** Encodes a category as its code: its place in the vocabulary, or that of other or unseen ones. */
public final class CategorySlot implements Slot {
    private static final long serialVersionUID = 1L;

    private final String column;
    private final int field;
    private final Markers markers;
    private final Map<UTF8String, Integer> codes = new HashMap<>();
    private final int width;
    private final boolean open;

    /**
     * @param vocabulary the text of each code from 0
     * @param others texts that all have the code after the vocabulary's
     * @param width number of codes
     * @param open whether a text that is in neither has the last code, or is refused
     */
    public CategorySlot(
            String column,
            int field,
            Markers markers,
            List<String> vocabulary,
            List<String> others,
            int width,
            boolean open) {
        this.column = column;
        this.field = field;
        this.markers = markers;
        this.width = width;
        this.open = open;
        for (String other : others) {
            codes.put(UTF8String.fromString(other), vocabulary.size());
        }
        for (int i = 0; i < vocabulary.size(); i++) {
            codes.put(UTF8String.fromString(vocabulary.get(i)), i);
        }
    }

    @Override
    public String column() {
        return column;
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public float encode(RowFields row) {
        UTF8String text = row.text(field);
        if (text == null) {
            return Float.NaN;
        }
        Integer code = codes.get(text);
        if (code != null) {
            return code;
        }
        // Markers are looked up last: most texts are categories.
        if (markers.contains(text)) {
            return Float.NaN;
        }
        // As training has it: without blanks of any kind.
        Integer stripped = codes.get(UTF8String.fromString(text.toString().strip()));
        if (stripped != null) {
            return stripped;
        }
        if (!open) {
            throw InputErrors.badValue(
                    "column " + column + " must have one of the values of training, but one value is "
                            + InputErrors.quote(text.toString()));
        }
        return width - 1;
    }
}
