package elbow.data.reference;

import elbow.data.feature.Feature;
import elbow.data.feature.FeatureEncoder;
import elbow.data.feature.ImageFeature;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Which values most training rows have in a column, in words and in the column's own units. */
public final class UsualValues {
    /** At most this share of the rows is left out on either side of a range. */
    private static final double TAIL = 0.15;

    /** The share of the rows that categories have together which are called usual. */
    private static final double MOST = 0.7;

    private static final int CATEGORIES = 3;

    private UsualValues() {}

    /**
     * By column, such as {@code -1.2 to 1.3}, {@code at most 7} or {@code red or green}: at least 70 % of the training
     * rows with a value have one of these. Columns of which that cannot be said in a few words are left out, and
     * images.
     */
    public static Map<String, String> of(DataReference reference, FeatureEncoder encoder) {
        Map<String, Feature> features = new HashMap<>();
        encoder.features().forEach(feature -> features.put(feature.column(), feature));
        Map<String, String> usual = new HashMap<>();
        for (ColumnCounts column : reference.columns()) {
            Feature feature = features.get(column.column());
            if (feature == null || feature instanceof ImageFeature || column.present() == 0) {
                continue;
            }
            String words = feature.width() > 1
                    ? categories(column, BinNames.of(column, encoder))
                    : range(column, BinNames.edges(column, feature));
            if (!words.isEmpty()) {
                usual.put(column.column(), words);
            }
        }
        return usual;
    }

    /** @param edges of the bins, in the column's unit */
    static String range(ColumnCounts column, List<String> edges) {
        long[] counts = column.counts();
        double most = TAIL * column.present();
        int low = 0;
        for (long below = 0; low < edges.size() && below + counts[low] <= most; low++) {
            below += counts[low];
        }
        int high = edges.size();
        for (long above = 0; high > low && above + counts[high] <= most; high--) {
            above += counts[high];
        }
        boolean lower = low > 0;
        boolean upper = high < edges.size();
        if (lower && upper) {
            return edges.get(low - 1) + " to " + edges.get(high);
        }
        return upper ? "at most " + edges.get(high) : lower ? "above " + edges.get(low - 1) : "";
    }

    /** @param names of the bins */
    static String categories(ColumnCounts column, List<String> names) {
        long[] counts = column.counts();
        List<Integer> order = IntStream.range(0, counts.length)
                .boxed()
                .sorted(Comparator.comparingLong((Integer code) -> counts[code]).reversed())
                .limit(CATEGORIES)
                .toList();
        List<String> found = new ArrayList<>();
        long sum = 0;
        for (int code : order) {
            if (sum < MOST * column.present()) {
                found.add(names.get(code));
                sum += counts[code];
            }
        }
        if (sum < MOST * column.present()) {
            return "";
        }
        int last = found.size() - 1;
        return last == 0 ? found.get(0) : String.join(", ", found.subList(0, last)) + " or " + found.get(last);
    }
}
