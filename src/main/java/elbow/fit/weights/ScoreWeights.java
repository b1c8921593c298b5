package elbow.fit.weights;

import elbow.base.Check;

/**
 * What the parts of an anomaly score weigh beside minus the ELBO, which weighs 1.
 *
 * @param marginal of how far out values lie in their columns' own distributions, at least 0
 * @param neighbour of the distance to training rows, at least 0
 */
public record ScoreWeights(double marginal, double neighbour) {
    /** What a weight of 0 counts as, beside the usual one. */
    private static final double LEAST_SHARE = 0.25;

    public ScoreWeights {
        requireWeight("marginal", marginal);
        requireWeight("neighbour", neighbour);
    }

    private static void requireWeight(String name, double weight) {
        Check.argument(weight >= 0 && Double.isFinite(weight), name, "be finite and at least 0", weight);
    }

    /** How many factors of 2 they are away from the usual ones, 0 being as if it were a quarter of the usual one. */
    double distance(ScoreWeights usual) {
        return distance(marginal, usual.marginal) + distance(neighbour, usual.neighbour);
    }

    private static double distance(double weight, double usual) {
        return weight == usual ? 0 : Math.abs(Math.log(Math.max(weight / usual, LEAST_SHARE))) / Math.log(2);
    }
}
