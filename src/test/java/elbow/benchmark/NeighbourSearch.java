package elbow.benchmark;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The nearest of some rows by Euclidean distance, exact. The rows are sorted along the direction in which they vary
 * most: two rows are at least as far apart as along it, so that from the query's place outwards few have to be looked
 * at where there are few columns. All of them are searched, there is no cap.
 */
final class NeighbourSearch {
    private static final int POWER_ITERATIONS = 20;

    /** More than what rounding can make of a distance: rows that may be among the nearest are never skipped. */
    private static final double SLACK = 1e-4;

    private final float[][] rows;
    private final double[] direction;
    private final int[] order;
    private final double[] places;

    NeighbourSearch(float[][] rows) {
        this.rows = rows;
        direction = direction(rows);
        double[] unsorted = Arrays.stream(rows).mapToDouble(this::place).toArray();
        order = IntStream.range(0, rows.length)
                .boxed()
                .sorted(Comparator.comparingDouble(row -> unsorted[row]))
                .mapToInt(Integer::intValue)
                .toArray();
        places = Arrays.stream(order).mapToDouble(row -> unsorted[row]).toArray();
    }

    /**
     * The nearest rows of one row, nearest first.
     *
     * @param indices of the rows
     * @param squaredDistances to them
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Neighbours(int[] indices, float[] squaredDistances) {}

    /** How many rows there are. */
    int rows() {
        return rows.length;
    }

    /** The {@code count} nearest rows of each query. */
    Neighbours[] nearest(float[][] queries, int count) {
        return IntStream.range(0, queries.length)
                .parallel()
                .mapToObj(query -> nearest(queries[query], -1, count))
                .toArray(Neighbours[]::new);
    }

    /** The {@code count} nearest other rows of each of the rows themselves. */
    Neighbours[] nearestOthers(int count) {
        return IntStream.range(0, rows.length)
                .parallel()
                .mapToObj(row -> nearest(rows[row], row, count))
                .toArray(Neighbours[]::new);
    }

    private Neighbours nearest(float[] query, int itself, int count) {
        int[] indices = new int[count];
        float[] distances = new float[count];
        Arrays.fill(distances, Float.POSITIVE_INFINITY);
        double place = place(query);
        int found = Arrays.binarySearch(places, place);
        int right = found >= 0 ? found : -found - 1;
        int left = right - 1;
        while (left >= 0 || right < places.length) {
            double before = left < 0 ? Double.POSITIVE_INFINITY : place - places[left];
            double behind = right == places.length ? Double.POSITIVE_INFINITY : places[right] - place;
            double gap = Math.min(before, behind);
            if (gap * gap > distances[count - 1] * (1 + SLACK) + SLACK) {
                break;
            }
            int row = before < behind ? order[left--] : order[right++];
            if (row != itself) {
                insert(indices, distances, row, distance(query, rows[row], distances[count - 1]));
            }
        }
        return new Neighbours(indices, distances);
    }

    private double place(float[] row) {
        double place = 0;
        for (int i = 0; i < row.length; i++) {
            place += direction[i] * row[i];
        }
        return place;
    }

    // Given up as soon as it is too far.
    private static float distance(float[] one, float[] other, float furthest) {
        float sum = 0;
        for (int i = 0; i < one.length && sum < furthest; i++) {
            float difference = one[i] - other[i];
            sum += difference * difference;
        }
        return sum;
    }

    private static void insert(int[] indices, float[] distances, int row, float distance) {
        int place = distances.length - 1;
        if (!(distance < distances[place])) {
            return;
        }
        while (place > 0 && distances[place - 1] > distance) {
            distances[place] = distances[place - 1];
            indices[place] = indices[place - 1];
            place--;
        }
        distances[place] = distance;
        indices[place] = row;
    }

    /** The first principal axis, of length 1, about: any other direction would do, only slower. */
    private static double[] direction(float[][] rows) {
        int columns = rows[0].length;
        double[] means = new double[columns];
        for (float[] row : rows) {
            for (int i = 0; i < columns; i++) {
                means[i] += row[i] / rows.length;
            }
        }
        double[] axis = new double[columns];
        Arrays.setAll(axis, i -> 1 / Math.sqrt(columns + i));
        for (int iteration = 0; iteration < POWER_ITERATIONS; iteration++) {
            double[] next = new double[columns];
            for (float[] row : rows) {
                double along = 0;
                for (int i = 0; i < columns; i++) {
                    along += axis[i] * (row[i] - means[i]);
                }
                for (int i = 0; i < columns; i++) {
                    next[i] += along * (row[i] - means[i]);
                }
            }
            if (length(next) > 0) {
                axis = next;
            }
            double length = length(axis);
            for (int i = 0; i < columns; i++) {
                axis[i] /= length;
            }
        }
        return axis;
    }

    private static double length(double[] vector) {
        return Math.sqrt(Arrays.stream(vector).map(value -> value * value).sum());
    }
}
