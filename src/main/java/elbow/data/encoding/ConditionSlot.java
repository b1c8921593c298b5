package elbow.data.encoding;

import elbow.data.table.RowFields;

/** Encodes a column that is given and not modelled: as it would otherwise be, but no density depends on its unit. */
public record ConditionSlot(Slot slot) implements Slot {
    private static final long serialVersionUID = 1L;

    /** A slot as that of a condition. */
    public static Slot of(Slot slot) {
        return new ConditionSlot(slot);
    }

    @Override
    public String column() {
        return slot.column();
    }

    @Override
    public float encode(RowFields row) {
        return slot.encode(row);
    }

    @Override
    public int width() {
        return slot.width();
    }
}
