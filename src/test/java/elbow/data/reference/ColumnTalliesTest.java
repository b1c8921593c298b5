package elbow.data.reference;

import static org.assertj.core.api.Assertions.assertThat;

import elbow.data.encoding.RowEncoder;
import elbow.data.feature.CountFeature;
import elbow.data.feature.Feature;
import elbow.data.feature.FeatureEncoder;
import elbow.data.feature.NumberLikelihood;
import elbow.data.feature.OrdinalFeature;
import elbow.data.feature.TestEncoders;
import elbow.data.feature.TimePart;
import elbow.data.table.Markers;
import elbow.vae.input.InputTransform;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ColumnTalliesTest {
    private static final StructType SCHEMA = new StructType()
            .add("price", DataTypes.DoubleType)
            .add("colour", DataTypes.StringType)
            .add("level", DataTypes.LongType)
            .add("visits", DataTypes.LongType)
            .add("flag", DataTypes.BooleanType)
            .add("at", DataTypes.TimestampType);

    private static final FeatureEncoder ENCODER = encoder();

    @Test
    void whatTrainingHasNotShownIsCountedByColumn() {
        ColumnTallies tallies = counted(List.of(
                row(1e-3, "red", 1L, 9L, true, 0L),
                row(1e6, "mauve", 0L, 10L, true, null),
                row(5e-4, "blue", 4L, 0L, true, 3_600L),
                row(2e6, "?", 3L, 11L, true, null),
                row(null, "pink", 2L, null, true, null)));

        assertThat(tallies.rows()).isEqualTo(5);
        List<ColumnTally> columns = tallies.columns(ENCODER);
        assertThat(columns)
                .extracting(ColumnTally::column)
                .containsExactly("price", "colour", "level", "visits", "flag", "at");
        assertThat(columns).extracting(ColumnTally::missing).containsExactly(1L, 1L, 0L, 1L, 0L, 3L);
        assertThat(columns).extracting(ColumnTally::beyond).containsExactly(2L, 2L, 2L, 1L, 0L, 0L);
        assertThat(columns).extracting(ColumnTally::present).containsExactly(4L, 4L, 5L, 4L, 5L, 2L);
        assertThat(columns)
                .extracting(ColumnTally::constant)
                .containsExactly(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(1.0),
                        Optional.empty());
    }

    @Test
    void constantValueIsReportedInItsOwnUnit() {
        List<ColumnTally> columns = counted(List.of(
                        row(20.0, "blue", 3L, 4L, false, 0L),
                        row(20.0, "blue", 3L, 4L, false, 0L),
                        row(null, null, 3L, 4L, null, 0L)))
                .columns(ENCODER);

        assertThat(columns.subList(0, 5))
                .extracting(column -> column.text(column.constant().orElseThrow()))
                .containsExactly("20", "blue", "3", "4", "0");
        assertThat(columns.get(5).constant()).isEmpty();
    }

    @Test
    void partsAddUpToTheWhole() {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            rows.add(row(i % 7 == 0 ? null : 1.0 + i, i % 3 == 0 ? "red" : "pink", (long) i % 5, 4L, null, null));
        }
        for (int cut : new int[] {0, 1, 13, 40}) {
            ColumnTallies parts = counted(rows.subList(0, cut));
            parts.merge(counted(rows.subList(cut, 40)));

            assertThat(parts.columns(ENCODER)).isEqualTo(counted(rows).columns(ENCODER));
            assertThat(bins(parts)).isEqualTo(bins(counted(rows)));
        }
        // One value in each part, but not the same.
        ColumnTallies parts = counted(rows.subList(1, 2));
        parts.merge(counted(rows.subList(2, 3)));
        assertThat(parts.columns(ENCODER).get(0).constant()).isEmpty();
        assertThat(parts.columns(ENCODER).get(3).constant()).contains(4.0);
    }

    @Test
    void valuesAreCountedByTheBinsOfTheReference() {
        ColumnTallies tallies = counted(List.of(
                row(1.0, "red", 1L, 0L, true, 0L),
                row(null, "blue", 2L, 5L, false, 0L),
                row(99.0, "new", 3L, 6L, true, 0L)));

        // price: up to 10, above, missing; colour: red, blue, unseen; visits: up to 5, above.
        assertThat(bins(tallies))
                .containsExactly(
                        "price [1, 1] 1",
                        "colour [1, 1, 1] 0",
                        "level [0, 1, 1, 1, 0] 0",
                        "visits [2, 1] 0",
                        "flag [1, 2] 0");
    }

    private static List<String> bins(ColumnTallies tallies) {
        return tallies.bins().orElseThrow().columns().stream()
                .map(counts -> counts.column() + " " + Arrays.toString(counts.counts()) + " " + counts.missing())
                .toList();
    }

    private static ColumnTallies counted(List<Row> rows) {
        DataReference reference = new DataReference(List.of(
                new ColumnCounts("price", new double[] {10 / Math.exp(2)}, new long[2], 0),
                new ColumnCounts("colour", new double[] {0.5, 1.5}, new long[3], 0),
                new ColumnCounts("level", new double[] {0.5, 1.5, 2.5, 3.5}, new long[5], 0),
                new ColumnCounts("visits", new double[] {5}, new long[2], 0),
                new ColumnCounts("flag", new double[] {0}, new long[2], 0)));
        ColumnTallies tallies = ColumnTallies.of(ENCODER, Optional.of(reference));
        int width = ENCODER.width();
        RowEncoder encoder = ENCODER.bind(SCHEMA);
        float[] encoded = new float[rows.size() * width];
        byte[] observed = new byte[encoded.length];
        for (int i = 0; i < rows.size(); i++) {
            encoder.encode(rows.get(i), encoded, observed, i * width);
        }
        tallies.add(encoded, observed, rows.size(), width);
        return tallies;
    }

    private static Row row(@Nullable Object... values) {
        values[5] = values[5] == null ? null : new Timestamp(1000 * (Long) values[5]);
        return RowFactory.create(values);
    }

    private static FeatureEncoder encoder() {
        List<Feature> features = new ArrayList<>(TestEncoders.encoder()
                .positive("price", 2, 0.5)
                .categorical("colour", "red", "blue")
                .binary("flag", 0.5)
                .time("at", TimePart.TIME_OF_DAY)
                .gaps("price", "colour", "flag", "at")
                .build()
                .features());
        features.add(2, new OrdinalFeature("level", List.of("1", "2", "3"), true, Collections.nCopies(5, 0.2), true));
        features.add(3, new CountFeature("visits", 3, 1, 0.5, 10, NumberLikelihood.POISSON, true));
        return new FeatureEncoder(features, InputTransform.NONE, new Markers(List.of("?")), Set.of(), List.of());
    }
}
