package elbow.data.reference;

import elbow.base.Check;
import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.data.feature.FeatureLayout;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a row lies from the nearest of some training rows that the model keeps; in nats, at least 0, higher is
 * stranger.
 *
 * <p>Each column that both rows have adds its squared difference in standard deviations; where the kept row has a gap,
 * what it is on average; of codes without an order a constant if they differ. Where the row has gaps, the sum over the
 * columns that it has stands for all. With D the mean of the squared distances to the nearest kept rows, each over the
 * scale of that row, the row costs {@code weight n log(1 + D / scale)}, n the columns that it has: minus the logarithm
 * of a heavy-tailed kernel. A column's part is its share of D.
 *
 * <p>For the nearest of a sample see N. Wu, J. Jermaine. Outlier detection by sampling with accuracy guarantees. KDD
 * 2006; for scales of neighbours M. Breunig et al. LOF: identifying density-based local outliers. SIGMOD 2000, and the
 * square root of densities I. Abramson. On bandwidth variation in kernel estimates. Annals of Statistics 1982.
 */
public final class NearestRows implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Beyond this many deviations squares would leave the floats. */
    public static final float FARTHEST = 0x1p50f;

    /** What the values of a column are to distances. */
    public enum Kind {
        /** Nothing: times go on, and images have pixels. */
        NONE,
        /** A number. */
        NUMBER,
        /** A code that is a place in an order. */
        LEVEL,
        /** A code without an order. */
        CATEGORY
    }

    private final double weight;
    private final int neighbours;
    private final double scale;
    private final float[] nearness;
    private final KeptColumn[] columns;
    private final int[] offsets;
    private final int[] widths;
    private final int counted;

    /**
     * @param weight nats for each column and each e-fold of distance, above 0
     * @param neighbours how many of the kept rows are the nearest ones
     * @param scale squared distance from which on rows are strange, above 0
     * @param nearness of each kept row, what squared distances to it are multiplied by, above 0
     * @param columns in the order of the layout's features
     * @throws ElbowException of category MODEL unless they are of the layout's columns
     */
    public NearestRows(
            double weight,
            int neighbours,
            double scale,
            float[] nearness,
            List<KeptColumn> columns,
            FeatureLayout layout) {
        Check.argument(scale > 0 && Double.isFinite(scale), "scale", "be finite and above 0", scale);
        Check.argument(
                neighbours >= 1 && neighbours <= nearness.length,
                "neighbours",
                "lie in 1.." + nearness.length,
                neighbours);
        for (float value : nearness) {
            Check.argument(value > 0 && Float.isFinite(value), "nearness", "be finite and above 0", value);
        }
        List<String> names = columns.stream().map(KeptColumn::name).toList();
        if (!names.equals(layout.columns())) {
            throw new ElbowException(
                    ErrorCategory.MODEL,
                    "the model's kept rows must be of its columns, " + String.join(", ", layout.columns())
                            + ", but are of " + String.join(", ", names));
        }
        this.weight = requireWeight(weight);
        this.neighbours = neighbours;
        this.scale = scale;
        this.nearness = nearness.clone();
        this.columns = columns.toArray(KeptColumn[]::new);
        offsets = new int[names.size()];
        widths = new int[names.size()];
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = layout.offset(i);
            widths[i] = layout.offset(i + 1) - offsets[i];
            requireFitting(columns.get(i), widths[i]);
        }
        counted = (int)
                columns.stream().filter(column -> column.kind() != Kind.NONE).count();
    }

    private NearestRows(NearestRows nearest, double weight) {
        this.weight = requireWeight(weight);
        neighbours = nearest.neighbours;
        scale = nearest.scale;
        nearness = nearest.nearness;
        columns = nearest.columns;
        offsets = nearest.offsets;
        widths = nearest.widths;
        counted = nearest.counted;
    }

    private static double requireWeight(double weight) {
        Check.argument(weight > 0 && Double.isFinite(weight), "weight", "be finite and above 0", weight);
        return weight;
    }

    private void requireFitting(KeptColumn column, int width) {
        int wanted = column.kind() == Kind.NONE ? 0 : nearness.length;
        Check.argument(
                column.kept().length == wanted, "values of " + column.name(), "be " + wanted, column.kept().length);
        Check.argument(column.codes() <= width, "codes of " + column.name(), "lie below " + width, column.codes());
        Check.argument(
                column.kind() != Kind.NUMBER || width == 1,
                "kind of " + column.name(),
                "fit a column that is encoded by " + width + " values",
                column.kind());
    }

    /** The same with another weight, above 0. */
    public NearestRows weighing(double other) {
        return new NearestRows(this, other);
    }

    /** Nats for each column and each e-fold of distance. */
    public double weight() {
        return weight;
    }

    /** How many of the kept rows are the nearest ones. */
    public int neighbours() {
        return neighbours;
    }

    /** Squared distance from which on rows are strange. */
    public double scale() {
        return scale;
    }

    /** How many rows are kept. */
    public int rows() {
        return nearness.length;
    }

    /** What squared distances to each kept row are multiplied by. A copy. */
    public float[] nearness() {
        return nearness.clone();
    }

    /** One for each modelled feature, in their order. */
    public List<KeptColumn> columns() {
        return List.of(columns);
    }

    /**
     * What a row of a batch costs.
     *
     * @param encoded rows in row-major order
     * @param observed 1 for each value that is there; null: all are
     * @param row where the row begins
     * @param memory of the batch
     */
    public double of(float[] encoded, byte @Nullable [] observed, int row, RowDistances memory) {
        memory.hold(this, encoded, observed, row);
        return memory.cost();
    }

    /** The mean of the squared distances of a kept row to the nearest others, each over the other's scale. */
    double meanDistance(int kept, float[] encoded, byte[] observed) {
        float[] distances = new float[nearness.length];
        int unused = distances(encoded, observed, 0, distances);
        distances[kept] = Float.MAX_VALUE;
        return Smallest.sum(distances, neighbours) / neighbours;
    }

    /** What a row of so many columns costs, by its distances to all kept rows. */
    double cost(int there, float[] distances) {
        return there == 0 ? 0 : cost(there, Smallest.sum(distances, neighbours));
    }

    private double cost(int there, double distances) {
        return weight * there * Math.log1p(distances / neighbours / scale);
    }

    /**
     * What each column of a row costs; the sum is what {@link #of} says, to rounding.
     *
     * @param row where the row begins
     * @param memory of the batch
     * @param parts what is added to, one for each modelled feature
     */
    public void addParts(float[] encoded, byte @Nullable [] observed, int row, RowDistances memory, double[] parts) {
        memory.hold(this, encoded, observed, row);
        if (memory.there() == 0) {
            return;
        }
        int[] nearest = Smallest.places(memory.distances(), neighbours);
        double[] own = new double[columns.length];
        double total = 0;
        for (int i = 0; i < own.length; i++) {
            if (isThere(i, observed, row)) {
                float value = columns[i].value(encoded, row + offsets[i], widths[i]);
                for (int kept : nearest) {
                    own[i] += (double) nearness[kept] * columns[i].difference(value, kept);
                }
                total += own[i];
            }
        }
        if (total == 0) {
            return;
        }
        double share = memory.cost() / total;
        for (int i = 0; i < own.length; i++) {
            parts[i] += share * own[i];
        }
    }

    private boolean isThere(int feature, byte @Nullable [] observed, int row) {
        return columns[feature].kind() != Kind.NONE && (observed == null || observed[row + offsets[feature]] != 0);
    }

    // Over the rows' scales, of the columns that are there times those that are counted; returns how many are there.
    int distances(float[] encoded, byte @Nullable [] observed, int row, float[] target) {
        int there = 0;
        SquaresSum sum = new SquaresSum(target);
        for (int i = 0; i < columns.length; i++) {
            if (!isThere(i, observed, row)) {
                continue;
            }
            there++;
            KeptColumn column = columns[i];
            float value = column.value(encoded, row + offsets[i], widths[i]);
            if (column.kind() == Kind.CATEGORY) {
                sum.flush();
                column.addCodes(value, target);
                continue;
            }
            if (column.hasGaps()) {
                sum.flush();
                column.addGaps(target);
            }
            sum.add(value, column.kept());
        }
        sum.end();
        DistanceLoops.scale(nearness, there == 0 ? 0 : (float) counted / there, target);
        return there;
    }
}
