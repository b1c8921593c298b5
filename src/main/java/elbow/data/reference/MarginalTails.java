package elbow.data.reference;

import elbow.base.Check;
import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.data.feature.Categories;
import elbow.data.feature.FeatureLayout;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far the values of a row lie in the tails of their columns' own distributions, as the training rows show them; in
 * nats, at least 0, higher is stranger. Of a column alone, whatever the others are.
 *
 * <p>A number x costs {@code -log min(1, 2 min(P(X <= x), P(X >= x)))}, by the shares of the n training rows that have
 * a value; between the kept values it is interpolated, and beyond all of the training rows' values it is log(n + 1). So
 * does a level, by its place in the order. A category costs minus the logarithm of the share of rows whose category is
 * no more frequent. Missing values, images and times cost nothing. All of it is times a weight.
 *
 * <p>The sum over columns is the score of Z. Li et al. ECOD: unsupervised outlier detection using empirical cumulative
 * distribution functions. IEEE TKDE 2022, with both tails of each column.
 */
public final class MarginalTails implements Serializable {
    private static final long serialVersionUID = 1L;

    private final double weight;
    // Arrays, and no records: the work of a task is copied by what cannot write records.
    private final String[] columns;
    private final float[][] knots;
    private final float[][] nats;
    private final float[] beyond;
    private final int[] offsets;
    private final int[] widths;

    /** What the values of one column cost. */
    public static final class Tail {
        private final String column;
        private final float[] knots;
        private final float[] nats;
        private final float beyond;

        /**
         * @param knots of a number: encoded values, ascending; empty: of codes
         * @param nats what each of the knots costs; of codes, what each of them does; both empty: nothing costs
         *     anything
         * @param beyond what a value outside the knots costs
         */
        public Tail(String column, float[] knots, float[] nats, float beyond) {
            Check.argument(
                    knots.length == 0 || knots.length == nats.length,
                    "nats of " + column,
                    "be as many as knots (" + knots.length + ")",
                    nats.length);
            for (int i = 0; i < knots.length; i++) {
                Check.argument(
                        Float.isFinite(knots[i]) && (i == 0 || knots[i] > knots[i - 1]),
                        "knots of " + column,
                        "be finite and ascend",
                        knots[i]);
            }
            for (float cost : nats) {
                Check.argument(cost >= 0 && cost <= beyond, "nats of " + column, "lie in 0.." + beyond, cost);
            }
            Check.argument(Float.isFinite(beyond), "beyond of " + column, "be finite", beyond);
            this.column = column;
            this.knots = knots.clone();
            this.nats = nats.clone();
            this.beyond = beyond;
        }

        /** Name of the column. */
        public String column() {
            return column;
        }

        /** Encoded values of a number, ascending; empty for codes. */
        public float[] knots() {
            return knots.clone();
        }

        /** What each of the knots, or of the codes, costs, in nats. */
        public float[] nats() {
            return nats.clone();
        }

        /** What a value outside the knots costs, in nats. */
        public float beyond() {
            return beyond;
        }

        /** Whether no value of the column costs anything. */
        public boolean isNone() {
            return nats.length == 0;
        }
    }

    /**
     * @param weight what the sum is multiplied by, above 0
     * @param tails in the order of the layout's features
     * @throws ElbowException of category MODEL unless they are of the layout's columns
     */
    public MarginalTails(double weight, List<Tail> tails, FeatureLayout layout) {
        List<String> names = tails.stream().map(Tail::column).toList();
        if (!names.equals(layout.columns())) {
            throw new ElbowException(
                    ErrorCategory.MODEL,
                    "the model's marginal tails must be of its columns, " + String.join(", ", layout.columns())
                            + ", but are of " + String.join(", ", names));
        }
        this.weight = requireWeight(weight);
        int count = tails.size();
        columns = names.toArray(String[]::new);
        knots = tails.stream().map(Tail::knots).toArray(float[][]::new);
        nats = tails.stream().map(Tail::nats).toArray(float[][]::new);
        beyond = new float[count];
        offsets = new int[count];
        widths = new int[count];
        for (int i = 0; i < count; i++) {
            Tail tail = tails.get(i);
            beyond[i] = tail.beyond();
            offsets[i] = layout.offset(i);
            widths[i] = layout.offset(i + 1) - offsets[i];
            Check.argument(
                    tail.isNone() || (widths[i] == 1 ? tail.knots.length > 0 : tail.nats.length == widths[i]),
                    "tail of " + tail.column(),
                    "fit a column that is encoded by " + widths[i] + " values",
                    tail.nats.length);
        }
    }

    private MarginalTails(MarginalTails tails, double weight) {
        this.weight = requireWeight(weight);
        columns = tails.columns;
        knots = tails.knots;
        nats = tails.nats;
        beyond = tails.beyond;
        offsets = tails.offsets;
        widths = tails.widths;
    }

    private static double requireWeight(double weight) {
        Check.argument(weight > 0 && Double.isFinite(weight), "weight", "be finite and above 0", weight);
        return weight;
    }

    /** The same with another weight, above 0. */
    public MarginalTails weighing(double other) {
        return new MarginalTails(this, other);
    }

    /** What the sum is multiplied by. */
    public double weight() {
        return weight;
    }

    /** One for each modelled feature, in their order. */
    public List<Tail> tails() {
        List<Tail> tails = new ArrayList<>();
        for (int i = 0; i < columns.length; i++) {
            tails.add(new Tail(columns[i], knots[i], nats[i], beyond[i]));
        }
        return tails;
    }

    /**
     * What all columns of a row cost, times the weight.
     *
     * @param encoded rows in row-major order
     * @param observed 1 for each value that is there; null: all are
     * @param row where the row begins
     */
    public double of(float[] encoded, byte @Nullable [] observed, int row) {
        double sum = 0;
        for (int i = 0; i < columns.length; i++) {
            sum += ofFeature(i, encoded, observed, row);
        }
        return sum;
    }

    /** What one feature of a row costs, times the weight. */
    public double ofFeature(int feature, float[] encoded, byte @Nullable [] observed, int row) {
        int place = row + offsets[feature];
        float[] costs = nats[feature];
        if (costs.length == 0 || (observed != null && observed[place] == 0)) {
            return 0;
        }
        double cost = widths[feature] == 1
                ? ofNumber(knots[feature], costs, beyond[feature], encoded[place])
                : costs[Categories.largest(encoded, place, widths[feature])];
        return weight * cost;
    }

    private static double ofNumber(float[] knots, float[] costs, float beyond, float encoded) {
        // 0 and -0 are one value.
        float value = encoded + 0f;
        if (!(value >= knots[0] && value <= knots[knots.length - 1])) {
            return beyond;
        }
        int found = Arrays.binarySearch(knots, value);
        if (found >= 0) {
            return costs[found];
        }
        int above = -found - 1;
        double share = ((double) value - knots[above - 1]) / ((double) knots[above] - knots[above - 1]);
        return costs[above - 1] + share * ((double) costs[above] - costs[above - 1]);
    }
}
