package elbow.data.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import elbow.data.encoding.NumberScale;
import elbow.data.encoding.RowEncoder;
import elbow.data.table.Markers;
import elbow.data.table.NumberText;
import elbow.vae.input.InputTransform;
import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class FeatureLayoutTest {
    private static final RealFeature TAILED = new RealFeature(
            "tailed", new NumberScale(true, 2, 3, 0.1, 1.5), -100, 100, NumberLikelihood.GAUSSIAN, true);
    private static final PositiveFeature PRICE = new PositiveFeature("price", 2, 0.5, 1, 50, true);
    private static final CategoricalFeature COLOUR = new CategoricalFeature(
            "colour", List.of("red", "blue"), List.of("teal"), List.of(0.4, 0.4, 0.1, 0.1), true);
    private static final TimeFeature TIME = new TimeFeature(
            "at",
            List.of(TimePart.TIME_OF_DAY, TimePart.DAY_OF_WEEK, TimePart.DAY_OF_YEAR),
            List.of(0.0, 0.0, 0.0, 0.0, 0.0, 0.0),
            true);
    private static final FeatureEncoder ENCODER = new FeatureEncoder(
            List.of(TAILED, PRICE, COLOUR, TIME), InputTransform.NONE, new Markers(List.of("?")), Set.of(), List.of());
    private static final StructType SCHEMA = new StructType()
            .add("at", DataTypes.TimestampType)
            .add("colour", DataTypes.StringType)
            .add("tailed", DataTypes.DoubleType)
            .add("price", DataTypes.DoubleType);

    private final FeatureLayout layout = ENCODER.layout();

    @Test
    void offsetsAndFieldsAreThoseOfTheEncoderAndTheTable() {
        assertThat(layout.columns()).containsExactly("tailed", "price", "colour", "at");
        assertThat(layout.offset(2)).isEqualTo(2);
        assertThat(layout.offset(3)).isEqualTo(6);
        assertThat(layout.offset(4)).isEqualTo(ENCODER.width());
        assertThat(layout.fields(SCHEMA)).containsExactly(2, 3, 1, 0);
    }

    @Test
    void sharesOfTheLogJacobianSumToTheRows() {
        RowEncoder rowEncoder = ENCODER.bind(SCHEMA);
        for (Row row : List.of(
                RowFactory.create(Timestamp.from(Instant.EPOCH), "red", -40.0, 3.0),
                RowFactory.create(null, "?", 7.5, null),
                RowFactory.create(null, null, null, 20.0))) {
            float[] encoded = new float[ENCODER.width() + 1];
            byte[] observed = new byte[encoded.length];
            double own = rowEncoder.encode(row, encoded, observed, 1);
            double sum = 0;
            for (int feature = 0; feature < layout.features(); feature++) {
                sum += layout.logJacobian(feature, encoded, observed, 1);
            }
            assertThat(sum).isCloseTo(ENCODER.logJacobian() + own, within(1e-12));
        }
    }

    @Test
    void expectedValuesAreInTheUnitsOfTheTable() {
        float[] expected = {
            0,
            1,
            0.2f,
            0.5f,
            0.2f,
            0.1f,
            1,
            0,
            (float) Math.sin(0.1),
            (float) Math.cos(0.1),
            (float) Math.sin(1.23),
            (float) Math.cos(1.23)
        };
        assertThat(layout.expectedText(0, expected, 0)).isEqualTo("2.3005");
        assertThat(layout.expectedText(1, expected, 0)).isEqualTo("7.38906");
        assertThat(layout.expectedText(2, expected, 0)).isEqualTo("blue");
        // A quarter of a day, the week's first hours, and 1.23 of 2 pi of a year.
        assertThat(layout.expectedText(3, expected, 0)).isEqualTo("06:00, Monday, 13 March");
    }

    @Test
    void observedValuesAreAsTheTableHasThem() {
        assertThat(FeatureLayout.observedText(0.1)).isEqualTo("0.1");
        assertThat(FeatureLayout.observedText(new BigDecimal("1E+3"))).isEqualTo("1000");
        assertThat(FeatureLayout.observedText(" red")).isEqualTo(" red");
        assertThat(FeatureLayout.observedText(Timestamp.from(Instant.EPOCH))).isEqualTo("1970-01-01T00:00:00Z");
        assertThat(FeatureLayout.observedText(null)).isNull();
        assertThat(FeatureLayout.observedText(new byte[3])).isNull();
    }

    @Test
    void numbersAreShownWithSixDigits() {
        assertThat(NumberText.shown(1234567.0)).isEqualTo("1234570");
        assertThat(NumberText.shown(-0.1)).isEqualTo("-0.1");
        assertThat(NumberText.shown(0.0)).isEqualTo("0");
        assertThat(NumberText.shown(1e-30)).isEqualTo("1E-30");
        assertThat(NumberText.shown(1e30)).isEqualTo("1E+30");
        assertThat(NumberText.shown(Double.NaN)).isEqualTo("NaN");
        assertThat(NumberText.shown(7L)).isEqualTo("7");
    }
}
