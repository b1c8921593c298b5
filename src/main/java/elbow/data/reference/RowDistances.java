package elbow.data.reference;

import elbow.data.reference.NearestRows.Kind;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How far rows of a batch lie from the rows that a model keeps. It is worked out for a few rows that follow each other at
 * a time, and stays until others are asked for or the batch changes: a row's score and what its columns add to it follow
 * from the same distances. Memory of one thread.
 */
public final class RowDistances {
    /** Rows that are held against a kept value while it is at hand; their distances stay in the first-level cache. */
    private static final int TOGETHER = 4;

    private final int width;
    private final float[][] distances = new float[TOGETHER][0];
    private final int[] there = new int[TOGETHER];
    private final double[] costs = new double[TOGETHER];
    private @Nullable NearestRows nearest;
    private int first;
    private int count;

    /** @param width how many values a row of the batch has */
    public RowDistances(int width) {
        this.width = width;
    }

    int width() {
        return width;
    }

    /** The batch has other rows from now on. */
    public void forget() {
        nearest = null;
        count = 0;
    }

    /**
     * Where the distances of a row are, worked out unless they are here.
     *
     * @param rows how many the batch has
     */
    int place(NearestRows asked, float[] encoded, byte @Nullable [] observed, int rows, int row) {
        if (nearest != asked || row < first || row >= first + count) {
            begin(asked, row, Math.min(TOGETHER, rows - row));
            if (observed == null && count == TOGETHER) {
                ofFour(asked, encoded);
            } else {
                for (int i = 0; i < count; i++) {
                    there[i] = asked.distances(encoded, observed, (row + i) * width, distances[i]);
                }
            }
        }
        return row - first;
    }

    private void begin(NearestRows asked, int row, int rows) {
        nearest = asked;
        first = row;
        count = rows;
        Arrays.fill(costs, Double.NaN);
        for (int i = 0; i < rows; i++) {
            if (distances[i].length == asked.rows()) {
                Arrays.fill(distances[i], 0);
            } else {
                distances[i] = new float[asked.rows()];
            }
        }
    }

    // To the bit what NearestRows works out for each of them: the same sums, in the same order.
    private void ofFour(NearestRows asked, float[] encoded) {
        float @Nullable [] held = null;
        float[] heldValues = new float[TOGETHER];
        float[] values = new float[TOGETHER];
        int present = 0;
        for (int feature = 0; feature < asked.features(); feature++) {
            KeptColumn column = asked.column(feature);
            if (column.kind() == Kind.NONE) {
                continue;
            }
            present++;
            for (int i = 0; i < TOGETHER; i++) {
                values[i] = asked.value(feature, encoded, (first + i) * width);
            }
            if (column.kind() == Kind.CATEGORY) {
                for (int i = 0; i < TOGETHER; i++) {
                    column.addCodes(values[i], distances[i]);
                }
                continue;
            }
            for (int i = 0; i < TOGETHER; i++) {
                column.addGaps(distances[i]);
            }
            if (held == null) {
                held = column.kept();
                System.arraycopy(values, 0, heldValues, 0, TOGETHER);
            } else {
                DistanceLoops.addSquares(heldValues, held, values, column.kept(), distances);
                held = null;
            }
        }
        for (int i = 0; i < TOGETHER; i++) {
            if (held != null) {
                DistanceLoops.addSquares(heldValues[i], held, distances[i]);
            }
            there[i] = present;
            asked.scale(present, distances[i]);
        }
    }

    /** How many columns the row at a place has. */
    int there(int place) {
        return there[place];
    }

    /** The distances of the row at a place to all kept rows. */
    float[] distances(int place) {
        return distances[place];
    }

    /** What the row at a place costs; NaN: that is not known yet. */
    double cost(int place) {
        return costs[place];
    }

    void setCost(int place, double cost) {
        costs[place] = cost;
    }
}
