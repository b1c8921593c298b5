package elbow.data.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import elbow.base.ElbowException;
import elbow.data.encoding.EncodedRow;
import elbow.data.encoding.NumberScale;
import elbow.data.encoding.RowEncoder;
import elbow.data.shard.PackedRows;
import elbow.data.shard.PackedRowsIterator;
import elbow.data.table.Markers;
import elbow.vae.input.InputTransform;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** An encoder with every kind of column. */
class MixedFeaturesTest {
    private static final NumberScale TAILS = new NumberScale(true, 3, 2, 0.25, 1.5);
    private static final FeatureEncoder ENCODER = new FeatureEncoder(
            List.of(
                    new RealFeature("plain", 10, 4, 2, 20),
                    new RealFeature("tails", TAILS, -1e6, 1e6, NumberLikelihood.GAUSSIAN, true),
                    new PositiveFeature("price", 2, 0.5, 0.1, 1e4, true),
                    new CountFeature("visits", 3, 1.2, 0.7, 40, NumberLikelihood.NEGATIVE_BINOMIAL, true),
                    new BinaryFeature("flag", 0.25, true),
                    new OrdinalFeature("grade", List.of("1", "2", "3"), true, frequencies(5), true),
                    new OrdinalFeature("size", List.of("S", "M", "L"), false, frequencies(3), true),
                    new CategoricalFeature("colour", List.of("red", "blue"), List.of("ochre"), frequencies(4), true),
                    new TimeFeature("at", List.of(TimePart.TIME_OF_DAY), List.of(0.0, 0.0), true)),
            InputTransform.NONE,
            new Markers(List.of("?")),
            Set.of(),
            List.of());
    private static final StructType SCHEMA = new StructType()
            .add("plain", DataTypes.DoubleType)
            .add("tails", DataTypes.DoubleType)
            .add("price", DataTypes.DoubleType)
            .add("visits", DataTypes.LongType)
            .add("flag", DataTypes.IntegerType)
            .add("grade", DataTypes.IntegerType)
            .add("size", DataTypes.StringType)
            .add("colour", DataTypes.StringType)
            .add("at", DataTypes.TimestampType);
    private static final Timestamp SIX_O_CLOCK = Timestamp.from(Instant.parse("2026-01-05T06:00:00Z"));

    @Test
    void decodingReturnsTheRow() {
        List<Object> values = ENCODER.decode(encode(row(12.5, -70.0, 19.0, 7L, 1, 2, "L", "blue", SIX_O_CLOCK)), 0);
        assertThat((double) values.get(0)).isCloseTo(12.5, within(1e-5));
        assertThat((double) values.get(1)).isCloseTo(-70, within(1e-4));
        assertThat((double) values.get(2)).isCloseTo(19, within(1e-5));
        assertThat(values.subList(3, 8)).containsExactly(7L, 1L, 2L, "L", "blue");
        List<?> angle = (List<?>) values.get(8);
        assertThat((float) angle.get(0)).isCloseTo(1f, within(1e-6f));
        assertThat((float) angle.get(1)).isCloseTo(0f, within(1e-6f));
    }

    @Test
    void valuesUnseenInTrainingHaveTheirOwnColumns() {
        List<Object> low = ENCODER.decode(encode(row(1.0, 0.0, 1.0, 0L, 0, -9, "S", "ochre", SIX_O_CLOCK)), 0);
        assertThat(low.get(5)).isEqualTo(0L);
        assertThat(low.get(7)).isEqualTo(CategoricalFeature.OTHER);
        List<Object> high = ENCODER.decode(encode(row(1.0, 0.0, 1.0, 0L, 0, 99, "S", "green", SIX_O_CLOCK)), 0);
        assertThat(high.get(5)).isEqualTo(4L);
        assertThat(high.get(7)).isEqualTo(CategoricalFeature.UNSEEN);
    }

    @Test
    void missingValuesAreZeroAndMasked() {
        float[] encoded = new float[ENCODER.width()];
        byte[] observed = new byte[ENCODER.width()];
        Row gaps = row(1.0, null, Double.NaN, null, null, null, "?", " ? ", null);
        ENCODER.bind(SCHEMA).encode(gaps, encoded, observed, 0);
        for (int i = 1; i < encoded.length; i++) {
            assertThat(encoded[i]).isZero();
            assertThat(observed[i]).isZero();
        }
        assertThat(observed[0]).isEqualTo((byte) 1);
        assertThat(ENCODER.missingColumns()).containsExactly(1, 2, 3, 4, 5, 10, 13, 17);
    }

    @Test
    void theJacobianIsTheDerivativeOfTheEncoding() {
        for (double x : new double[] {-5e5, -40, 2.9, 3, 3.1, 60, 7e5}) {
            double step = 1e-3 * Math.max(1, Math.abs(x));
            double slope = (TAILS.encode(x + step) - TAILS.encode(x - step)) / (2 * step);
            double sum = logJacobian(row(1.0, x, 1.0, 0L, 0, 1, "S", "red", SIX_O_CLOCK));
            double others = -Math.log(4) - 2;
            assertThat(sum - others).as("log-derivative at " + x).isCloseTo(Math.log(slope), within(1e-4));
        }
    }

    @Test
    void aMissingValueHasNoShareInTheJacobian() {
        double complete = logJacobian(row(1.0, 3.0, 1.0, 0L, 0, 1, "S", "red", SIX_O_CLOCK));
        double withoutPrice = logJacobian(row(1.0, 3.0, null, 0L, 0, 1, "S", "red", SIX_O_CLOCK));
        assertThat(withoutPrice - complete).isCloseTo(2, within(1e-12));
    }

    @Test
    void valuesThatAColumnCannotHaveAreRefusedByName() {
        assertRefused(
                row(1.0, 0.0, Double.POSITIVE_INFINITY, 0L, 0, 1, "S", "red", SIX_O_CLOCK),
                "column price must have a finite number above 0 in every row that has a value, but one value is"
                        + " Infinity");
        assertRefused(
                row(1.0, 0.0, 1.0, 1L << 25, 0, 1, "S", "red", SIX_O_CLOCK),
                "column visits must have a whole number from 0 in every row that has a value, but one value is"
                        + " 3.3554432E7");
        assertRefused(
                row(1.0, 0.0, 1.0, 2L, 0, 1, "XXL", "red", SIX_O_CLOCK),
                "column size must have one of the values of training, but one value is \"XXL\"");
    }

    @Test
    void blocksHoldCodesAndGiveBackColumnsAndGaps() {
        RowEncoder encoder = ENCODER.bind(SCHEMA);
        float[] packed = {1, 2, 3, 4, 1, Float.NaN, 2, 3, 0, 1};
        EncodedRow row = new EncodedRow(1, 2, new byte[0], packed);
        PackedRows block =
                PackedRowsIterator.of(List.of(row).iterator(), encoder, 4).next();
        assertThat(block.columns()).isEqualTo(ENCODER.width());
        assertThat(block.hasMissing()).isTrue();
        float[] values = new float[block.columns()];
        byte[] observed = new byte[block.columns()];
        block.copyRows(0, 1, values);
        block.copyObserved(0, 1, observed);
        assertThat(values).containsExactly(1, 2, 3, 4, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 1);
        assertThat(observed).containsExactly(1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1);
        assertThat(block.logJacobian(0)).isEqualTo(-NumberScale.logCosh(0.25 + 2 * 1.5));
    }

    @Test
    void jsonRoundTripIsExact() {
        String text = FeatureEncoderJson.write(ENCODER);
        FeatureEncoder read = FeatureEncoderJson.read("encoder.json", text);
        assertThat(read.features()).isEqualTo(ENCODER.features());
        assertThat(read.markers().texts()).containsExactly("?");
        assertThat(FeatureEncoderJson.write(read)).isEqualTo(text);
    }

    @Test
    void theFirstFormatVersionIsStillRead() {
        FeatureEncoder read = FeatureEncoderJson.read("encoder.json", """
                {
                  "formatVersion" : 1,
                  "inputTransform" : "none",
                  "features" : [ {
                    "type" : "real",
                    "column" : "a.b",
                    "mean" : 10.0,
                    "standardDeviation" : 4.0,
                    "minimum" : 2.0,
                    "maximum" : 20.0
                  }, {
                    "type" : "binary",
                    "column" : "flag",
                    "mean" : 0.25
                  } ],
                  "leftOut" : [ {
                    "column" : "name",
                    "reason" : "text"
                  } ]
                }
                """);
        assertThat(read.features())
                .containsExactly(new RealFeature("a.b", 10, 4, 2, 20), new BinaryFeature("flag", 0.25));
        assertThat(read.leftOut()).containsExactly(new LeftOut("name", "text"));
        assertThat(read.markers().texts()).isEmpty();
    }

    private static double logJacobian(Row row) {
        RowEncoder encoder = ENCODER.bind(SCHEMA);
        int width = ENCODER.width();
        return encoder.logJacobian() + encoder.encode(row, new float[width], new byte[width], 0);
    }

    private static float[] encode(Row row) {
        float[] encoded = new float[ENCODER.width()];
        ENCODER.bind(SCHEMA).encode(row, encoded, 0);
        return encoded;
    }

    private static void assertRefused(Row row, String message) {
        assertThatThrownBy(() -> encode(row)).isInstanceOf(ElbowException.class).hasMessage(message);
    }

    private static Row row(@Nullable Object... values) {
        return RowFactory.create(values);
    }

    private static List<Double> frequencies(int count) {
        List<Double> frequencies = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            frequencies.add(1.0 / count);
        }
        return frequencies;
    }
}
