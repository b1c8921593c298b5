package elbow.data.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import elbow.base.ElbowException;
import elbow.data.encoding.EncodedRow;
import elbow.data.feature.FeatureEncoder;
import elbow.data.feature.TestEncoders;
import elbow.data.feature.TimePart;
import elbow.data.reference.NearestRows.Kind;
import elbow.data.shard.PackedRows;
import elbow.data.shard.PackedRowsIterator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
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
        assertThat(cost(nearest, new float[] {1.5f, 0}, new byte[] {1, 0}))
                .isCloseTo(3 * 1 * Math.log1p(0.5 / 0.5), within(1e-6));
        assertThat(cost(nearest, 1.5f, 2)).isCloseTo(3 * 2 * Math.log1p(3.25 / 0.5), within(1e-6));
        assertThat(cost(nearest, new float[2], new byte[2])).isZero();
        double[] parts = new double[2];
        nearest.addParts(new float[] {1.5f, 0}, new byte[] {1, 0}, 0, new RowDistances(), parts);
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
        List<KeptColumn> columns = List.of(
                new KeptColumn("colour", Kind.CATEGORY, 0, 3, new float[] {0, GAP, 1, 1}),
                new KeptColumn("size", Kind.LEVEL, 1, 2, new float[] {1, 1, 5, 5}),
                new KeptColumn("at", Kind.NONE, 0, 1, new float[0]));
        NearestRows nearest = new NearestRows(1, 1, 1, new float[] {1, 1, 1, 1}, columns, encoder.layout());
        float[] row = new float[encoder.width()];
        row[0] = 1;
        row[colours + 1] = 1;

        // Red as the first one, and a level of (1 - 1) / 2 from 1.
        assertThat(cost(nearest, row, null)).isCloseTo(2 * Math.log1p(1), within(1e-6));
        row[0] = 0;
        row[1] = 1;
        // Two of three that say it are blue: 3 * 1/3 from the second.
        assertThat(cost(nearest, row, null)).isCloseTo(2 * Math.log1p(1 + 1), within(1e-6));
        row[1] = 0;
        row[colours - 1] = 1;
        assertThat(cost(nearest, row, null)).isCloseTo(2 * Math.log1p(3 + 1), within(1e-6));
    }

    @Test
    void partsAreTheColumnsSharesOfTheDistance() {
        NearestRows nearest = numbers(2, new float[] {1, 2, 1}, new float[] {0, 1, 9}, new float[] {0, 2, 9});
        double[] parts = {10, 0};

        nearest.addParts(new float[] {0, 0, 1, 1}, null, 2, new RowDistances(), parts);

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
    void rowsOfABatchCostAndExplainWhatEachDoesByItselfInAnyOrderToTheBit() {
        FeatureEncoder encoder = TestEncoders.encoder()
                .real("a", 0, 1)
                .categorical("colour", "red", "blue")
                .real("b", 0, 1)
                .real("c", 0, 1)
                .gaps("a", "b", "c")
                .build();
        Random random = new Random(5);
        NearestRows nearest = new NearestRows(
                2,
                3,
                0.7,
                floats(random, 37, 0.5f),
                List.of(
                        new KeptColumn("a", Kind.NUMBER, 0.5f, 2, floats(random, 37, 0)),
                        new KeptColumn("colour", Kind.CATEGORY, 0, 3, codes(random, 37)),
                        new KeptColumn("b", Kind.NUMBER, 0, 1, floats(random, 37, GAP)),
                        new KeptColumn("c", Kind.NUMBER, 0, 1, floats(random, 37, 0))),
                encoder.layout());
        int width = encoder.width();
        int rows = 11;
        float[] encoded = floats(random, rows * width, 0);
        byte[] observed = new byte[rows * width];
        for (int i = 0; i < observed.length; i++) {
            observed[i] = (byte) (i % width == 0 ? random.nextInt(2) : 1);
        }
        for (byte[] mask : new byte[][] {null, observed}) {
            RowDistances memory = new RowDistances();
            for (int row : new int[] {0, 1, 1, 2, 3, 4, 9, 10, 8, 0, 7, 5, 6}) {
                float[] alone = Arrays.copyOfRange(encoded, row * width, (row + 1) * width);
                byte[] aloneMask = mask == null ? null : Arrays.copyOfRange(mask, row * width, (row + 1) * width);
                double[] parts = new double[4];
                double[] partsAlone = new double[4];

                assertThat(nearest.of(encoded, mask, row * width, memory)).isEqualTo(cost(nearest, alone, aloneMask));
                nearest.addParts(encoded, mask, row * width, memory, parts);
                nearest.addParts(alone, aloneMask, 0, new RowDistances(), partsAlone);
                assertThat(parts).isEqualTo(partsAlone);
            }
            float[] changed = encoded.clone();
            changed[0] += 1;
            memory.forget();
            assertThat(nearest.of(changed, null, 0, memory))
                    .isEqualTo(cost(nearest, Arrays.copyOf(changed, width), null));
        }
    }

    @Test
    void anotherWeightIsAFactor() {
        NearestRows nearest = numbers(1, new float[] {1, 0.1f}, new float[] {0, 4}, new float[] {0, 0});

        assertThat(cost(nearest.weighing(6), 1, 0)).isCloseTo(2 * cost(nearest, 1, 0), within(1e-12));
        assertThatThrownBy(() -> nearest.weighing(0)).hasMessageContaining("weight must be finite and above 0");
    }

    // Every fifth is another value, unless that is 0.
    private static float[] floats(Random random, int count, float fifth) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = i % 5 == 4 && fifth != 0 ? fifth : Math.abs((float) random.nextGaussian()) + 0.1f;
        }
        return values;
    }

    private static float[] codes(Random random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = random.nextInt(8) == 0 ? GAP : random.nextInt(2);
        }
        return values;
    }

    @Test
    void rowsOfOtherColumnsAreRefused() {
        List<KeptColumn> other = List.of(new KeptColumn("z", Kind.NUMBER, 0, 1, new float[] {1}));

        assertThatThrownBy(() -> new NearestRows(1, 1, 1, new float[] {1}, other, NUMBERS.layout()))
                .isInstanceOf(ElbowException.class)
                .hasMessage("the model's kept rows must be of its columns, x, y, but are of z");
    }

    private static double cost(NearestRows nearest, float x, float y) {
        return cost(nearest, new float[] {x, y}, null);
    }

    private static double cost(NearestRows nearest, float[] row, byte @Nullable [] observed) {
        return nearest.of(row, observed, 0, new RowDistances());
    }

    private static NearestRows numbers(int neighbours, float[] nearness, float[] x, float[] y) {
        List<KeptColumn> columns =
                List.of(new KeptColumn("x", Kind.NUMBER, 0, 1, x), new KeptColumn("y", Kind.NUMBER, 0, 1, y));
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
