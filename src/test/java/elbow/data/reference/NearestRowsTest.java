package elbow.data.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import elbow.base.ElbowException;
import elbow.data.encoding.EncodedRow;
import elbow.data.feature.FeatureEncoder;
import elbow.data.feature.TestEncoders;
import elbow.data.feature.TimePart;
import elbow.data.reference.NearestRows.Column;
import elbow.data.reference.NearestRows.Kind;
import elbow.data.shard.PackedRows;
import elbow.data.shard.PackedRowsIterator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class NearestRowsTest {
    private static final float GAP = Float.NaN;

    private static final FeatureEncoder NUMBERS = TestEncoders.encoder()
            .real("x", 0, 1)
            .real("y", 0, 1)
            .gaps("x", "y")
            .build();

    private static final StructType SCHEMA =
            new StructType().add("x", DataTypes.DoubleType).add("y", DataTypes.DoubleType);

    @Test
    void aRowCostsTheLogarithmOfItsMeanSquaredDistanceToTheNearest() {
        NearestRows nearest = numbers(2, new float[] {1, 1, 1}, new float[] {0, 1, 9}, new float[] {0, 2, 9});

        // 2 and 1 + 0 from (1, 1) to (0, 0) and (1, 2).
        assertThat(cost(nearest, 1, 1)).isCloseTo(3 * 2 * Math.log1p(1.5 / 0.5), within(1e-6));
        assertThat(cost(nearest, 0, 0)).isCloseTo(3 * 2 * Math.log1p(2.5 / 0.5), within(1e-6));
        assertThat(cost(nearest, 1e30f, 0)).isFinite().isGreaterThan(cost(nearest, 1e6f, 0));
    }

    @Test
    void eachKeptRowHasAScaleOfItsOwn() {
        NearestRows nearest = numbers(1, new float[] {1, 0.1f}, new float[] {0, 4}, new float[] {0, 0});

        // 1 to the first, and 0.1 of 9 to the second.
        assertThat(cost(nearest, 1, 0)).isCloseTo(3 * 2 * Math.log1p(0.9 / 0.5), within(1e-6));
    }

    @Test
    void whatARowLacksAddsNothingAndWhatAKeptRowLacksItsMean() {
        NearestRows nearest = numbers(1, new float[] {1, 1}, new float[] {1, GAP}, new float[] {7, 2});

        // One column of two stands for both: 2 * 0.25, and 2 * (1.5^2 + 1) where there is none.
        assertThat(nearest.of(new float[] {1.5f, 0}, new byte[] {1, 0}, 0))
                .isCloseTo(3 * 1 * Math.log1p(0.5 / 0.5), within(1e-6));
        assertThat(cost(nearest, 1.5f, 2)).isCloseTo(3 * 2 * Math.log1p(3.25 / 0.5), within(1e-6));
        assertThat(nearest.of(new float[2], new byte[2], 0)).isZero();
        double[] parts = new double[2];
        nearest.addParts(new float[] {1.5f, 0}, new byte[] {1, 0}, 0, parts);
        assertThat(parts[0]).isCloseTo(3 * Math.log(2), within(1e-6));
        assertThat(parts[1]).isZero();
    }

    @Test
    void codesThatDifferAreAConstantApartAndLevelsTheirPlaces() {
        FeatureEncoder encoder = TestEncoders.encoder()
                .categorical("colour", "red", "blue")
                .ordinal("size", "small", "large")
                .time("at", TimePart.TIME_OF_DAY)
                .build();
        int colours = encoder.layout().offset(1);
        List<Column> columns = List.of(
                new Column("colour", Kind.CATEGORY, 0, 3, new float[] {0, GAP, 1, 1}),
                new Column("size", Kind.LEVEL, 1, 2, new float[] {1, 1, 5, 5}),
                new Column("at", Kind.NONE, 0, 1, new float[0]));
        NearestRows nearest = new NearestRows(1, 1, 1, new float[] {1, 1, 1, 1}, columns, encoder.layout());
        float[] row = new float[encoder.width()];
        row[0] = 1;
        row[colours + 1] = 1;

        // Red as the first one, and a level of (1 - 1) / 2 from 1.
        assertThat(nearest.of(row, null, 0)).isCloseTo(2 * Math.log1p(1), within(1e-6));
        row[0] = 0;
        row[1] = 1;
        // Two of three that say it are blue: 3 * 1/3 from the second.
        assertThat(nearest.of(row, null, 0)).isCloseTo(2 * Math.log1p(1 + 1), within(1e-6));
        row[1] = 0;
        row[colours - 1] = 1;
        assertThat(nearest.of(row, null, 0)).isCloseTo(2 * Math.log1p(3 + 1), within(1e-6));
    }

    @Test
    void partsAreTheColumnsSharesOfTheDistance() {
        NearestRows nearest = numbers(2, new float[] {1, 2, 1}, new float[] {0, 1, 9}, new float[] {0, 2, 9});
        double[] parts = {10, 0};

        nearest.addParts(new float[] {0, 0, 1, 1}, null, 2, parts);

        // 1 + 0 of x and 1 + 2 * 1 of y.
        double cost = cost(nearest, 1, 1);
        assertThat(parts[0]).isCloseTo(10 + cost / 4, within(1e-9));
        assertThat(parts[1]).isCloseTo(cost * 3 / 4, within(1e-9));
    }

    @Test
    void aSampleHasEqualRowsAsOftenAsTheTableAndIsThatOfTheWholeInParts() {
        float[][] rows = new float[10_000][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = new float[] {i < 3_000 ? 7 : i, 0};
        }
        List<PackedRows> blocks = packed(rows);
        List<SampledRow> whole = RowSample.sampled(blocks.iterator(), 0, 10_000, 256);
        List<SampledRow> parts = new ArrayList<>();
        parts.addAll(RowSample.sampled(packed(Arrays.copyOf(rows, 123)).iterator(), 0, 10_000, 256));
        parts.addAll(
                RowSample.sampled(packed(Arrays.copyOfRange(rows, 123, 10_000)).iterator(), 123, 10_000, 256));

        assertThat(whole).hasSize(256);
        assertThat(whole.stream().filter(row -> row.encoded[0] == 7)).hasSizeBetween(76, 77);
        assertThat(parts)
                .extracting(row -> row.encoded[0])
                .isEqualTo(whole.stream().map(row -> row.encoded[0]).toList());
        assertThat(RowSample.sampled(blocks.iterator(), 0, 10_000, 20_000)).hasSize(10_000);
    }

    @Test
    void aLocalNeighbourhoodCallsARowBesideADenseGroupStranger() {
        Random random = new Random(2);
        float[][] rows = new float[600][];
        for (int i = 0; i < rows.length; i++) {
            double spread = i % 2 == 0 ? 0.01 : 1;
            rows[i] = new float[] {
                (float) (10 * (i % 2) + spread * random.nextGaussian()), (float) (spread * random.nextGaussian())
            };
        }
        NearestRows local = sampled(rows, Neighbourhood.LOCAL);
        NearestRows broad = sampled(rows, Neighbourhood.BROAD);

        assertThat(local.rows()).isEqualTo(600);
        assertThat(local.neighbours()).isEqualTo(5);
        assertThat(broad.neighbours()).isEqualTo(60);
        // As far from a dense group as from a sparse one.
        assertThat(cost(local, 0.5f, 0)).isGreaterThan(cost(local, 10.5f, 0));
        assertThat(cost(local, 4, 0)).isGreaterThan(cost(local, 0, 0));
        assertThat(broad.nearness()).containsOnly(1);
        // Half of the rows cost less than what the scale is a tenth of.
        double usual = 3 * 2 * Math.log1p(10);
        assertThat(Arrays.stream(rows).filter(row -> cost(broad, row[0], row[1]) < usual))
                .hasSizeBetween(280, 330);
    }

    @Test
    void rowsThatAreAllAlikeHaveAScaleStill() {
        float[][] rows = new float[40][];
        Arrays.fill(rows, new float[] {1, 2});

        NearestRows nearest = sampled(rows, Neighbourhood.LOCAL);

        assertThat(nearest.scale()).isPositive();
        assertThat(cost(nearest, 1, 2)).isZero();
        assertThat(cost(nearest, 2, 2)).isPositive().isFinite();
        assertThat(NeighbourSample.of(sampled(new float[][] {{1, 2}})).nearest(NUMBERS, Neighbourhood.LOCAL, 1))
                .isEmpty();
    }

    @Test
    void theSmallestAreThoseOfSortedNumbers() {
        Random random = new Random(7);
        for (int turn = 0; turn < 300; turn++) {
            float[] values = new float[1 + random.nextInt(400)];
            double power = 20 * random.nextDouble() - 10;
            for (int i = 0; i < values.length; i++) {
                values[i] = random.nextInt(5) == 0 ? turn % 3 : (float) Math.exp(power * random.nextDouble());
            }
            int count = 1 + random.nextInt(values.length);
            float[] sorted = values.clone();
            Arrays.sort(sorted);
            double sum = 0;
            double ofPlaces = 0;
            for (int i = 0; i < count; i++) {
                sum += sorted[i];
            }
            int[] places = Smallest.places(values, count);
            for (int place : places) {
                ofPlaces += values[place];
            }
            assertThat(Smallest.sum(values, count)).isCloseTo(sum, within(1e-12 * sum));
            assertThat(ofPlaces).isCloseTo(sum, within(1e-12 * sum));
            assertThat(places).isSorted().doesNotHaveDuplicates();
        }
    }

    @Test
    void rowsOfOtherColumnsAreRefused() {
        List<Column> other = List.of(new Column("z", Kind.NUMBER, 0, 1, new float[] {1}));

        assertThatThrownBy(() -> new NearestRows(1, 1, 1, new float[] {1}, other, NUMBERS.layout()))
                .isInstanceOf(ElbowException.class)
                .hasMessage("the model's kept rows must be of its columns, x, y, but are of z");
    }

    private static double cost(NearestRows nearest, float x, float y) {
        return nearest.of(new float[] {x, y}, null, 0);
    }

    private static NearestRows numbers(int neighbours, float[] nearness, float[] x, float[] y) {
        List<Column> columns = List.of(new Column("x", Kind.NUMBER, 0, 1, x), new Column("y", Kind.NUMBER, 0, 1, y));
        return new NearestRows(3, neighbours, 0.5, nearness, columns, NUMBERS.layout());
    }

    private static NearestRows sampled(float[][] rows, Neighbourhood neighbourhood) {
        return NeighbourSample.of(sampled(rows))
                .nearest(NUMBERS, neighbourhood, 3)
                .orElseThrow();
    }

    private static List<SampledRow> sampled(float[][] rows) {
        return RowSample.sampled(packed(rows).iterator(), 0, rows.length, rows.length);
    }

    private static List<PackedRows> packed(float[][] rows) {
        List<EncodedRow> encoded = new ArrayList<>();
        for (float[] row : rows) {
            encoded.add(new EncodedRow(0, 0, new byte[0], row));
        }
        List<PackedRows> blocks = new ArrayList<>();
        PackedRowsIterator.of(encoded.iterator(), NUMBERS.bind(SCHEMA), 512).forEachRemaining(blocks::add);
        return blocks;
    }
}
