package elbow.fit.weights;

import elbow.base.Check;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Chooses what the parts of the anomaly score weigh by how well scores tell a few known anomalies from held-out rows:
 * the area under the ROC curve. Of few weights, by the mean over the anomalies of the share of held-out rows that score
 * lower, less a little for each factor of 2 that the weights are away from the usual ones.
 *
 * <p>They are taken if that is clearly better on anomalies that had no part in the choice: each is scored by the
 * weights that the others choose (of more than {@value #MOST_ONE_BY_ONE} a tenth at a time), and the gain in AUROC over
 * the usual weights must be larger than its standard error (of the two means over anomalies and over held-out rows, as
 * E. DeLong et al. Comparing the areas under two or more correlated receiver operating characteristic curves.
 * Biometrics 44, 1988).
 */
public final class WeightSearch {
    /** Fewer known anomalies tell nothing. */
    public static final int LEAST_ANOMALIES = 3;

    /** So many held-out rows at most are looked at, at even steps. */
    static final int MOST_HELD_OUT = 10_000;

    private static final int MOST_ONE_BY_ONE = 20;
    private static final int FOLDS = 10;

    private static final double[] MARGINAL = {0, 0.25, 1, 4};
    private static final double[] NEIGHBOUR = {0, 0.5, 2, 8};

    /** Of AUROC, for each factor of 2. */
    private static final double PENALTY = 0.005;

    private final List<ScoreWeights> candidates;
    private final int usual;
    private final double[][] ofAnomalies;
    private final double[][] ofHeldOut;
    private final double[][] places;

    /** What may weigh more or less than usual. */
    public enum Part {
        /** Of how far out values lie in their columns' own distributions. */
        MARGINAL,
        /** Of the distance to training rows. */
        NEIGHBOUR
    }

    /** What rows' scores are made of. */
    public static final class Parts {
        private final double[] elbo;
        private final double[] marginal;
        private final double[] neighbour;

        /**
         * @param elbo the scores without the other parts
         * @param marginal the part of marginal tails at weight 1
         * @param neighbour the part of the distance to training rows at weight 1
         */
        public Parts(double[] elbo, double[] marginal, double[] neighbour) {
            this.elbo = elbo.clone();
            this.marginal = marginal.clone();
            this.neighbour = neighbour.clone();
        }

        int rows() {
            return elbo.length;
        }

        private double[] scores(ScoreWeights weights) {
            double[] scores = new double[rows()];
            for (int row = 0; row < scores.length; row++) {
                double score = elbo[row] + weights.marginal() * marginal[row] + weights.neighbour() * neighbour[row];
                scores[row] = Double.isFinite(score) ? score : Double.MAX_VALUE;
            }
            return scores;
        }

        private Parts thinned(int most) {
            return rows() <= most
                    ? this
                    : new Parts(thinned(elbo, most), thinned(marginal, most), thinned(neighbour, most));
        }

        private static double[] thinned(double[] values, int most) {
            double[] thinned = new double[most];
            for (int i = 0; i < most; i++) {
                thinned[i] = values[(int) ((long) i * values.length / most)];
            }
            return thinned;
        }
    }

    private WeightSearch(List<ScoreWeights> candidates, ScoreWeights usual, Parts anomalies, Parts heldOut) {
        this.candidates = candidates;
        this.usual = candidates.indexOf(usual);
        ofAnomalies = candidates.stream().map(anomalies::scores).toArray(double[][]::new);
        ofHeldOut = candidates.stream().map(heldOut::scores).toArray(double[][]::new);
        places = new double[candidates.size()][];
        for (int i = 0; i < places.length; i++) {
            places[i] = shareBelow(ofAnomalies[i], ofHeldOut[i]);
        }
    }

    /**
     * The choice.
     *
     * @param usual the weights unless others are better
     * @param free the parts whose weights may be others
     * @param anomalies at least {@value #LEAST_ANOMALIES}
     * @param heldOut at least one
     */
    public static WeightChoice choose(ScoreWeights usual, Set<Part> free, Parts anomalies, Parts heldOut) {
        Check.argument(
                anomalies.rows() >= LEAST_ANOMALIES, "anomalies", "be at least " + LEAST_ANOMALIES, anomalies.rows());
        Check.argument(heldOut.rows() >= 1, "held-out rows", "be at least 1", heldOut.rows());
        List<ScoreWeights> candidates = new ArrayList<>(List.of(usual));
        for (double marginal : free.contains(Part.MARGINAL) ? MARGINAL : new double[] {usual.marginal()}) {
            for (double neighbour : free.contains(Part.NEIGHBOUR) ? NEIGHBOUR : new double[] {usual.neighbour()}) {
                ScoreWeights weights = new ScoreWeights(marginal, neighbour);
                if (!weights.equals(usual)) {
                    candidates.add(weights);
                }
            }
        }
        return new WeightSearch(candidates, usual, anomalies, heldOut.thinned(MOST_HELD_OUT)).choice();
    }

    private WeightChoice choice() {
        int count = places[usual].length;
        int[] byOthers = byOthers(count);
        double[] gains = new double[count];
        double auroc = 0;
        for (int i = 0; i < count; i++) {
            auroc += places[byOthers[i]][i] / count;
            gains[i] = places[byOthers[i]][i] - places[usual][i];
        }
        double[] ofHeld = gainsOfHeldOut(byOthers);
        double error = Math.sqrt(variance(gains) / count + variance(ofHeld) / ofHeld.length);
        double usualAuroc = Arrays.stream(places[usual]).average().orElseThrow();
        boolean clear = auroc - usualAuroc > error;
        int chosen = clear ? best(everyOne(count)) : usual;
        return new WeightChoice(
                count, ofHeld.length, candidates.get(usual), candidates.get(chosen), usualAuroc, auroc, error);
    }

    // The weights that each anomaly is scored by, which it has no part in.
    private int[] byOthers(int count) {
        int folds = count <= MOST_ONE_BY_ONE ? count : FOLDS;
        int[] byOthers = new int[count];
        for (int fold = 0; fold < folds; fold++) {
            boolean[] counted = everyOne(count);
            for (int i = fold; i < count; i += folds) {
                counted[i] = false;
            }
            int chosen = best(counted);
            for (int i = fold; i < count; i += folds) {
                byOthers[i] = chosen;
            }
        }
        return byOthers;
    }

    private static boolean[] everyOne(int count) {
        boolean[] counted = new boolean[count];
        Arrays.fill(counted, true);
        return counted;
    }

    // The usual ones are the first, and of equals the first is taken.
    private int best(boolean[] counted) {
        int best = 0;
        double highest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < candidates.size(); i++) {
            double sum = 0;
            int rows = 0;
            for (int row = 0; row < counted.length; row++) {
                if (counted[row]) {
                    sum += places[i][row];
                    rows++;
                }
            }
            double value = sum / rows - PENALTY * candidates.get(i).distance(candidates.get(usual));
            if (value > highest) {
                highest = value;
                best = i;
            }
        }
        return best;
    }

    // For each held-out row by how much more of the anomalies score higher than it.
    private double[] gainsOfHeldOut(int[] byOthers) {
        double[] gains = new double[ofHeldOut[usual].length];
        for (int i = 0; i < byOthers.length; i++) {
            int chosen = byOthers[i];
            if (chosen == usual) {
                continue;
            }
            for (int row = 0; row < gains.length; row++) {
                double gain = above(ofAnomalies[chosen][i], ofHeldOut[chosen][row])
                        - above(ofAnomalies[usual][i], ofHeldOut[usual][row]);
                gains[row] += gain / byOthers.length;
            }
        }
        return gains;
    }

    private static double above(double score, double other) {
        return score > other ? 1 : score == other ? 0.5 : 0;
    }

    // Equal ones count half.
    private static double[] shareBelow(double[] scores, double[] others) {
        double[] sorted = others.clone();
        Arrays.sort(sorted);
        return Arrays.stream(scores)
                .map(score ->
                        (countBelow(sorted, score) + countBelow(sorted, Math.nextUp(score))) / 2.0 / sorted.length)
                .toArray();
    }

    private static int countBelow(double[] sorted, double score) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < score) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static double variance(double[] values) {
        double mean = Arrays.stream(values).average().orElse(Double.NaN);
        double squares = Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .sum();
        return values.length < 2 ? Double.NaN : squares / (values.length - 1);
    }
}
