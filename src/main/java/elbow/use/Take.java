package elbow.use;

import elbow.data.encoding.Cell;

/** What of a distribution a value is. */
public enum Take {
    /** A draw of each value, independent of the others given the latents: what rows are like, with their noise. */
    DRAWN(Cell.Take.DRAWN),
    /**
     * The expected value, of categories the likeliest one, of numbers with long tails the median: what is typical,
     * without noise.
     */
    EXPECTED(Cell.Take.EXPECTED);

    private final Cell.Take cells;

    Take(Cell.Take cells) {
        this.cells = cells;
    }

    Cell.Take ofCells() {
        return cells;
    }
}
