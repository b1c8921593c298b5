package elbow.data.reference;

import elbow.data.feature.Feature;
import elbow.data.feature.FeatureEncoder;
import elbow.data.feature.ImageFeature;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the bins of {@link ColumnCounts} hold, in words and in the column's own units. */
public final class BinNames {
    private BinNames() {}

    /**
     * A name for each bin of a column.
     *
     * @throws IllegalArgumentException if the encoder has no such column
     */
    public static List<String> of(ColumnCounts column, FeatureEncoder encoder) {
        Feature feature = encoder.features().stream()
                .filter(candidate -> candidate.column().equals(column.column()))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("column must be one of the encoder's, but is " + column.column()));
        int bins = column.counts().length;
        List<String> names = new ArrayList<>();
        if (feature.width() > 1 && !(feature instanceof ImageFeature)) {
            for (int code = 0; code < bins; code++) {
                float[] encoded = new float[feature.width()];
                encoded[code] = 1;
                names.add(String.valueOf(feature.decode(encoded, 0)));
            }
            return names;
        }
        String what = feature instanceof ImageFeature ? "mean of pixels " : "";
        List<String> edges = edges(column, feature);
        for (int bin = 0; bin < bins; bin++) {
            names.add(what + name(edges, bin));
        }
        return names;
    }

    /** The edges of a column that has one encoded value, or of an image, in the unit of the input. */
    static List<String> edges(ColumnCounts column, Feature feature) {
        List<String> edges = new ArrayList<>();
        for (double edge : column.edges()) {
            edges.add(
                    feature instanceof ImageFeature
                            ? number(255 * edge)
                            : text(feature.decode(new float[] {(float) edge}, 0)));
        }
        return edges;
    }

    private static String name(List<String> edges, int bin) {
        if (edges.isEmpty()) {
            return "any value";
        }
        if (bin == 0) {
            return "at most " + edges.get(0);
        }
        return bin == edges.size()
                ? "above " + edges.get(bin - 1)
                : "above " + edges.get(bin - 1) + ", at most " + edges.get(bin);
    }

    private static String text(Object value) {
        return value instanceof Double number ? number(number) : String.valueOf(value);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.4g", value);
    }
}
