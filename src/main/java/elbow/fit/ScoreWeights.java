package elbow.fit;

import elbow.base.Check;

/**
 * What the parts of an anomaly score weigh beside minus the ELBO, which weighs 1.
 *
 * @param marginal of how far out values lie in their columns' own distributions, at least 0
 * @param neighbour of the distance to training rows, at least 0
 */
public record ScoreWeights(double marginal, double neighbour) {
    public ScoreWeights {
        requireWeight("marginal", marginal);
        requireWeight("neighbour", neighbour);
    }

    private static void requireWeight(String name, double weight) {
        Check.argument(weight >= 0 && Double.isFinite(weight), name, "be finite and at least 0", weight);
    }

    /** In how many factors of 2 they differ from others, a weight of 0 being as if it were a small one. */
    double distance(ScoreWeights other) {
        return distance(marginal, other.marginal) + distance(neighbour, other.neighbour);
    }

    private static double distance(double weight, double other) {
        return Math.abs(Math.log(Math.max(weight, LEAST)) - Math.log(Math.max(other, LEAST))) / Math.log(2);
    }

    private static final double LEAST = 1.0 / 16;
}
