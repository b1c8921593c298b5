package elbow.data.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import elbow.base.ElbowException;
import elbow.data.encoding.EncodedRow;
import elbow.data.feature.Feature;
import elbow.data.feature.FeatureEncoder;
import elbow.data.feature.OrdinalFeature;
import elbow.data.feature.TestEncoders;
import elbow.data.feature.TimePart;
import elbow.data.reference.MarginalTails.Tail;
import elbow.data.shard.PackedRows;
import elbow.data.shard.PackedRowsIterator;
import elbow.data.table.Markers;
import elbow.vae.input.InputTransform;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class MarginalTailsTest {
    private static final FeatureEncoder NUMBER =
            TestEncoders.encoder().real("x", 0, 1).gaps("x").build();

    private static final StructType NUMBER_SCHEMA = new StructType().add("x", DataTypes.DoubleType);

    @Test
    void aNumberCostsTheLogarithmOfTheShareThatLiesAsFarOutOnItsSide() {
        float[] values = {5, 1, 2, 2, 3, 4, 4, 4};
        MarginalTails tails = tails(values, values, 1);

        // 1 of 8 at most 1; 3 at most 2, 7 at least; 4 at most 3, 5 at least; 7 at most 4, 4 at least; 1 at least 5.
        assertThat(cost(tails, 1)).isCloseTo(-Math.log(2 / 8.0), within(1e-6));
        assertThat(cost(tails, 2)).isCloseTo(-Math.log(6 / 8.0), within(1e-6));
        assertThat(cost(tails, 3)).isZero();
        assertThat(cost(tails, 4)).isZero();
        assertThat(cost(tails, 5)).isCloseTo(-Math.log(2 / 8.0), within(1e-6));
        assertThat(cost(tails, 1.5f)).isCloseTo((cost(tails, 1) + cost(tails, 2)) / 2, within(1e-6));
        assertThat(cost(tails, 0.999f)).isCloseTo(Math.log(9), within(1e-6));
        assertThat(cost(tails, 1e30f)).isCloseTo(Math.log(9), within(1e-6));
        assertThat(cost(tails, Float.NaN)).isCloseTo(Math.log(9), within(1e-6));
        assertThat(tails.of(new float[] {7}, new byte[] {0}, 0)).isZero();
        assertThat(tails(values, values, 0.25).of(new float[] {1}, null, 0))
                .isCloseTo(0.25 * Math.log(4), within(1e-6));
    }

    @Test
    void countsOfManyRowsAreExactAtTheKnotsAndNearBetween() {
        Random random = new Random(5);
        float[] values = new float[20_000];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        float[] some = Arrays.copyOf(values, 1_000);
        MarginalTails tails = tails(some, values, 1);

        Tail tail = tails.tails().get(0);
        assertThat(tail.knots().length).isBetween(50, 130);
        for (float value : values) {
            double atMost = 0;
            double atLeast = 0;
            if (Math.abs(value) < 1 || Math.abs(value) > 2.9) {
                continue;
            }
            for (float other : values) {
                atMost += other <= value ? 1 : 0;
                atLeast += other >= value ? 1 : 0;
            }
            double exact = -Math.log(Math.min(1, 2 * Math.min(atMost, atLeast) / values.length));
            assertThat(cost(tails, value)).isCloseTo(exact, within(0.15));
            if (Arrays.binarySearch(tail.knots(), value) >= 0) {
                assertThat(cost(tails, value)).isCloseTo(exact, within(1e-6));
            }
        }
        float highest = tail.knots()[tail.knots().length - 1];
        assertThat(cost(tails, highest)).isCloseTo(Math.log(10_000), within(1e-5));
        assertThat(cost(tails, Math.nextUp(highest))).isCloseTo(Math.log(20_001), within(1e-5));
    }

    @Test
    void theyDoNotDependOnHowRowsArePartitioned() {
        float[] values = {3, -1, 4, 1, -5, 9, 2, 6, 5, 3, 5, -8, 9, 7, 9};
        TailCounts laid = TailCounts.laid(packed(new float[] {3, 9, 1}), NUMBER);
        TailCounts whole = laid.emptied().counted(packed(values).iterator());
        laid.add(laid.emptied().counted(packed(new float[] {3, -1, 4}).iterator()));
        laid.add(laid.emptied().counted(Collections.emptyIterator()));
        laid.add(laid.emptied()
                .counted(packed(Arrays.copyOfRange(values, 3, values.length)).iterator()));

        MarginalTails one = whole.tails(NUMBER, 1);
        MarginalTails parts = laid.tails(NUMBER, 1);
        for (float value = -9; value <= 10; value += 0.25f) {
            assertThat(cost(parts, value)).isEqualTo(cost(one, value));
        }
    }

    @Test
    void aCategoryCostsWhatIsNoMoreFrequentAndALevelItsTail() {
        List<Feature> features = new ArrayList<>(TestEncoders.encoder()
                .categorical("colour", "red", "blue", "green")
                .time("at", TimePart.TIME_OF_DAY)
                .build()
                .features());
        features.add(1, new OrdinalFeature("level", List.of("1", "2", "3"), true, Collections.nCopies(5, 0.2), false));
        FeatureEncoder encoder =
                new FeatureEncoder(features, InputTransform.NONE, new Markers(List.of()), Set.of(), List.of());
        int colours = features.get(0).width();
        float[][] rows = new float[10][];
        for (int i = 0; i < rows.length; i++) {
            // Codes of levels begin with what is below all of them.
            rows[i] = new float[] {i < 6 ? 0 : i < 9 ? 1 : 2, i < 8 ? 1 : 3, 0, 0};
        }
        StructType schema = new StructType()
                .add("colour", DataTypes.StringType)
                .add("level", DataTypes.LongType)
                .add("at", DataTypes.TimestampType);
        List<PackedRows> blocks = packed(encoder, schema, rows);
        MarginalTails tails =
                TailCounts.laid(blocks, encoder).counted(blocks.iterator()).tails(encoder, 1);

        assertThat(code(tails, 0, 0)).isZero();
        assertThat(code(tails, 0, 1)).isCloseTo(-Math.log(0.4), within(1e-6));
        assertThat(code(tails, 0, 2)).isCloseTo(-Math.log(0.1), within(1e-6));
        // The code of those that training has not shown.
        assertThat(code(tails, 0, colours - 1)).isCloseTo(Math.log(11), within(1e-6));
        assertThat(code(tails, 1, 1)).isZero();
        assertThat(code(tails, 1, 2)).isCloseTo(-Math.log(0.4), within(1e-6));
        assertThat(code(tails, 1, 3)).isCloseTo(-Math.log(0.4), within(1e-6));
        assertThat(code(tails, 1, 0)).isCloseTo(Math.log(11), within(1e-6));
        assertThat(code(tails, 1, 4)).isCloseTo(Math.log(11), within(1e-6));
        assertThat(tails.tails().get(2).isNone()).isTrue();
    }

    @Test
    void tailsOfOtherColumnsAreRefused() {
        List<Tail> other = List.of(new Tail("y", new float[] {1}, new float[] {0}, 1));

        assertThatThrownBy(() -> new MarginalTails(1, other, NUMBER.layout()))
                .isInstanceOf(ElbowException.class)
                .hasMessage("the model's marginal tails must be of its columns, x, but are of y");
    }

    // Of a row of which that feature alone has a code.
    private static double code(MarginalTails tails, int feature, int code) {
        int offset = tails.tails().subList(0, feature).stream()
                .mapToInt(tail -> tail.nats().length)
                .sum();
        float[] encoded = new float[16];
        encoded[offset + code] = 1;
        return tails.ofFeature(feature, encoded, null, 0);
    }

    private static double cost(MarginalTails tails, float value) {
        return tails.of(new float[] {value}, null, 0);
    }

    private static MarginalTails tails(float[] sample, float[] all, double weight) {
        return TailCounts.laid(packed(sample), NUMBER)
                .counted(packed(all).iterator())
                .tails(NUMBER, weight);
    }

    private static List<PackedRows> packed(float[] values) {
        float[][] rows = new float[values.length][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = new float[] {values[i]};
        }
        return packed(NUMBER, NUMBER_SCHEMA, rows);
    }

    private static List<PackedRows> packed(FeatureEncoder encoder, StructType schema, float[][] rows) {
        List<EncodedRow> encoded = new ArrayList<>();
        for (float[] row : rows) {
            encoded.add(new EncodedRow(0, 0, new byte[0], row));
        }
        List<PackedRows> blocks = new ArrayList<>();
        PackedRowsIterator.of(encoded.iterator(), encoder.bind(schema), 512).forEachRemaining(blocks::add);
        return blocks;
    }
}
