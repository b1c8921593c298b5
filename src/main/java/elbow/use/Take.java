package elbow.use;

import elbow.data.encoding.Cell;

/** What of a distribution a value is. */
public enum Take {
    /** A draw of each value, independent of the others given the latents: what rows are like, with their noise. */
    DRAWN(Cell.Form.DRAWN),
    /**
     * The expected value, of categories the likeliest one, of numbers with long tails the median: what is typical,
     * without noise.
     */
    EXPECTED(Cell.Form.EXPECTED);

    private final Cell.Form cells;

    Take(Cell.Form cells) {
        this.cells = cells;
    }

    Cell.Form ofCells() {
        return cells;
    }
}
