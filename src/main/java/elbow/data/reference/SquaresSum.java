package elbow.data.reference;

/**
 * Adds squared differences of columns of numbers to sums, four columns at a time, which read and write the sums less
 * often. The first two of four are added before the others, so that the sums are to the bit what pairs come to.
 */
final class SquaresSum {
    private final float[] target;
    private final float[] values = new float[4];
    private final float[][] kept = new float[4][0];
    private int count;

    SquaresSum(float[] target) {
        this.target = target;
    }

    void add(float value, float[] column) {
        values[count] = value;
        kept[count++] = column;
        if (count == 4) {
            DistanceLoops.addSquares(
                    values[0], kept[0], values[1], kept[1], values[2], kept[2], values[3], kept[3], target);
            count = 0;
        }
    }

    /** Adds a pair that waits for two more, before something else is added; a single column waits on. */
    void flush() {
        if (count >= 2) {
            DistanceLoops.addSquares(values[0], kept[0], values[1], kept[1], target);
            values[0] = values[2];
            kept[0] = kept[2];
            count -= 2;
        }
    }

    /** Adds what waits. */
    void end() {
        flush();
        if (count == 1) {
            DistanceLoops.addSquares(values[0], kept[0], target);
        }
        count = 0;
    }
}
