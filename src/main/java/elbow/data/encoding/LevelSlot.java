package elbow.data.encoding;

import elbow.data.table.FieldKind;
import elbow.data.table.InputErrors;
import elbow.data.table.Markers;
import elbow.data.table.RowFields;

/**
 * Encodes a whole number of a short range as the code of its level; the first and the last code are beyond the range.
 */
public final class LevelSlot implements Slot {
    private static final long serialVersionUID = 1L;

    private final String column;
    private final int field;
    private final boolean text;
    private final Markers markers;
    private final long first;
    private final int width;

    /**
     * @param first the lowest level
     * @param width number of levels, and 2
     */
    public LevelSlot(String column, int field, FieldKind kind, Markers markers, long first, int width) {
        this.column = column;
        this.field = field;
        this.text = kind == FieldKind.TEXT;
        this.markers = markers;
        this.first = first;
        this.width = width;
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
        String rule = "a whole number";
        double value = text ? markers.number(row.text(field), column, rule) : row.number(field);
        if (Double.isNaN(value) || markers.contains(value)) {
            return Float.NaN;
        }
        if (value != Math.rint(value) || Double.isInfinite(value)) {
            throw InputErrors.badValue("column " + column + " must have " + rule
                    + " in every row that has a value, but one value is " + value);
        }
        return (float) Math.max(0, Math.min(width - 1, value - first + 1));
    }
}
