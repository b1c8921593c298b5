package elbow.data.reference;

import elbow.data.feature.CategoricalFeature;
import elbow.data.feature.Categories;
import elbow.data.feature.Feature;
import elbow.data.feature.FeatureEncoder;
import elbow.data.feature.ImageFeature;
import elbow.data.feature.TimeFeature;
import elbow.data.reference.MarginalTails.Tail;
import elbow.data.shard.PackedRows;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.TreeSet;
import org.apache.spark.api.java.JavaRDD;

/**
 * Counts of training rows from which {@link MarginalTails} follow: of each number at, between and beyond some values
 * that a sample has, of each code. Exact, so that they do not depend on the order or the partitions of the rows; the
 * values do on which rows the sample has.
 */
public final class TailCounts implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Ratio of the ranks of neighbouring knots, seen from the nearer end: an eighth of a nat. */
    private static final double RANKS = Math.exp(0.125);

    private final int[] offsets;
    private final int[] widths;
    // Of numbers; null of codes, and of features that have no tails.
    private final float[][] knots;
    // Of numbers: below the first knot, at it, below the second ...; of codes: each.
    private final long[][] counts;
    private final float[] lowest;
    private final float[] highest;

    private TailCounts(int[] offsets, int[] widths, float[][] knots) {
        this.offsets = offsets;
        this.widths = widths;
        this.knots = knots;
        counts = new long[widths.length][];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = new long[widths[i] == 1 ? 2 * knots[i].length + 1 : widths[i]];
        }
        lowest = new float[widths.length];
        highest = new float[widths.length];
        Arrays.fill(lowest, Float.POSITIVE_INFINITY);
        Arrays.fill(highest, Float.NEGATIVE_INFINITY);
    }

    /**
     * Counts the rows twice: some for the knots, then all.
     *
     * @param sample some of the rows, few enough for the driver
     * @param rows all of them
     * @param weight of the tails, above 0
     */
    public static MarginalTails tailsOf(
            JavaRDD<PackedRows> sample, JavaRDD<PackedRows> rows, FeatureEncoder encoder, double weight) {
        TailCounts laid = laid(sample.collect(), encoder);
        return rows.mapPartitions(
                        blocks -> List.of(laid.emptied().counted(blocks)).iterator())
                .treeReduce(TailCounts::with)
                .tails(encoder, weight);
    }

    /** No counts yet, of values that some rows have. */
    static TailCounts laid(List<PackedRows> sampled, FeatureEncoder encoder) {
        List<Feature> features = encoder.modelled();
        int[] offsets = new int[features.size()];
        int[] widths = new int[features.size()];
        for (int i = 0; i < widths.length; i++) {
            offsets[i] = encoder.layout().offset(i);
            widths[i] = hasTails(features.get(i)) ? features.get(i).width() : 0;
        }
        float[][] knots = new float[widths.length][];
        float[][] values = values(sampled, offsets, widths);
        for (int i = 0; i < knots.length; i++) {
            knots[i] = knots(values[i]);
        }
        return new TailCounts(offsets, widths, knots);
    }

    /** No counts yet, of the same values. */
    TailCounts emptied() {
        return new TailCounts(offsets, widths, knots);
    }

    // Times go on; what is unusual in an image is in no single pixel.
    private static boolean hasTails(Feature feature) {
        return !(feature instanceof TimeFeature) && !(feature instanceof ImageFeature);
    }

    // Of each number, those that are there; of others none.
    private static float[][] values(List<PackedRows> blocks, int[] offsets, int[] widths) {
        int rows = blocks.stream().mapToInt(PackedRows::rows).sum();
        float[][] values = new float[widths.length][];
        for (int i = 0; i < values.length; i++) {
            values[i] = new float[widths[i] == 1 ? rows : 0];
        }
        int[] counts = new int[widths.length];
        for (PackedRows block : blocks) {
            float[] encoded = new float[block.columns()];
            byte[] observed = new byte[block.columns()];
            for (int row = 0; row < block.rows(); row++) {
                block.copyRow(row, encoded, 0);
                block.copyObservedRow(row, observed, 0);
                for (int i = 0; i < widths.length; i++) {
                    if (widths[i] == 1 && observed[offsets[i]] != 0) {
                        // 0 and -0 are one value.
                        values[i][counts[i]++] = encoded[offsets[i]] + 0f;
                    }
                }
            }
        }
        for (int i = 0; i < values.length; i++) {
            values[i] = Arrays.copyOf(values[i], counts[i]);
        }
        return values;
    }

    /** Some of the values, ascending, each once: the nearer to an end, the denser in ranks. */
    static float[] knots(float[] values) {
        float[] sorted = values.clone();
        Arrays.sort(sorted);
        TreeSet<Float> chosen = new TreeSet<>();
        for (double rank = 1; rank <= sorted.length; rank = Math.max(rank + 1, rank * RANKS)) {
            int step = (int) rank;
            chosen.add(sorted[step - 1]);
            chosen.add(sorted[sorted.length - step]);
        }
        float[] knots = new float[chosen.size()];
        int count = 0;
        for (float knot : chosen) {
            knots[count++] = knot;
        }
        return knots;
    }

    /** This one, with the rows of blocks counted. */
    TailCounts counted(Iterator<PackedRows> blocks) {
        while (blocks.hasNext()) {
            PackedRows block = blocks.next();
            float[] encoded = new float[block.columns()];
            byte[] observed = new byte[block.columns()];
            for (int row = 0; row < block.rows(); row++) {
                block.copyRow(row, encoded, 0);
                block.copyObservedRow(row, observed, 0);
                count(encoded, observed);
            }
        }
        return this;
    }

    private void count(float[] encoded, byte[] observed) {
        for (int i = 0; i < widths.length; i++) {
            int place = offsets[i];
            if (widths[i] == 0 || observed[place] == 0) {
                continue;
            }
            if (widths[i] > 1) {
                counts[i][Categories.largest(encoded, place, widths[i])]++;
                continue;
            }
            float value = encoded[place] + 0f;
            lowest[i] = Math.min(lowest[i], value);
            highest[i] = Math.max(highest[i], value);
            int found = Arrays.binarySearch(knots[i], value);
            counts[i][found >= 0 ? 2 * found + 1 : 2 * (-found - 1)]++;
        }
    }

    /** Adds another part's counts of the same values. */
    void add(TailCounts other) {
        for (int i = 0; i < counts.length; i++) {
            for (int j = 0; j < counts[i].length; j++) {
                counts[i][j] += other.counts[i][j];
            }
            lowest[i] = Math.min(lowest[i], other.lowest[i]);
            highest[i] = Math.max(highest[i], other.highest[i]);
        }
    }

    private TailCounts with(TailCounts other) {
        add(other);
        return this;
    }

    /** What the counts come to. */
    MarginalTails tails(FeatureEncoder encoder, double weight) {
        List<Feature> features = encoder.modelled();
        List<Tail> tails = new ArrayList<>();
        for (int i = 0; i < widths.length; i++) {
            String column = features.get(i).column();
            long rows = Arrays.stream(counts[i]).sum();
            float beyond = (float) Math.log(rows + 1.0);
            if (rows == 0) {
                tails.add(new Tail(column, new float[0], new float[0], beyond));
            } else if (widths[i] > 1) {
                boolean ordered = !(features.get(i) instanceof CategoricalFeature);
                tails.add(new Tail(column, new float[0], ofCodes(counts[i], rows, ordered, beyond), beyond));
            } else {
                tails.add(ofNumber(i, column, rows, beyond));
            }
        }
        return new MarginalTails(weight, tails, encoder.layout());
    }

    private Tail ofNumber(int feature, String column, long rows, float beyond) {
        float[] inner = knots[feature];
        long[] found = counts[feature];
        boolean below = inner.length == 0 || lowest[feature] < inner[0];
        boolean above =
                inner.length == 0 ? highest[feature] > lowest[feature] : highest[feature] > inner[inner.length - 1];
        int size = inner.length + (below ? 1 : 0) + (above ? 1 : 0);
        float[] all = new float[size];
        float[] nats = new float[size];
        int next = 0;
        // How many rows have an end's value is not known: one, at least.
        if (below) {
            all[next] = lowest[feature];
            nats[next++] = nats(1, rows, rows, beyond);
        }
        long until = 0;
        for (int k = 0; k < inner.length; k++) {
            long before = until + found[2 * k];
            until = before + found[2 * k + 1];
            all[next] = inner[k];
            nats[next++] = nats(until, rows - before, rows, beyond);
        }
        if (above) {
            all[next] = highest[feature];
            nats[next] = nats(rows, 1, rows, beyond);
        }
        return new Tail(column, all, nats, beyond);
    }

    private static float[] ofCodes(long[] counts, long rows, boolean ordered, float beyond) {
        float[] nats = new float[counts.length];
        long before = 0;
        for (int code = 0; code < counts.length; code++) {
            long own = counts[code];
            if (ordered) {
                nats[code] = nats(before + own, rows - before, rows, beyond);
                before += own;
            } else {
                long rare = Arrays.stream(counts).filter(count -> count <= own).sum();
                nats[code] = cost((double) rare / rows, beyond);
            }
        }
        return nats;
    }

    private static float nats(long atMost, long atLeast, long rows, float beyond) {
        return cost(2.0 * Math.min(atMost, atLeast) / rows, beyond);
    }

    private static float cost(double share, float beyond) {
        return (float) Math.min(beyond, Math.max(0, -Math.log(Math.min(1, share))));
    }
}
