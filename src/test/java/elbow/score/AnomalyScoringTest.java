package elbow.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import elbow.base.Configuration;
import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.data.feature.FeatureEncoder;
import elbow.data.feature.TestEncoders;
import elbow.data.image.ImageShape;
import elbow.model.TrainedModel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class AnomalyScoringTest {
    private static final StructType BENT_SCHEMA = new StructType()
            .add("plain", DataTypes.DoubleType)
            .add("tailed", DataTypes.DoubleType)
            .add("price", DataTypes.DoubleType);
    private static final FeatureEncoder BENT = TestEncoders.encoder()
            .real("plain", 1, 2)
            .stretched("tailed", 3, 0.5, 0.25, 2)
            .positive("price", 2, 0.5)
            .gaps("tailed", "price")
            .build();

    private static final ImageShape SHAPE = new ImageShape(2, 2, 1);
    private static final byte BRIGHT = (byte) 255;
    private static final StructType PICTURE_SCHEMA = new StructType()
            .add(new StructField("picture", DataTypes.BinaryType, true, SHAPE.metadata()))
            .add("price", DataTypes.DoubleType);

    /** A bright first row: its pixels have no bright neighbour, and one to the left; the others have two above. */
    private static final Row PICTURE = RowFactory.create(new byte[] {BRIGHT, BRIGHT, 0, 0}, 20.0);

    private static final double PICTURE_COSTS = -Math.log(0.2) - Math.log(0.9) + 2 * Math.log(2);

    /** At the centre of each scale; away from it; without one column; without two. */
    private static final Row[] BENT_ROWS = {
        RowFactory.create(4.0, 3.0, Math.exp(2)),
        RowFactory.create(4.0, 8.0, 20.0),
        RowFactory.create(4.0, null, 20.0),
        RowFactory.create(-4.0, null, null)
    };

    // Units of a scale in those of the column: 2 for the plain one, 0.5 x 2 and e^2 for the others at their centres.
    private static final double PLAIN = -Math.log(2);
    private static final double TAILED = -Math.log(0.5 * 2);
    private static final double PRICE = -2;
    // asinh' at (8 - 3) / 0.5 = 10 is 1 / sqrt(101), and 1 at the centre; the logarithm's slope at 20 is e^2 / 20 of
    // what it is at e^2.
    private static final double TAILED_BEND = -0.5 * Math.log(101);
    private static final double PRICE_BEND = -Math.log(20 / Math.exp(2));

    @Test
    void minusTheElboIsTheScoreInTheColumnsOwnUnits() {
        AnomalyScoring scoring = AnomalyScoring.of(AnomalyScoring.Formula.ELBO, BENT);
        EncodedRows rows = encoded(BENT, BENT_SCHEMA, BENT_ROWS);
        // Encoded prices are proportional to prices.
        assertThat(scoring.score(-7, rows, 0)).isCloseTo(7 - PLAIN - TAILED - PRICE, within(1e-6));
        assertThat(scoring.score(-7, rows, 1)).isCloseTo(7 - PLAIN - TAILED - TAILED_BEND - PRICE, within(1e-6));
        assertThat(scoring.score(-7, rows, 2)).isCloseTo(7 - PLAIN - PRICE, within(1e-6));
        assertThat(scoring.score(-7, rows, 3)).isCloseTo(7 - PLAIN, within(1e-6));
    }

    @Test
    void onEncodedScalesNoUnitIsLeftOfAnyColumnWhetherItIsThereOrNot() {
        AnomalyScoring scoring = AnomalyScoring.of(AnomalyScoring.Formula.ENCODED, BENT);
        EncodedRows rows = encoded(BENT, BENT_SCHEMA, BENT_ROWS);
        assertThat(scoring.score(-7, rows, 0)).isCloseTo(7, within(1e-6));
        assertThat(scoring.score(-7, rows, 1)).isCloseTo(7 + PRICE_BEND, within(1e-6));
        assertThat(scoring.score(-7, rows, 2)).isCloseTo(7 + PRICE_BEND, within(1e-6));
        assertThat(scoring.score(-7, rows, 3)).isEqualTo(7);
    }

    @Test
    void inTheFirstVersionAGapIsWorthTheLogarithmOfTheUnit() {
        AnomalyScoring scoring = AnomalyScoring.of(AnomalyScoring.Formula.ENCODED, 1, BENT);
        EncodedRows rows = encoded(BENT, BENT_SCHEMA, BENT_ROWS);
        assertThat(scoring.score(-7, rows, 0)).isCloseTo(7 - PLAIN - TAILED - PRICE, within(1e-6));
        assertThat(scoring.score(-7, rows, 1)).isCloseTo(7 - PLAIN - TAILED - PRICE + PRICE_BEND, within(1e-6));
        assertThat(scoring.score(-7, rows, 2)).isCloseTo(7 - PLAIN - PRICE + PRICE_BEND, within(1e-6));
        assertThat(scoring.score(-7, rows, 3)).isCloseTo(7 - PLAIN, within(1e-6));
    }

    @Test
    void inTheColumnsOwnUnitsBothVersionsAreOne() {
        EncodedRows rows = encoded(BENT, BENT_SCHEMA, BENT_ROWS);
        AnomalyScoring first = AnomalyScoring.of(AnomalyScoring.Formula.ELBO, 1, BENT);
        AnomalyScoring second = AnomalyScoring.of(AnomalyScoring.Formula.ELBO, 2, BENT);
        for (int row = 0; row < BENT_ROWS.length; row++) {
            assertThat(first.score(-7.1, rows, row)).isEqualTo(second.score(-7.1, rows, row));
        }
    }

    @Test
    void pricesAsFarFromTheMiddleOnTheirScaleAreAsStrange() {
        FeatureEncoder prices = TestEncoders.encoder().positive("price", 2, 0.5).build();
        StructType schema = new StructType().add("price", DataTypes.DoubleType);
        EncodedRows rows =
                encoded(prices, schema, RowFactory.create(Math.exp(2 + 1.5)), RowFactory.create(Math.exp(2 - 1.5)));
        // Of a log-normal density around e^2 of price / e^2, whose exponent is the same for both.
        double high = -3 - 1.5;
        double low = -3 + 1.5;
        AnomalyScoring encodedScale = AnomalyScoring.of(AnomalyScoring.Formula.ENCODED, prices);
        assertThat(encodedScale.score(high, rows, 0)).isCloseTo(encodedScale.score(low, rows, 1), within(1e-6));
        AnomalyScoring ownUnits = AnomalyScoring.of(AnomalyScoring.Formula.ELBO, prices);
        assertThat(ownUnits.score(high, rows, 0) - ownUnits.score(low, rows, 1)).isCloseTo(3, within(1e-12));
    }

    @Test
    void columnsShareWhatIsTakenOffForTheirScales() {
        EncodedRows rows =
                encoded(BENT, BENT_SCHEMA, RowFactory.create(4.0, 8.0, 20.0), RowFactory.create(-1.0, -60.0, null));
        for (AnomalyScoring scoring : List.of(
                AnomalyScoring.of(AnomalyScoring.Formula.ENCODED, 1, BENT),
                AnomalyScoring.of(AnomalyScoring.Formula.ENCODED, BENT),
                AnomalyScoring.of(AnomalyScoring.Formula.ELBO, BENT))) {
            for (int row = 0; row < 2; row++) {
                double sum = scoring.hasUnits() ? -BENT.logJacobian() - rows.logJacobian(row) : 0;
                for (int column = 0; column < 3; column++) {
                    sum += scoring.stretching(column, rows, row);
                }
                assertThat(scoring.score(-7, rows, row)).isCloseTo(7 + sum, within(1e-12));
            }
        }
        AnomalyScoring scoring = AnomalyScoring.of(AnomalyScoring.Formula.ENCODED, BENT);
        assertThat(scoring.stretching(1, rows, 0)).isZero();
        assertThat(scoring.stretching(2, rows, 0)).isCloseTo(PRICE_BEND, within(1e-6));
        assertThat(scoring.stretching(2, rows, 1)).isZero();
        AnomalyScoring first = AnomalyScoring.of(AnomalyScoring.Formula.ENCODED, 1, BENT);
        assertThat(first.stretching(0, rows, 0)).isZero();
        assertThat(first.stretching(1, rows, 0)).isCloseTo(TAILED_BEND, within(1e-6));
        assertThat(first.stretching(2, rows, 0)).isCloseTo(PRICE_BEND, within(1e-6));
        assertThat(first.stretching(2, rows, 1)).isZero();
    }

    @Test
    void anImageIsComparedWithItsTexture() {
        FeatureEncoder encoder = pictures();
        AnomalyScoring scoring = AnomalyScoring.of(AnomalyScoring.Formula.LIKELIHOOD_RATIO, encoder);
        EncodedRows rows = encoded(
                encoder,
                PICTURE_SCHEMA,
                RowFactory.create(new byte[4], Math.exp(2)),
                RowFactory.create(new byte[] {BRIGHT, BRIGHT, 0, 0}, Math.exp(2)),
                PICTURE);
        double dark = -4 * Math.log(0.8);
        assertThat(scoring.codeLength(0, rows, 0)).isCloseTo(dark, within(1e-6));
        assertThat(scoring.codeLength(0, rows, 1)).isCloseTo(PICTURE_COSTS, within(1e-6));
        // Explained no better than by its texture.
        assertThat(scoring.score(-dark, rows, 0)).isCloseTo(0, within(1e-6));
        assertThat(scoring.score(-PICTURE_COSTS, rows, 1)).isCloseTo(0, within(1e-6));
        // The scale of the other column is taken off as ever.
        assertThat(scoring.score(-7, rows, 2)).isCloseTo(7 - PICTURE_COSTS - Math.log(20 / Math.exp(2)), within(1e-6));
    }

    @Test
    void textureCountsForTheImageAndTheRatioAlone() {
        FeatureEncoder encoder = pictures();
        EncodedRows rows = encoded(encoder, PICTURE_SCHEMA, PICTURE);
        AnomalyScoring ratio = AnomalyScoring.of(AnomalyScoring.Formula.LIKELIHOOD_RATIO, encoder);
        assertThat(ratio.codeLength(1, rows, 0)).isZero();
        assertThat(ratio.codeLength(4, rows, 0)).isZero();
        AnomalyScoring encodedScale = AnomalyScoring.of(AnomalyScoring.Formula.ENCODED, encoder);
        assertThat(encodedScale.codeLength(0, rows, 0)).isZero();
        assertThat(encodedScale.score(-7, rows, 0) - ratio.score(-7, rows, 0)).isCloseTo(PICTURE_COSTS, within(1e-12));
    }

    @Test
    void everyImageOfARowIsComparedWithItsOwnTexture() {
        List<Double> allDark = Collections.nCopies(16, 0.125);
        FeatureEncoder encoder = TestEncoders.encoder()
                .image("first", SHAPE, brightness())
                .image("second", SHAPE, allDark)
                .binarised()
                .build();
        StructType schema = new StructType()
                .add(new StructField("second", DataTypes.BinaryType, true, SHAPE.metadata()))
                .add(new StructField("first", DataTypes.BinaryType, true, SHAPE.metadata()));
        EncodedRows rows = encoded(
                encoder, schema, RowFactory.create(new byte[] {BRIGHT, 0, 0, 0}, new byte[] {BRIGHT, BRIGHT, 0, 0}));
        double second = -Math.log(0.125) - 3 * Math.log(0.875);
        AnomalyScoring scoring = AnomalyScoring.of(AnomalyScoring.Formula.LIKELIHOOD_RATIO, encoder);
        assertThat(scoring.codeLength(4, rows, 0)).isCloseTo(second, within(1e-12));
        assertThat(scoring.score(-7, rows, 0)).isCloseTo(7 - PICTURE_COSTS - second, within(1e-12));
    }

    @Test
    void aRatioNeedsAnImageOfBinaryPixels() {
        FeatureEncoder grey =
                TestEncoders.encoder().image("picture", SHAPE, brightness()).build();
        for (FeatureEncoder encoder : List.of(BENT, grey)) {
            assertThatThrownBy(() -> AnomalyScoring.of(AnomalyScoring.Formula.LIKELIHOOD_RATIO, encoder))
                    .isInstanceOf(ElbowException.class)
                    .hasMessage("scoring.anomaly-score must be auto, encoded or elbo for rows without an image of"
                            + " binary pixels, but is likelihood-ratio")
                    .extracting(e -> ((ElbowException) e).category())
                    .isEqualTo(ErrorCategory.USAGE);
        }
    }

    @Test
    void theDefaultIsALikelihoodRatioForBinaryPixelsAndElseTheEncodedScale() {
        Configuration defaults = Configuration.defaults();
        EncodedRows picture = encoded(pictures(), PICTURE_SCHEMA, PICTURE);
        double price = PRICE_BEND;
        assertThat(AnomalyScoring.of(defaults, pictures(), Optional.empty(), Optional.empty())
                        .score(-7, picture, 0))
                .isCloseTo(7 + price - PICTURE_COSTS, within(1e-6));
        EncodedRows bent = encoded(BENT, BENT_SCHEMA, RowFactory.create(4.0, 3.0, 20.0));
        assertThat(AnomalyScoring.of(defaults, BENT, Optional.empty(), Optional.empty())
                        .score(-7, bent, 0))
                .isCloseTo(7 + price, within(1e-6));

        Configuration elbo = defaults.withOverrides(List.of("scoring.anomaly-score=elbo"));
        assertThat(AnomalyScoring.of(elbo, pictures(), Optional.empty(), Optional.empty())
                        .score(-7, picture, 0))
                .isCloseTo(7 + 2, within(1e-12));
    }

    @Test
    void aModelScoresByTheSettingThatItWasTrainedWith() {
        EncodedRows picture = encoded(pictures(), PICTURE_SCHEMA, PICTURE);
        // A version of its own, and of models from before there was a second.
        double[] units = {2, 0};
        for (int version = 1; version <= 2; version++) {
            double encodedScale = 7 + units[version - 1] + PRICE_BEND;
            assertThat(trained(version, Map.of()).score(-7, picture, 0)).isCloseTo(7 + 2, within(1e-12));
            assertThat(trained(version, Map.of("scoring.anomaly-score", "encoded"))
                            .score(-7, picture, 0))
                    .isCloseTo(encodedScale, within(1e-6));
            for (String ratio : List.of("auto", "likelihood-ratio")) {
                assertThat(trained(version, Map.of("scoring.anomaly-score", ratio))
                                .score(-7, picture, 0))
                        .isCloseTo(encodedScale - PICTURE_COSTS, within(1e-6));
            }
        }
    }

    @Test
    void aScoreWithTailsIsRefusedWithoutThem() {
        assertThatThrownBy(() -> trained(3, Map.of()))
                .isInstanceOf(ElbowException.class)
                .hasMessage("model 0123456789ab must have marginal tails, as its anomaly score has version 3, but has"
                        + " none");
    }

    @Test
    void aScoreWithNeighboursIsRefusedWithoutThem() {
        assertThatThrownBy(() -> trained(4, Map.of()))
                .isInstanceOf(ElbowException.class)
                .hasMessage("model 0123456789ab must have training rows, as its anomaly score has version 4, but has"
                        + " none");
    }

    @Test
    void anAnomalyScoreOfANewerVersionIsRefused() {
        assertThatThrownBy(() -> trained(5, Map.of()))
                .isInstanceOf(ElbowException.class)
                .hasMessage("model 0123456789ab must have an anomaly score of version 4 or older, but has version 5: it"
                        + " was written by a newer version of Elbow")
                .extracting(e -> ((ElbowException) e).category())
                .isEqualTo(ErrorCategory.MODEL);
    }

    private static AnomalyScoring trained(int version, Map<String, String> settings) {
        FeatureEncoder encoder = pictures();
        TrainedModel model = SmallModels.trained(
                encoder, SmallModels.network(SmallModels.spec(encoder, 1)), version, settings, Optional.empty());
        return AnomalyScoring.of(model);
    }

    private static FeatureEncoder pictures() {
        return TestEncoders.encoder()
                .image("picture", SHAPE, brightness())
                .positive("price", 2, 0.5)
                .binarised()
                .build();
    }

    /** Of a pixel without a bright neighbour, of one with a bright one to its left, and of all others. */
    private static List<Double> brightness() {
        List<Double> brightness = new ArrayList<>(Collections.nCopies(16, 0.5));
        brightness.set(0, 0.2);
        brightness.set(8, 0.9);
        return brightness;
    }

    private static EncodedRows encoded(FeatureEncoder encoder, StructType schema, Row... rows) {
        return SmallModels.encoded(encoder, schema, List.of(rows));
    }
}
