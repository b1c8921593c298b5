package elbow.data.reference;

import elbow.base.Check;
import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.data.feature.Categories;
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
    private final Column[] columns;
    private final int[] offsets;
    private final int[] widths;
    private final int counted;

    /** The values of one column in the kept rows. */
    public static final class Column implements Serializable {
        private static final long serialVersionUID = 1L;

        private final String name;
        private final Kind kind;
        private final float centre;
        private final float deviation;
        // In a gap 0, and -1 of categories.
        private final float[] kept;
        // 1 in a gap of a number or level, else 0; null: there is none.
        private final float @Nullable [] gaps;
        // Of each code that a kept row has; of categories alone.
        private final float[] shares;

        /**
         * @param centre what is taken off an encoded number or a level's place
         * @param deviation what the difference is divided by; of categories the squared distance of codes that differ
         * @param values of each kept row, after that; codes of categories as they are; NaN for a gap; none of kind NONE
         */
        public Column(String name, Kind kind, float centre, float deviation, float[] values) {
            Check.argument(Float.isFinite(centre), "centre of " + name, "be finite", centre);
            Check.argument(
                    deviation > 0 && Float.isFinite(deviation),
                    "deviation of " + name,
                    "be finite and above 0",
                    deviation);
            this.name = name;
            this.kind = kind;
            this.centre = centre;
            this.deviation = deviation;
            boolean isCategory = kind == Kind.CATEGORY;
            kept = values.clone();
            float[] missing = new float[values.length];
            boolean complete = true;
            for (int row = 0; row < values.length; row++) {
                float value = values[row];
                boolean fits = !Float.isInfinite(value)
                        && (!isCategory || Float.isNaN(value) || (value >= 0 && value == Math.rint(value)));
                Check.argument(fits, "values of " + name, "be " + (isCategory ? "codes" : "finite") + " or NaN", value);
                if (Float.isNaN(value)) {
                    kept[row] = isCategory ? -1 : 0;
                    missing[row] = 1;
                    complete = false;
                }
            }
            gaps = complete || isCategory ? null : missing;
            shares = isCategory ? shares(kept) : new float[0];
        }

        private static float[] shares(float[] codes) {
            int largest = -1;
            int found = 0;
            for (float code : codes) {
                largest = Math.max(largest, (int) code);
                found += code < 0 ? 0 : 1;
            }
            float[] shares = new float[largest + 1];
            for (float code : codes) {
                if (code >= 0) {
                    shares[(int) code] += 1f / found;
                }
            }
            return shares;
        }

        public String name() {
            return name;
        }

        public Kind kind() {
            return kind;
        }

        /** What is taken off an encoded number or a level's place. */
        public float centre() {
            return centre;
        }

        /** What the difference is divided by; of categories the squared distance of codes that differ. */
        public float deviation() {
            return deviation;
        }

        /** Of each kept row; NaN for a gap. */
        public float[] values() {
            float[] values = kept.clone();
            for (int row = 0; row < values.length; row++) {
                boolean isGap = kind == Kind.CATEGORY ? kept[row] < 0 : gaps != null && gaps[row] == 1;
                values[row] = isGap ? Float.NaN : kept[row];
            }
            return values;
        }

        /** Of one kept row; 0 for a gap. */
        public float keptNumber(int row) {
            return kept[row];
        }

        /**
         * The squared distance of a value from that of a kept row.
         *
         * @param value a code, or a number or level's place less the centre, over the deviation
         */
        public float difference(float value, int row) {
            if (kind == Kind.CATEGORY) {
                return kept[row] == value ? 0 : kept[row] < 0 ? differingFromAny((int) value) : deviation;
            }
            float difference = value - kept[row];
            return difference * difference + (gaps == null ? 0 : gaps[row]);
        }

        // On average over the kept rows that have one.
        private float differingFromAny(int code) {
            return deviation * (1 - (code < shares.length ? shares[code] : 0));
        }

        private float value(float[] encoded, int place, int width) {
            if (kind == Kind.CATEGORY) {
                return Categories.largest(encoded, place, width);
            }
            float value = kind == Kind.LEVEL ? Categories.largest(encoded, place, width) : encoded[place];
            return Math.max(-FARTHEST, Math.min(FARTHEST, (value - centre) / deviation));
        }
    }

    /**
     * @param weight nats for each column and each e-fold of distance, above 0
     * @param neighbours how many of the kept rows are the nearest ones
     * @param scale squared distance from which on rows are strange, above 0
     * @param nearness of each kept row, what squared distances to it are multiplied by, above 0
     * @param columns in the order of the layout's features
     * @throws ElbowException of category MODEL unless they are of the layout's columns
     */
    public NearestRows(
            double weight, int neighbours, double scale, float[] nearness, List<Column> columns, FeatureLayout layout) {
        Check.argument(weight > 0 && Double.isFinite(weight), "weight", "be finite and above 0", weight);
        Check.argument(scale > 0 && Double.isFinite(scale), "scale", "be finite and above 0", scale);
        Check.argument(
                neighbours >= 1 && neighbours <= nearness.length,
                "neighbours",
                "lie in 1.." + nearness.length,
                neighbours);
        for (float value : nearness) {
            Check.argument(value > 0 && Float.isFinite(value), "nearness", "be finite and above 0", value);
        }
        List<String> names = columns.stream().map(Column::name).toList();
        if (!names.equals(layout.columns())) {
            throw new ElbowException(
                    ErrorCategory.MODEL,
                    "the model's kept rows must be of its columns, " + String.join(", ", layout.columns())
                            + ", but are of " + String.join(", ", names));
        }
        this.weight = weight;
        this.neighbours = neighbours;
        this.scale = scale;
        this.nearness = nearness.clone();
        this.columns = columns.toArray(Column[]::new);
        offsets = new int[names.size()];
        widths = new int[names.size()];
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = layout.offset(i);
            widths[i] = layout.offset(i + 1) - offsets[i];
            requireFitting(columns.get(i), widths[i]);
        }
        counted = (int)
                columns.stream().filter(column -> column.kind != Kind.NONE).count();
    }

    private void requireFitting(Column column, int width) {
        int wanted = column.kind == Kind.NONE ? 0 : nearness.length;
        Check.argument(column.kept.length == wanted, "values of " + column.name, "be " + wanted, column.kept.length);
        Check.argument(
                column.shares.length <= width, "codes of " + column.name, "lie below " + width, column.shares.length);
        Check.argument(
                column.kind != Kind.NUMBER || width == 1,
                "kind of " + column.name,
                "fit a column that is encoded by " + width + " values",
                column.kind);
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
    public List<Column> columns() {
        return List.of(columns);
    }

    /**
     * What a row costs.
     *
     * @param encoded rows in row-major order
     * @param observed 1 for each value that is there; null: all are
     * @param row where the row begins
     */
    public double of(float[] encoded, byte @Nullable [] observed, int row) {
        float[] distances = new float[nearness.length];
        int there = distances(encoded, observed, row, distances);
        return there == 0 ? 0 : cost(there, Smallest.sum(distances, neighbours));
    }

    /** The mean of the squared distances of a kept row to the nearest others, each over the other's scale. */
    double meanDistance(int kept, float[] encoded, byte[] observed) {
        float[] distances = new float[nearness.length];
        int unused = distances(encoded, observed, 0, distances);
        distances[kept] = Float.MAX_VALUE;
        return Smallest.sum(distances, neighbours) / neighbours;
    }

    private double cost(int there, double distances) {
        return weight * there * Math.log1p(distances / neighbours / scale);
    }

    /**
     * What each column of a row costs; the sum is {@link #of}, to rounding.
     *
     * @param parts what is added to, one for each modelled feature
     */
    public void addParts(float[] encoded, byte @Nullable [] observed, int row, double[] parts) {
        float[] distances = new float[nearness.length];
        int there = distances(encoded, observed, row, distances);
        if (there == 0) {
            return;
        }
        int[] nearest = Smallest.places(distances, neighbours);
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
        double share = cost(there, Smallest.sum(distances, neighbours)) / total;
        for (int i = 0; i < own.length; i++) {
            parts[i] += share * own[i];
        }
    }

    private boolean isThere(int feature, byte @Nullable [] observed, int row) {
        return columns[feature].kind != Kind.NONE && (observed == null || observed[row + offsets[feature]] != 0);
    }

    // Over the rows' scales, of the columns that are there times those that are counted; returns how many are there.
    private int distances(float[] encoded, byte @Nullable [] observed, int row, float[] target) {
        int there = 0;
        float heldValue = 0;
        float @Nullable [] held = null;
        for (int i = 0; i < columns.length; i++) {
            if (!isThere(i, observed, row)) {
                continue;
            }
            there++;
            Column column = columns[i];
            float value = column.value(encoded, row + offsets[i], widths[i]);
            if (column.kind == Kind.CATEGORY) {
                DistanceLoops.addCodes(
                        value, column.deviation, column.differingFromAny((int) value), column.kept, target);
                continue;
            }
            if (column.gaps != null) {
                DistanceLoops.add(column.gaps, target);
            }
            if (held == null) {
                held = column.kept;
                heldValue = value;
            } else {
                DistanceLoops.addSquares(heldValue, held, value, column.kept, target);
                held = null;
            }
        }
        if (held != null) {
            DistanceLoops.addSquares(heldValue, held, target);
        }
        DistanceLoops.scale(nearness, there == 0 ? 0 : (float) counted / there, target);
        return there;
    }
}
