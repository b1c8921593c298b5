package elbow.data.reference;

import elbow.data.feature.BinaryFeature;
import elbow.data.feature.CategoricalFeature;
import elbow.data.feature.Categories;
import elbow.data.feature.CountFeature;
import elbow.data.feature.Feature;
import elbow.data.feature.FeatureEncoder;
import elbow.data.feature.ImageFeature;
import elbow.data.feature.OrdinalFeature;
import elbow.data.feature.TimeFeature;
import elbow.data.reference.NearestRows.Kind;
import elbow.data.shard.ReplicaShards;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Some of the training rows, a {@link RowSample}, from which {@link NearestRows} follow. */
public final class NeighbourSample {
    /** Values that are kept, at most: 4 MiB. */
    static final int MOST_VALUES = 1 << 20;

    /** Of what is hardly ever different a difference counts no more than as if it were this far spread. */
    private static final double LEAST_DEVIATION = 0.05;

    /** The share of a usual distance from which on distances grow strange. */
    private static final double SCALE = 0.1;

    /** What the scale is at least, for each column: of rows that mostly are the same. */
    private static final double LEAST_SCALE = 1e-6;

    /** Scales of rows lie above this share of their median, squared. */
    private static final double LEAST_LOCAL = 0.05;

    private final List<SampledRow> rows;

    private NeighbourSample(List<SampledRow> rows) {
        this.rows = rows;
    }

    /**
     * The rows that a model keeps; empty if no column counts or there are fewer than two rows.
     *
     * @param rows all training rows
     * @param weight of the distances, above 0
     */
    public static Optional<NearestRows> nearestOf(
            ReplicaShards rows, FeatureEncoder encoder, Neighbourhood neighbourhood, double weight) {
        if (encoder.modelled().stream().allMatch(feature -> kind(feature) == Kind.NONE)) {
            return Optional.empty();
        }
        int limit = Math.min(
                neighbourhood.rows(),
                Math.max(2, MOST_VALUES / encoder.modelled().size()));
        List<SampledRow> sampled = RowSample.of(rows, limit);
        return of(sampled).nearest(encoder, neighbourhood, weight);
    }

    static NeighbourSample of(List<SampledRow> rows) {
        return new NeighbourSample(rows);
    }

    /** What follows from the rows; empty if there are fewer than two. */
    Optional<NearestRows> nearest(FeatureEncoder encoder, Neighbourhood neighbourhood, double weight) {
        int kept = rows.size();
        if (kept < 2) {
            return Optional.empty();
        }
        List<KeptColumn> columns = new ArrayList<>();
        for (int i = 0; i < encoder.modelled().size(); i++) {
            columns.add(column(encoder.modelled().get(i), encoder.layout().offset(i)));
        }
        int neighbours = neighbourhood.neighbours(kept);
        float[] nearness = new float[kept];
        Arrays.fill(nearness, 1);
        NearestRows plain = new NearestRows(weight, neighbours, 1, nearness, columns, encoder.layout());
        double[] distances = distances(plain);
        double least = LEAST_SCALE
                * columns.stream().filter(column -> column.kind() != Kind.NONE).count();
        if (neighbourhood.isLocal()) {
            double median = Math.max(least, median(distances));
            for (int row = 0; row < kept; row++) {
                nearness[row] = (float) Math.sqrt(median / Math.max(LEAST_LOCAL * median, distances[row]));
            }
            distances = distances(new NearestRows(weight, neighbours, 1, nearness, columns, encoder.layout()));
        }
        double scale = Math.max(least, SCALE * median(distances));
        return Optional.of(new NearestRows(weight, neighbours, scale, nearness, columns, encoder.layout()));
    }

    private double[] distances(NearestRows nearest) {
        double[] distances = new double[rows.size()];
        for (int row = 0; row < distances.length; row++) {
            distances[row] = nearest.meanDistance(row, rows.get(row).encoded, rows.get(row).observed);
        }
        return distances;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    private static Kind kind(Feature feature) {
        if (feature instanceof TimeFeature || feature instanceof ImageFeature) {
            return Kind.NONE;
        }
        if (feature instanceof CategoricalFeature) {
            return Kind.CATEGORY;
        }
        return feature instanceof OrdinalFeature ? Kind.LEVEL : Kind.NUMBER;
    }

    private KeptColumn column(Feature feature, int offset) {
        Kind kind = kind(feature);
        if (kind == Kind.NONE) {
            return new KeptColumn(feature.column(), kind, 0, 1, new float[0]);
        }
        float[] values = new float[rows.size()];
        for (int row = 0; row < values.length; row++) {
            SampledRow found = rows.get(row);
            values[row] = found.observed[offset] == 0
                    ? Float.NaN
                    : kind == Kind.NUMBER
                            ? found.encoded[offset]
                            : Categories.largest(found.encoded, offset, feature.width());
        }
        if (kind == Kind.CATEGORY) {
            // Two rows differ by 2 on average, as numbers of deviation 1 do.
            double spread = Math.max(LEAST_DEVIATION * LEAST_DEVIATION, spread(values, feature.width()));
            return new KeptColumn(feature.column(), kind, 0, (float) (2 / spread), values);
        }
        boolean isStandardised =
                kind == Kind.NUMBER && !(feature instanceof CountFeature || feature instanceof BinaryFeature);
        double mean = isStandardised ? 0 : mean(values);
        double deviation = isStandardised ? 1 : Math.max(LEAST_DEVIATION, deviation(values, mean));
        float centre = (float) mean;
        float unit = (float) deviation;
        for (int row = 0; row < values.length; row++) {
            values[row] = (values[row] - centre) / unit;
        }
        return new KeptColumn(feature.column(), kind, centre, unit, values);
    }

    private static double mean(float[] values) {
        double sum = 0;
        int count = 0;
        for (float value : values) {
            if (!Float.isNaN(value)) {
                sum += value;
                count++;
            }
        }
        return count == 0 ? 0 : sum / count;
    }

    private static double deviation(float[] values, double mean) {
        double sum = 0;
        int count = 0;
        for (float value : values) {
            if (!Float.isNaN(value)) {
                sum += (value - mean) * (value - mean);
                count++;
            }
        }
        return count == 0 ? 0 : Math.sqrt(sum / count);
    }

    // The probability that two rows differ (Gini's).
    private static double spread(float[] codes, int width) {
        double[] counts = new double[width];
        double total = 0;
        for (float code : codes) {
            if (!Float.isNaN(code)) {
                counts[(int) code]++;
                total++;
            }
        }
        double equal = 0;
        for (double count : counts) {
            equal += total == 0 ? 1.0 / width : count / total * (count / total);
        }
        return 1 - equal;
    }
}
