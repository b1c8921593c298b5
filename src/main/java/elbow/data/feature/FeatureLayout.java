package elbow.data.feature;

import java.io.Serializable;
import java.math.BigDecimal;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Which columns of an encoded row belong to which column of the table. Goes to executors in closures.
 *
 * <p>A column of the table that is modelled is called feature here; features have the order of
 * {@link FeatureEncoder#modelled}. Columns of conditions stand behind theirs.
 */
public final class FeatureLayout implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Feature[] features;
    private final int[] offsets;
    private final int width;

    /** @param modelled how many of them are modelled: the first ones */
    FeatureLayout(List<Feature> all, int modelled) {
        features = all.subList(0, modelled).toArray(Feature[]::new);
        offsets = new int[features.length + 1];
        for (int i = 0; i < features.length; i++) {
            offsets[i + 1] = offsets[i] + features[i].width();
        }
        width = all.stream().mapToInt(Feature::width).sum();
    }

    /** The first encoded columns of those features that are chosen, ascending. */
    static List<Integer> firstColumns(List<Feature> features, Predicate<Feature> chosen) {
        List<Integer> columns = new ArrayList<>();
        int column = 0;
        for (Feature feature : features) {
            if (chosen.test(feature)) {
                columns.add(column);
            }
            column += feature.width();
        }
        return columns;
    }

    /** Encoded columns of a row. */
    public int width() {
        return width;
    }

    /** How many features there are. */
    public int features() {
        return features.length;
    }

    /** The names of the features' columns that hold numbers which are no levels, truth values or times. */
    public List<String> columnsOfNumbers() {
        return Arrays.stream(features)
                .filter(feature -> feature.type() == FeatureType.REAL
                        || feature.type() == FeatureType.POSITIVE
                        || feature.type() == FeatureType.COUNT)
                .map(Feature::column)
                .toList();
    }

    /** The names of the features' columns. */
    public List<String> columns() {
        List<String> columns = new ArrayList<>();
        for (Feature feature : features) {
            columns.add(feature.column());
        }
        return columns;
    }

    /** The first encoded column of a feature; of the one after the last, how many columns all have. */
    public int offset(int feature) {
        return offsets[feature];
    }

    /**
     * A feature's share of a row's log-Jacobian, in nats: over all features they sum to
     * {@link FeatureEncoder#logJacobian} and the row's own share. 0 where the row has no value.
     *
     * @param observed as {@link elbow.data.encoding.RowEncoder#encode(Row, float[], byte[], int)} writes it; null if
     *     all is
     * @param rowOffset where the encoded row begins
     */
    public double logJacobian(int feature, float[] encoded, byte @Nullable [] observed, int rowOffset) {
        int place = rowOffset + offsets[feature];
        return observed == null || observed[place] != 0 ? features[feature].logJacobian(encoded, place) : 0;
    }

    /** A feature's expected value for people: see {@link Feature#expectedText}; null for an image. */
    public @Nullable String expectedText(int feature, float[] expected, int rowOffset) {
        return features[feature].expectedText(expected, rowOffset + offsets[feature]);
    }

    /** For each feature where rows of {@code schema} have its column. */
    public int[] fields(StructType schema) {
        return columns().stream().mapToInt(schema::fieldIndex).toArray();
    }

    /**
     * A value of the table for people, as the table has it, times in UTC; null for a missing value, and for an image.
     *
     * @param value of a {@link Row}
     */
    public static @Nullable String observedText(@Nullable Object value) {
        if (value == null || value instanceof byte[] || value instanceof Row) {
            return null;
        }
        if (value instanceof Timestamp time) {
            return time.toInstant().toString();
        }
        return value instanceof BigDecimal number ? number.toPlainString() : value.toString();
    }
}
