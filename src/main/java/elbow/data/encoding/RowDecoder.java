package elbow.data.encoding;

import elbow.data.encoding.Cell.Form;
import java.io.Serializable;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Turns encoded rows back into the values of a table's columns: the way back from {@link RowEncoder}. Goes to executors
 * in closures.
 */
public final class RowDecoder implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Cell[] cells;
    private final int[] offsets;
    private final int[] places;

    /**
     * @param cells in the order of the encoded columns
     * @param places where the row that is written has the value of each cell
     */
    public RowDecoder(Cell[] cells, int[] places) {
        this.cells = cells.clone();
        this.places = places.clone();
        offsets = new int[cells.length];
        for (int i = 1; i < cells.length; i++) {
            offsets[i] = offsets[i - 1] + cells[i - 1].width();
        }
    }

    /**
     * This, with the draws of a cell moved by a margin.
     *
     * @throws IllegalArgumentException if the cell is of no number
     */
    public RowDecoder with(int cell, Margin margin) {
        Cell[] changed = cells.clone();
        changed[cell] = number(cell).with(margin);
        return new RowDecoder(changed, places);
    }

    private NumberCell number(int cell) {
        if (cells[cell] instanceof NumberCell number) {
            return number;
        }
        throw new IllegalArgumentException("cell must be of a number, but " + cell + " is not");
    }

    /**
     * The number with the fewest digits that a cell of numbers encodes so; in the column's unit.
     *
     * @throws IllegalArgumentException if the cell is of no number
     */
    public double shortestNumber(int cell, float encoded) {
        return number(cell).shortest(encoded);
    }

    /**
     * What a cell of numbers encodes a number as.
     *
     * @throws IllegalArgumentException if the cell is of no number
     */
    public float encoded(int cell, double number) {
        return number(cell).encoded(number);
    }

    /** How many columns a row has values of. */
    public int cells() {
        return cells.length;
    }

    /** Encoded columns that all cells stand for: the first ones. */
    public int columns() {
        int last = cells.length - 1;
        return offsets[last] + cells[last].width();
    }

    /** The first encoded column of a cell. */
    public int offset(int cell) {
        return offsets[cell];
    }

    /** Where the row that is written has the value of a cell. */
    public int place(int cell) {
        return places[cell];
    }

    /**
     * The value of one cell, as Spark holds it inside a row; null where an encoded value is not a number, which is what
     * a network gives that overflows.
     *
     * @param encoded encoded rows, the one in question from {@code rowOffset} on
     * @param word a uniform word, which decides where the encoding leaves a choice
     */
    public @Nullable Object value(int cell, float[] encoded, int rowOffset, Form form, int word) {
        int from = rowOffset + offsets[cell];
        for (int i = from; i < from + cells[cell].width(); i++) {
            if (Float.isNaN(encoded[i])) {
                return null;
            }
        }
        return cells[cell].value(encoded, from, form, word);
    }

    /** Whether {@link #value} of some cell looks at the word. */
    public boolean leavesChoices() {
        return Arrays.stream(cells).anyMatch(Cell::leavesChoice);
    }

    /** Encoded columns of a cell. */
    public int width(int cell) {
        return cells[cell].width();
    }

    /** The value of one cell as a number, in the column's unit; NaN where it is none. */
    public double number(int cell, float[] encoded, int rowOffset) {
        return cells[cell].number(encoded, rowOffset + offsets[cell]);
    }

    /** Of a category or level, the place among the cell's columns of the value that is written. */
    public int code(int cell, float[] encoded, int rowOffset, Form form) {
        return cells[cell].code(encoded, rowOffset + offsets[cell], form);
    }

    /** Whether a cell's encoded values are 0 or 1, or probabilities of 1. */
    public boolean isTruth(int cell) {
        return cells[cell].kind() == Cell.Kind.TRUTH;
    }

    /** Whether a cell's encoded values are those of categories or levels, or the probabilities of each. */
    public boolean isCategory(int cell) {
        return cells[cell].kind() == Cell.Kind.CATEGORY;
    }
}
