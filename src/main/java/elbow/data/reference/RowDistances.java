package elbow.data.reference;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How far a row of a batch lies from the rows that a model keeps. It stays until another row is asked for or the batch
 * changes: a row's score and what its columns add to it follow from the same distances. Memory of one thread.
 */
public final class RowDistances {
    private @Nullable NearestRows nearest;
    private float[] distances = new float[0];
    private int row;
    private int there;
    private double cost;

    /** The batch has other rows from now on. */
    public void forget() {
        nearest = null;
    }

    /** Works the distances of the row that begins at a place out, unless they are here. */
    void hold(NearestRows asked, float[] encoded, byte @Nullable [] observed, int begin) {
        if (nearest == asked && row == begin) {
            return;
        }
        if (distances.length == asked.rows()) {
            Arrays.fill(distances, 0);
        } else {
            distances = new float[asked.rows()];
        }
        there = asked.distances(encoded, observed, begin, distances);
        cost = asked.cost(there, distances);
        nearest = asked;
        row = begin;
    }

    /** How many columns the row has. */
    int there() {
        return there;
    }

    /** The row's distances to all kept rows. */
    float[] distances() {
        return distances;
    }

    /** What the row costs. */
    double cost() {
        return cost;
    }
}
