package elbow.data.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import elbow.base.ElbowException;
import elbow.data.encoding.EncodedRow;
import elbow.data.encoding.RowEncoder;
import elbow.data.image.ImageShape;
import elbow.data.shard.PackedRows;
import elbow.data.shard.PackedRowsIterator;
import elbow.data.table.Markers;
import elbow.vae.input.InputTransform;
import elbow.vae.likelihood.Bernoulli;
import elbow.vae.likelihood.DiscretizedLogistic;
import elbow.vae.likelihood.Gaussian;
import elbow.vae.likelihood.LikelihoodGroup;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FeatureEncoderTest {
    private static final ImageShape SHAPE = new ImageShape(1, 2, 1);
    private static final FeatureEncoder ENCODER = new FeatureEncoder(
            List.of(
                    new ImageFeature("picture", SHAPE, List.of(51.0, 255.0)),
                    new RealFeature("a.b", 10, 4, 2, 20),
                    new BinaryFeature("flag", 0.25)),
            InputTransform.SAMPLE,
            new Markers(List.of("?")),
            Set.of("a.b"),
            List.of(new LeftOut("name", "text")));
    private static final StructType SCHEMA = new StructType()
            .add("flag", DataTypes.BooleanType)
            .add("a.b", DataTypes.IntegerType)
            .add(new StructField("picture", DataTypes.BinaryType, true, SHAPE.metadata()));

    @Test
    void encodesPixelsThenStandardisedThenBinaryValues() {
        assertThat(encode(true, 16, (byte) 0, (byte) -1)).containsExactly(0f, 1f, 1.5f, 1f);
        assertThat(ENCODER.columnMeans()).containsExactly(0.2f, 1f, 0f, 0.25f);
    }

    @Test
    void decodesToTheColumnsOwnUnits() {
        List<Object> values = ENCODER.decode(encode(false, 7, (byte) 100, (byte) 200), 0);
        assertThat((byte[]) values.get(0)).containsExactly(100, (byte) 200);
        assertThat(values.get(1)).isEqualTo(7.0);
        assertThat(values.get(2)).isEqualTo(0L);
    }

    @Test
    void logJacobianIsMinusTheSumOfLogScales() {
        assertThat(ENCODER.logJacobian()).isEqualTo(-Math.log(4));
    }

    @Test
    void neighboursOfOneLikelihoodFormAGroup() {
        assertThat(ENCODER.likelihoods())
                .containsExactly(
                        new LikelihoodGroup(new Bernoulli(), 2),
                        new LikelihoodGroup(Gaussian.learned(Gaussian.Variance.PER_COLUMN, 0), 1),
                        new LikelihoodGroup(new Bernoulli(), 1));
    }

    @Test
    void jsonRoundTripIsExact() {
        String text = FeatureEncoderJson.write(ENCODER);
        FeatureEncoder read = FeatureEncoderJson.read("encoder.json", text);
        assertThat(read.features()).isEqualTo(ENCODER.features());
        assertThat(read.leftOut()).isEqualTo(ENCODER.leftOut());
        assertThat(read.inputTransform()).isEqualTo(ENCODER.inputTransform());
        assertThat(FeatureEncoderJson.write(read)).isEqualTo(text);
    }

    @Test
    void likelihoodOfGreyPixelsIsPartOfTheEncoder() {
        Feature image = new ImageFeature(
                "picture", SHAPE, List.of(51.0, 255.0), false, List.of(), GreyLikelihood.DISCRETIZED_LOGISTIC);
        FeatureEncoder encoder =
                new FeatureEncoder(List.of(image), InputTransform.NONE, new Markers(List.of()), Set.of(), List.of());

        String text = FeatureEncoderJson.write(encoder);

        assertThat(text).contains("\"greyLikelihood\" : \"discretizedLogistic\"");
        assertThat(FeatureEncoderJson.read("encoder.json", text).features()).containsExactly(image);
        assertThat(encoder.likelihoods())
                .containsExactly(new LikelihoodGroup(new DiscretizedLogistic(256, 1.0 / 2040), 2));
        assertThat(FeatureEncoderJson.write(ENCODER)).doesNotContain("greyLikelihood");
    }

    @Test
    void unknownFieldAndVersionInJsonAreErrorsThatNameThem() {
        String text = FeatureEncoderJson.write(ENCODER);
        assertThatThrownBy(() -> FeatureEncoderJson.read("encoder.json", text.replace("\"minimum\"", "\"lowest\"")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("encoder.json")
                .hasMessageContaining("minimum");
        assertThatThrownBy(() -> FeatureEncoderJson.read(
                        "encoder.json", text.replace("\"leftOut\"", "\"extra\" : 1, \"leftOut\"")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("encoder.json: extra is not a known field");
        assertThatThrownBy(() -> FeatureEncoderJson.read(
                        "encoder.json", text.replace("\"formatVersion\" : 3", "\"formatVersion\" : 4")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "encoder.json: formatVersion must be 1 to 3, but is 4: it was written by another version of Elbow");
    }

    @Test
    void missingColumnAndWrongTypeAreNamed() {
        assertThatThrownBy(() -> ENCODER.check(new StructType().add("picture", DataTypes.BinaryType)))
                .isInstanceOf(ElbowException.class)
                .hasMessage("column a.b must be a number, but is missing among picture"
                        + " (absentAsMissing takes a column that is not there as missing in every row)");
        StructType text = new StructType()
                .add("flag", DataTypes.DoubleType)
                .add("a.b", DataTypes.TimestampType)
                .add("picture", DataTypes.BinaryType);
        assertThatThrownBy(() -> ENCODER.check(text))
                .isInstanceOf(ElbowException.class)
                .hasMessage("column a.b must be a number as in training, but is of type timestamp");
        StructType other = new StructType()
                .add(new StructField("picture", DataTypes.BinaryType, true, new ImageShape(2, 2, 1).metadata()));
        assertThatThrownBy(() -> ENCODER.check(other))
                .isInstanceOf(ElbowException.class)
                .hasMessage(
                        "column picture must be an image of 1 x 2 x 1 as in training, but is an image of 2 x 2 x 1");
    }

    @Test
    void valuesThatCannotBeEncodedAreNamed() {
        StructType schema = new StructType()
                .add("picture", DataTypes.BinaryType)
                .add("a.b", DataTypes.DoubleType)
                .add("flag", DataTypes.DoubleType);
        byte[] picture = {1, 2};
        String missing = "column a.b must have a value to be encoded without gaps, but one is missing";
        assertRefused(schema, missing, picture, null, 0.0);
        assertRefused(schema, missing, picture, Double.NaN, 0.0);
        assertRefused(
                schema,
                "column a.b must have a finite number in every row that has a value, but one value is -Infinity",
                picture,
                Double.NEGATIVE_INFINITY,
                0.0);
        assertRefused(
                schema,
                "column flag must have 0 or 1, as in training, in every row that has a value, but one value is 0.5",
                picture,
                1.0,
                0.5);
        assertRefused(
                schema,
                "column a.b must have a number that floats can hold once encoded (centre 10.0, unit 4.0) in every row that"
                        + " has a value, but one value is 1.0E300",
                picture,
                1e300,
                0.0);
        assertRefused(
                schema, "column picture must hold images of 1 x 2 x 1 = 2 bytes, but one has 3", new byte[3], 1.0, 0.0);
    }

    @Test
    void blockGivesTheSameFloatsAsTheRowEncoder() {
        byte[] picture = {(byte) 77, (byte) 254};
        Row row = RowFactory.create(true, 3, picture);
        RowEncoder encoder = ENCODER.bind(SCHEMA);
        EncodedRow encoded = new EncodedRow(1, 2, picture, new float[] {-1.75f, 1});
        PackedRows block = PackedRowsIterator.of(Collections.nCopies(3, encoded).iterator(), encoder, 8)
                .next();
        float[] copied = new float[8];
        block.copyRows(1, 2, copied);
        float[] expected = new float[8];
        encoder.encode(row, expected, 0);
        encoder.encode(row, expected, 4);
        assertThat(copied).containsExactly(expected);
        assertThat(block.rows()).isEqualTo(3);
        assertThat(block.columns()).isEqualTo(4);
        assertThat(block.keys()).containsExactly(2, 2, 2);
        assertThat(block.memorySize()).isEqualTo(144 + 3 * (8 + 2 + 8) + 4 * 2);
    }

    private static float[] encode(Object flag, Object number, byte... picture) {
        float[] target = new float[4];
        ENCODER.bind(SCHEMA).encode(RowFactory.create(flag, number, picture), target, 0);
        return target;
    }

    private static void assertRefused(StructType schema, String message, @Nullable Object... values) {
        RowEncoder encoder = ENCODER.bind(schema);
        assertThatThrownBy(() -> encoder.encode(RowFactory.create(values), new float[4], 0))
                .isInstanceOf(ElbowException.class)
                .hasMessage(message);
    }
}
