package elbow.data.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import elbow.data.encoding.NumberScale;
import elbow.data.encoding.RowEncoder;
import elbow.data.table.Markers;
import elbow.vae.input.InputTransform;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class StretchingTest {
    private static final StructType SCHEMA = new StructType()
            .add("plain", DataTypes.DoubleType)
            .add("tailed", DataTypes.DoubleType)
            .add("price", DataTypes.DoubleType);

    private static final FeatureEncoder ENCODER = new FeatureEncoder(
            List.of(
                    new RealFeature("plain", 1, 2, -5, 5),
                    new RealFeature(
                            "tailed",
                            new NumberScale(true, 3, 0.5, 0.25, 2),
                            -1000,
                            1000,
                            NumberLikelihood.GAUSSIAN,
                            false),
                    new PositiveFeature("price", 2, 0.5, 0.1, 1e4, true)),
            InputTransform.NONE,
            new Markers(List.of()),
            Set.of(),
            List.of());

    private final RowEncoder encoder = ENCODER.bind(SCHEMA);
    private final Stretching stretching = ENCODER.stretching();

    @Test
    void stretchingIsTheDensityOfTheScaleRelativeToItsCentre() {
        // asinh' at (8 - 3) / 0.5 = 10 is 1 / sqrt(101), and 1 at the centre; the logarithm of price / e^2 falls off as
        // 1 / price, and is 1 at e^2.
        assertThat(stretching(RowFactory.create(4.0, 8.0, 20.0)))
                .isCloseTo(-0.5 * Math.log(101) - Math.log(20 / Math.exp(2)), within(1e-6));
        assertThat(stretching(RowFactory.create(-7.0, 3.0, Math.exp(2)))).isCloseTo(0, within(1e-6));
    }

    @Test
    void theScaleOfLongTailsIsWhatARowsLogJacobianHasOverTheUsualOne() {
        Row row = RowFactory.create(0.0, -90.0, Math.exp(2));
        double excess = encoder.encode(row, new float[3], new byte[3], 0);
        assertThat(stretching(row)).isCloseTo(excess, within(1e-6));
    }

    @Test
    void missingValueHasNoStretching() {
        assertThat(stretching(RowFactory.create(4.0, 8.0, null))).isCloseTo(-0.5 * Math.log(101), within(1e-6));
    }

    @Test
    void stretchingIsTheSumOverColumns() {
        float[] encoded = encoded(RowFactory.create(4.0, 8.0, 20.0), new byte[3]);
        assertThat(stretching.ofColumn(0, encoded[0])).isZero();
        assertThat(stretching.ofColumn(1, encoded[1]) + stretching.ofColumn(2, encoded[2]))
                .isCloseTo(stretching.of(encoded, null, 0), within(1e-12));
    }

    @Test
    void betweenEncodedValuesAndScalesAreLogarithmsAlone() {
        float[] encoded = encoded(RowFactory.create(4.0, 8.0, 20.0), new byte[3]);
        double price = -Math.log(20 / Math.exp(2));
        Stretching logarithms = ENCODER.logarithms();
        assertThat(logarithms.of(encoded, null, 0)).isCloseTo(price, within(1e-6));
        assertThat(logarithms.of(encoded, new byte[] {1, 1, 0}, 0)).isZero();
        assertThat(logarithms.ofColumn(1, encoded[1])).isZero();
        assertThat(logarithms.ofColumn(2, encoded[2])).isCloseTo(price, within(1e-6));
    }

    @Test
    void numbersThatTrainingHasNotShownPossibleCountAsAThousandthOfItsSmallest() {
        float thousandth = encoded(RowFactory.create(0.0, 0.0, 1e-4), new byte[3])[2];
        assertThat(encoded(RowFactory.create(0.0, 0.0, 0.0), new byte[3])[2]).isEqualTo(thousandth);
        assertThat(encoded(RowFactory.create(0.0, 0.0, -5.0), new byte[3])[2]).isEqualTo(thousandth);
        assertThat(encoded(RowFactory.create(0.0, 0.0, 0.05), new byte[3])[2]).isGreaterThan(thousandth);
    }

    private double stretching(Row row) {
        byte[] observed = new byte[3];
        return stretching.of(encoded(row, observed), observed, 0);
    }

    private float[] encoded(Row row, byte[] observed) {
        float[] encoded = new float[3];
        encoder.encode(row, encoded, observed, 0);
        return encoded;
    }
}
