package elbow.data.reference;

import elbow.base.Check;
import elbow.data.encoding.RowEncoder;
import elbow.data.feature.Categories;
import elbow.data.feature.Feature;
import elbow.data.feature.FeatureEncoder;
import elbow.data.feature.ImageFeature;
import elbow.data.feature.TimeFeature;
import elbow.data.feature.TrainingRange;
import elbow.data.feature.TrainingRange.Beyond;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * Counts, of encoded rows as they pass, what shows whether their columns are as in training: a few operations for each
 * column of a row. Not thread-safe. Goes to executors, and comes back filled.
 */
public final class ColumnTallies implements Serializable {
    private static final long serialVersionUID = 1L;

    /** No value yet. */
    private static final byte NONE = 0;

    /** One value, perhaps many times. */
    private static final byte ONE = 1;

    /** Different values, or a column whose values are not compared. */
    private static final byte SEVERAL = 2;

    private final int[] offsets;
    /** Encoded columns of a category; 1: a number. */
    private final int[] codes;

    private final float[] lowest;
    private final float[] highest;
    private final boolean[] limited;
    private final boolean[] compared;
    private final @Nullable BinTally bins;
    private final long[] missing;
    private final long[] beyond;
    private final byte[] values;
    private final float[] value;
    private long rows;

    private ColumnTallies(
            int[] offsets,
            int[] codes,
            float[] lowest,
            float[] highest,
            boolean[] limited,
            boolean[] compared,
            @Nullable BinTally bins) {
        this.offsets = offsets;
        this.codes = codes;
        this.lowest = lowest;
        this.highest = highest;
        this.limited = limited;
        this.compared = compared;
        this.bins = bins;
        missing = new long[offsets.length];
        beyond = new long[offsets.length];
        values = new byte[offsets.length];
        value = new float[offsets.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = compared[i] ? NONE : SEVERAL;
        }
    }

    /**
     * Nothing counted yet.
     *
     * @param reference by whose bins values are counted too; empty: they are not, which is cheaper
     */
    public static ColumnTallies of(FeatureEncoder encoder, Optional<DataReference> reference) {
        List<Feature> features = encoder.features();
        int columns = features.size();
        int[] offsets = new int[columns];
        int[] codes = new int[columns];
        float[] lowest = new float[columns];
        float[] highest = new float[columns];
        boolean[] limited = new boolean[columns];
        boolean[] compared = new boolean[columns];
        int offset = 0;
        for (int i = 0; i < columns; i++) {
            Feature feature = features.get(i);
            TrainingRange range = feature.trainingRange();
            offsets[i] = offset;
            codes[i] = feature.width();
            lowest[i] = range.lowest();
            highest[i] = range.highest();
            limited[i] = range.beyond() != Beyond.NOTHING;
            compared[i] = !(feature instanceof ImageFeature) && !(feature instanceof TimeFeature);
            offset += feature.width();
        }
        BinTally bins = reference.map(found -> new BinTally(found, encoder)).orElse(null);
        return new ColumnTallies(offsets, codes, lowest, highest, limited, compared, bins);
    }

    /**
     * Reads and counts rows.
     *
     * @param none of the encoder's columns
     * @throws elbow.base.ElbowException of category INPUT if the rows do not fit the encoder
     */
    public static ColumnTallies of(Dataset<Row> rows, FeatureEncoder encoder, ColumnTallies none) {
        RowEncoder rowEncoder = encoder.bind(rows.schema());
        ColumnTallies total = none.empty();
        rows.javaRDD()
                .mapPartitions(part -> count(part, rowEncoder, none.empty()))
                .collect()
                .forEach(total::merge);
        return total;
    }

    private static Iterator<ColumnTallies> count(Iterator<Row> rows, RowEncoder encoder, ColumnTallies counted) {
        float[] encoded = new float[encoder.width()];
        byte[] observed = new byte[encoded.length];
        while (rows.hasNext()) {
            encoder.encode(rows.next(), encoded, observed, 0);
            counted.add(encoded, observed, 1, encoded.length);
        }
        return Collections.singletonList(counted).iterator();
    }

    /** Others of the same columns, with nothing counted yet. */
    public ColumnTallies empty() {
        return new ColumnTallies(
                offsets, codes, lowest, highest, limited, compared, bins == null ? null : bins.empty());
    }

    /** How many rows have been counted. */
    public long rows() {
        return rows;
    }

    /**
     * Counts rows.
     *
     * @param encoded row after row
     * @param observed 1 for each of these values that is there and 0 for the others; null: all are
     * @param count how many rows
     * @param width of a row
     */
    public void add(float[] encoded, byte @Nullable [] observed, int count, int width) {
        rows += count;
        for (int column = 0; column < offsets.length; column++) {
            if (observed != null) {
                addMissing(column, observed, count, width);
            }
            if (codes[column] == 1) {
                addNumbers(column, encoded, observed, count, width);
            } else if (limited[column] || values[column] != SEVERAL) {
                addCodes(column, encoded, observed, count, width);
            }
        }
        if (bins != null) {
            bins.add(encoded, observed, count, width);
        }
    }

    private void addMissing(int column, byte[] observed, int count, int width) {
        int found = 0;
        for (int row = 0, place = offsets[column]; row < count; row++, place += width) {
            found += observed[place];
        }
        missing[column] += count - found;
    }

    private void addNumbers(int column, float[] encoded, byte @Nullable [] observed, int count, int width) {
        float low = lowest[column];
        float high = highest[column];
        int found = 0;
        for (int row = 0, place = offsets[column]; row < count; row++, place += width) {
            float number = encoded[place];
            // What stands for a missing one is not looked at.
            if ((number < low || number > high) && (observed == null || observed[place] != 0)) {
                found++;
            }
        }
        beyond[column] += found;
        for (int row = 0, place = offsets[column]; row < count && values[column] != SEVERAL; row++, place += width) {
            if (observed == null || observed[place] != 0) {
                addValue(column, encoded[place]);
            }
        }
    }

    private void addValue(int column, float found) {
        if (values[column] == NONE || found != value[column]) {
            values[column]++;
            value[column] = found;
        }
    }

    // A category is 1 in one place: the first and the last are beyond training, or neither, or the last alone. Gaps
    // are 0 everywhere.
    private void addCodes(int column, float[] encoded, byte @Nullable [] observed, int count, int width) {
        int last = codes[column] - 1;
        boolean below = lowest[column] > 0;
        boolean above = highest[column] < last;
        int found = 0;
        for (int row = 0, place = offsets[column]; row < count; row++, place += width) {
            if ((below && encoded[place] != 0) || (above && encoded[place + last] != 0)) {
                found++;
            }
        }
        beyond[column] += found;
        for (int row = 0, place = offsets[column]; row < count && values[column] != SEVERAL; row++, place += width) {
            if (observed == null || observed[place] != 0) {
                addValue(column, (float) Categories.largest(encoded, place, last + 1));
            }
        }
    }

    /** Adds what others of the same columns have counted. */
    public void merge(ColumnTallies other) {
        Check.argument(
                other.offsets.length == offsets.length,
                "other's columns",
                "be " + offsets.length,
                other.offsets.length);
        rows += other.rows;
        for (int i = 0; i < offsets.length; i++) {
            missing[i] += other.missing[i];
            beyond[i] += other.beyond[i];
            if (values[i] == NONE) {
                values[i] = other.values[i];
                value[i] = other.value[i];
            } else if (other.values[i] == SEVERAL || (other.values[i] == ONE && other.value[i] != value[i])) {
                values[i] = SEVERAL;
            }
        }
        if (bins != null && other.bins != null) {
            bins.merge(other.bins);
        }
    }

    /** What was counted of each column of the encoder that these are of, in its order. */
    public List<ColumnTally> columns(FeatureEncoder encoder) {
        List<ColumnTally> columns = new ArrayList<>();
        for (int i = 0; i < offsets.length; i++) {
            Optional<Double> constant = values[i] == ONE ? Optional.of((double) value[i]) : Optional.empty();
            columns.add(new ColumnTally(encoder.features().get(i), rows, missing[i], beyond[i], constant));
        }
        return columns;
    }

    /** The rows in the reference's bins; empty without a reference. */
    public Optional<DataReference> bins() {
        return Optional.ofNullable(bins).map(BinTally::counted);
    }
}
