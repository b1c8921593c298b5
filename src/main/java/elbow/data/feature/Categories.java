package elbow.data.feature;

import elbow.base.Check;
import java.util.HashSet;
import java.util.List;

/** Shared by ordered and unordered categories. */
public final class Categories {
    private Categories() {}

    static void check(List<String> names, List<Double> frequencies, int width) {
        Check.argument(!names.isEmpty(), "categories", "have at least one entry", names);
        Check.argument(new HashSet<>(names).size() == names.size(), "categories", "differ", names);
        Check.argument(frequencies.size() == width, "frequencies", "have " + width + " entries", frequencies.size());
        frequencies.forEach(frequency ->
                Check.argument(frequency > 0 && frequency <= 1, "frequencies", "lie in (0, 1]", frequency));
    }

    /** Frequencies smoothed by half a row for each category, so that none is 0 (Jeffreys' prior). */
    public static List<Double> frequencies(List<Long> counts) {
        double total = counts.stream().mapToLong(Long::longValue).sum() + counts.size() / 2.0;
        return counts.stream().map(count -> (count + 0.5) / total).toList();
    }

    /** The place of the largest of {@code width} encoded values, the first one of equals. */
    public static int largest(float[] encoded, int offset, int width) {
        int best = 0;
        for (int i = 1; i < width; i++) {
            if (encoded[offset + i] > encoded[offset + best]) {
                best = i;
            }
        }
        return best;
    }
}
