package elbow.data.encoding;

import elbow.data.table.RowFields;
import org.jspecify.annotations.Nullable;

/** Encodes where a point in time stands within a period: the sine or the cosine of its angle. */
public final class CycleSlot implements Slot {
    private static final long serialVersionUID = 1L;

    private final String column;
    private final int field;
    private final @Nullable TextTimes texts;
    private final double period;
    private final double origin;
    private final boolean cosine;

    /**
     * @param texts how the column's texts are read; null: it has times
     * @param period in seconds
     * @param origin a time in seconds at which a period starts
     */
    public CycleSlot(
            String column, int field, @Nullable TextTimes texts, double period, double origin, boolean cosine) {
        this.column = column;
        this.field = field;
        this.texts = texts;
        this.period = period;
        this.origin = origin;
        this.cosine = cosine;
    }

    @Override
    public String column() {
        return column;
    }

    @Override
    public int width() {
        return 1;
    }

    @Override
    public float encode(RowFields row) {
        double seconds = texts == null ? row.seconds(field) : texts.seconds(row.text(field));
        if (Double.isNaN(seconds)) {
            return Float.NaN;
        }
        double angle = angle(seconds, period, origin);
        return (float) (cosine ? Math.cos(angle) : Math.sin(angle)) + 0f;
    }

    /** The angle of a time, in [0, 2 pi). */
    public static double angle(double seconds, double period, double origin) {
        double periods = (seconds - origin) / period;
        return 2 * Math.PI * (periods - Math.floor(periods));
    }
}
