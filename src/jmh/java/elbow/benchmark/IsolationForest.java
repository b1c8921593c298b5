package elbow.benchmark;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Isolation forest with its authors' constants (Liu, Ting and Zhou. Isolation forest. ICDM 2008). */
final class IsolationForest {
    private static final int TREES = 100;
    private static final int SAMPLE = 256;
    private static final double EULER = 0.5772156649015329;

    private final Node[] trees = new Node[TREES];
    private final SplittableRandom random;
    private final int sample;

    /** A split, or, without children, a leaf. */
    private record Node(
            int column,
            float value,
            int rows,
            @Nullable Node left,
            @Nullable Node right) {}

    IsolationForest(float[][] rows, long seed) {
        random = new SplittableRandom(seed);
        sample = Math.min(SAMPLE, rows.length);
        int depth = (int) Math.ceil(Math.log(sample) / Math.log(2));
        for (int tree = 0; tree < TREES; tree++) {
            float[][] drawn = rows.clone();
            for (int i = 0; i < sample; i++) {
                swap(drawn, i, i + random.nextInt(drawn.length - i));
            }
            trees[tree] = grow(drawn, 0, sample, depth);
        }
    }

    /** 2^(-mean path length / expected path length) of each row, equation 2; higher is stranger. */
    double[] scores(float[][] rows) {
        double[] scores = new double[rows.length];
        for (int i = 0; i < rows.length; i++) {
            double length = 0;
            for (Node tree : trees) {
                length += pathLength(tree, rows[i]);
            }
            scores[i] = Math.pow(2, -length / TREES / expectedLength(sample));
        }
        return scores;
    }

    private Node grow(float[][] rows, int from, int to, int depth) {
        int[] columns = depth == 0 || to - from <= 1 ? new int[0] : varying(rows, from, to);
        if (columns.length == 0) {
            return new Node(0, 0, to - from, null, null);
        }
        int column = columns[random.nextInt(columns.length)];
        float minimum = rows[from][column];
        float maximum = minimum;
        for (int i = from; i < to; i++) {
            minimum = Math.min(minimum, rows[i][column]);
            maximum = Math.max(maximum, rows[i][column]);
        }
        float value = (float) (minimum + random.nextDouble() * ((double) maximum - minimum));
        int middle = from;
        for (int i = from; i < to; i++) {
            if (rows[i][column] <= value) {
                swap(rows, i, middle++);
            }
        }
        return new Node(
                column, value, to - from, grow(rows, from, middle, depth - 1), grow(rows, middle, to, depth - 1));
    }

    private static int[] varying(float[][] rows, int from, int to) {
        return IntStream.range(0, rows[from].length)
                .filter(column -> {
                    for (int i = from + 1; i < to; i++) {
                        if (rows[i][column] != rows[from][column]) {
                            return true;
                        }
                    }
                    return false;
                })
                .toArray();
    }

    private static double pathLength(Node tree, float[] row) {
        Node node = tree;
        int length = 0;
        while (node.left() != null && node.right() != null) {
            node = row[node.column()] <= node.value() ? node.left() : node.right();
            length++;
        }
        return length + expectedLength(node.rows());
    }

    /** Mean length of an unsuccessful search in a binary tree of that many rows, equation 1. */
    private static double expectedLength(int rows) {
        if (rows <= 2) {
            return Math.max(0, rows - 1);
        }
        return 2 * (Math.log(rows - 1.0) + EULER) - 2 * (rows - 1.0) / rows;
    }

    private static void swap(float[][] rows, int one, int other) {
        float[] row = rows[one];
        rows[one] = rows[other];
        rows[other] = row;
    }
}
