package elbow.benchmark;

import java.util.Arrays;

/**
 * Squared Euclidean distance to the k-th nearest training row, exact; higher is stranger (Ramaswamy, Rastogi and Shim.
 * Efficient algorithms for mining outliers from large data sets. SIGMOD 2000).
 */
final class NearestNeighbours {
    private static final int NEIGHBOURS = 5;

    private NearestNeighbours() {}

    /** @param testIsTraining whether every test row is itself among the training rows, which is no neighbour then */
    static double[] scores(Baseline.Rows rows, boolean testIsTraining) {
        int neighbours = Math.min(rows.training().length, NEIGHBOURS + (testIsTraining ? 1 : 0));
        double[] scores = new double[rows.test().length];
        float[] nearest = new float[neighbours];
        for (int i = 0; i < scores.length; i++) {
            Arrays.fill(nearest, Float.POSITIVE_INFINITY);
            for (float[] row : rows.training()) {
                insert(nearest, distance(rows.test()[i], row, nearest[neighbours - 1]));
            }
            scores[i] = nearest[neighbours - 1];
        }
        return scores;
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

    private static void insert(float[] nearest, float distance) {
        int place = nearest.length - 1;
        if (!(distance < nearest[place])) {
            return;
        }
        while (place > 0 && nearest[place - 1] > distance) {
            nearest[place] = nearest[place - 1];
            place--;
        }
        nearest[place] = distance;
    }
}
