package elbow.data.reference;

import elbow.data.feature.Categories;
import elbow.data.feature.Feature;
import elbow.data.feature.FeatureEncoder;
import elbow.data.feature.ImageFeature;
import elbow.data.feature.TimeFeature;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One number for each comparable column of an encoded row: what {@link ColumnCounts} counts. */
final class FeatureValues implements Serializable {
    private static final long serialVersionUID = 1L;

    private final int[] offsets;
    private final int[] widths;
    private final boolean[] images;

    /** Times are not compared: that they go on is no drift. */
    FeatureValues(List<Feature> features) {
        List<int[]> places = new ArrayList<>();
        int offset = 0;
        for (Feature feature : features) {
            if (!(feature instanceof TimeFeature)) {
                places.add(new int[] {offset, feature.width(), feature instanceof ImageFeature ? 1 : 0});
            }
            offset += feature.width();
        }
        offsets = places.stream().mapToInt(place -> place[0]).toArray();
        widths = places.stream().mapToInt(place -> place[1]).toArray();
        images = new boolean[offsets.length];
        for (int i = 0; i < images.length; i++) {
            images[i] = places.get(i)[2] == 1;
        }
    }

    static List<Feature> comparable(FeatureEncoder encoder) {
        return encoder.features().stream()
                .filter(feature -> !(feature instanceof TimeFeature))
                .toList();
    }

    int columns() {
        return offsets.length;
    }

    /**
     * NaN for a missing value.
     *
     * @param observed null: no value is missing
     */
    double value(int column, float[] encoded, byte @Nullable [] observed, int row) {
        int place = row + offsets[column];
        if (observed != null && observed[place] == 0) {
            return Double.NaN;
        }
        if (images[column]) {
            double sum = 0;
            for (int i = 0; i < widths[column]; i++) {
                sum += encoded[place + i];
            }
            return sum / widths[column];
        }
        return widths[column] == 1 ? encoded[place] : Categories.largest(encoded, place, widths[column]);
    }
}
