package elbow.data.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import elbow.data.encoding.Cell.Form;
import elbow.data.encoding.CommonValues;
import elbow.data.encoding.NumberScale;
import elbow.data.encoding.RowDecoder;
import elbow.data.encoding.RowEncoder;
import elbow.data.table.Markers;
import elbow.vae.input.InputTransform;
import elbow.vae.likelihood.InputScale;
import elbow.vae.likelihood.PointMasses;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A column of numbers of which some have probabilities of their own. */
class CommonValuesTest {
    /** Encoded 0 and 40.1 are no numbers that a float's inverse gives back exactly. */
    private static final NumberScale SCALE = new NumberScale(true, 3, 0.7, 0.25, 1.3);

    private static final CommonValues COMMON = new CommonValues(List.of(0.0, 40.1), List.of(0.5, 0.25));
    private static final RealFeature FEATURE =
            new RealFeature("income", SCALE, COMMON, 0, 1e6, NumberLikelihood.POINT_MASSES, true);
    private static final FeatureEncoder ENCODER =
            new FeatureEncoder(List.of(FEATURE), InputTransform.NONE, new Markers(List.of()), Set.of(), List.of());
    private static final StructType SCHEMA = new StructType().add("income", DataTypes.DoubleType);

    private static float encoded(double value, double expectedLogJacobian) {
        float[] encoded = new float[1];
        RowEncoder encoder = ENCODER.bind(SCHEMA);
        Row row = RowFactory.create(value);
        double excess = encoder.encode(row, encoded, new byte[1], 0);
        assertThat(encoder.logJacobian() + excess).isCloseTo(expectedLogJacobian, within(1e-6));
        assertThat(FEATURE.logJacobian(encoded, 0)).isCloseTo(expectedLogJacobian, within(1e-6));
        return encoded[0];
    }

    private static @Nullable Object written(float encoded) {
        TableColumns table = new TableColumns(
                List.of(new TableColumn("income", DataTypes.DoubleType, 0, false, List.of(), 0, 1e6, 1)));
        RowDecoder decoder = table.decoder(ENCODER, SCHEMA, UnaryOperator.identity());
        return decoder.value(0, new float[] {encoded}, 0, Form.DRAWN, 0);
    }

    @Test
    void theyComeBackAsTheyAre() {
        for (double value : new double[] {0, -0.0, 40.1}) {
            float encoded = encoded(value, 0);

            assertThat(written(encoded)).isEqualTo(value + 0.0);
            assertThat(FEATURE.decode(new float[] {encoded}, 0)).isEqualTo(value + 0.0);
        }
    }

    @Test
    void theyHaveNoJacobianAndOthersTheirs() {
        double step = 1e-4;
        double slope = (SCALE.encode(7 + step) - SCALE.encode(7 - step)) / (2 * step);

        float encoded = encoded(7, Math.log(slope));

        assertThat((double) Objects.requireNonNull(written(encoded))).isCloseTo(7, within(1e-5));
    }

    @Test
    void theLikelihoodHasThemAsPoints() {
        PointMasses likelihood = (PointMasses) FEATURE.likelihood(InputTransform.NONE);

        assertThat(likelihood.points()).containsExactly((double) encoded(0, 0), (double) encoded(40.1, 0));
        assertThat(likelihood.shares()).isEqualTo(COMMON.shares());
    }

    @Test
    void theEncoderSeesAllValuesStandardised() {
        InputScale scale = FEATURE.inputScale();
        double zero = SCALE.encode(0);
        double forty = SCALE.encode(40.1);
        // Of the others, a quarter, the mean is 0 and the variance 1.
        double mean = 0.5 * zero + 0.25 * forty;
        double square = 0.5 * zero * zero + 0.25 * forty * forty + 0.25;

        assertThat(scale.centres().get(0)).isCloseTo(mean, within(1e-6));
        assertThat(scale.factors().get(0)).isCloseTo(1 / Math.sqrt(square - mean * mean), within(1e-6));
    }

    @Test
    void theyAreWrittenAndReadBack() {
        String json = FeatureEncoderJson.write(ENCODER);

        assertThat(FeatureEncoderJson.read("encoder.json", json).features()).containsExactly(FEATURE);
    }

    @Test
    void theyBelongToPointMassesAlone() {
        assertThatThrownBy(() -> new RealFeature("x", SCALE, COMMON, 0, 1, NumberLikelihood.GAUSSIAN, false))
                .hasMessageStartingWith("common values must be there with a likelihood of point masses alone");
        assertThatThrownBy(() -> new RealFeature("x", SCALE, 0, 1, NumberLikelihood.POINT_MASSES, false))
                .hasMessageStartingWith("common values must be there");
        assertThatThrownBy(() -> new CommonValues(List.of(1.0, 1.0), List.of(0.1, 0.1)))
                .hasMessageStartingWith("values must differ");
        assertThatThrownBy(() -> new CommonValues(List.of(1.0), List.of(1.0)))
                .hasMessageStartingWith("shares must have a sum below 1");
    }
}
