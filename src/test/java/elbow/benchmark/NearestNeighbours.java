package elbow.benchmark;

import elbow.benchmark.NeighbourSearch.Neighbours;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Two detectors by the training rows that are nearest to a row; higher scores are stranger. It stands among the tests
 * so that they see it.
 */
final class NearestNeighbours {
    /** Of the distance. */
    static final int DISTANCE_NEIGHBOURS = 5;

    /** Of the local outlier factor, as published comparisons have it. */
    static final int FACTOR_NEIGHBOURS = 20;

    /** Keeps densities of rows finite that have as many copies as neighbours, as scikit-learn does. */
    private static final double LEAST_REACH = 1e-10;

    private final Neighbours[] ofTest;
    private final double[] reaches;
    private final double[] densities;
    private final boolean testIsTraining;

    private NearestNeighbours(Neighbours[] ofTest, Neighbours[] ofTraining, boolean testIsTraining) {
        this.ofTest = ofTest;
        this.testIsTraining = testIsTraining;
        reaches = Arrays.stream(ofTraining)
                .mapToDouble(neighbours -> distance(neighbours, neighbours.indices().length - 1))
                .toArray();
        densities = Arrays.stream(ofTraining).mapToDouble(this::density).toArray();
    }

    /** Test rows beside training rows, none of which is one of these. */
    static NearestNeighbours of(float[][] training, float[][] test) {
        NeighbourSearch search = new NeighbourSearch(training);
        int count = Math.min(FACTOR_NEIGHBOURS, training.length - 1);
        return new NearestNeighbours(search.nearest(test, count), search.nearestOthers(count), false);
    }

    /** Training rows as test rows: none is its own neighbour. */
    static NearestNeighbours among(float[][] training) {
        NeighbourSearch search = new NeighbourSearch(training);
        Neighbours[] all = search.nearestOthers(Math.min(FACTOR_NEIGHBOURS, training.length - 1));
        return new NearestNeighbours(all, all, true);
    }

    /**
     * Squared distance to the fifth neighbour (Ramaswamy, Rastogi and Shim. Efficient algorithms for mining outliers
     * from large data sets. SIGMOD 2000).
     */
    double[] distances() {
        return Arrays.stream(ofTest)
                .mapToDouble(neighbours ->
                        neighbours.squaredDistances()[Math.min(DISTANCE_NEIGHBOURS, neighbours.indices().length) - 1])
                .toArray();
    }

    /**
     * How much sparser it is around a row than around its twenty neighbours (Breunig, Kriegel, Ng and Sander. LOF:
     * identifying density-based local outliers. SIGMOD 2000, definition 7).
     */
    double[] outlierFactors() {
        return IntStream.range(0, ofTest.length)
                .mapToDouble(row -> {
                    double own = testIsTraining ? densities[row] : density(ofTest[row]);
                    return Arrays.stream(ofTest[row].indices())
                                    .mapToDouble(neighbour -> densities[neighbour])
                                    .average()
                                    .orElseThrow()
                            / own;
                })
                .toArray();
    }

    /** The local reachability density, definition 6. */
    private double density(Neighbours neighbours) {
        double sum = 0;
        int count = neighbours.indices().length;
        for (int i = 0; i < count; i++) {
            sum += Math.max(reaches[neighbours.indices()[i]], distance(neighbours, i));
        }
        return 1 / (sum / count + LEAST_REACH);
    }

    private static double distance(Neighbours neighbours, int place) {
        return Math.sqrt(neighbours.squaredDistances()[place]);
    }
}
