package elbow.data.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import elbow.data.encoding.Cell.Form;
import elbow.data.encoding.NumberScale;
import elbow.data.encoding.RowDecoder;
import elbow.data.encoding.RowEncoder;
import elbow.data.table.Markers;
import elbow.vae.input.InputTransform;
import java.math.BigDecimal;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.catalyst.CatalystTypeConverters;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Encoded rows become the values they are of, in the types of their columns. */
class RowDecodingTest {
    private static final double DAY = 86_400;
    private static final Instant FIRST = Instant.parse("2023-01-02T00:00:00Z");
    private static final Instant LAST = Instant.parse("2023-12-20T00:00:00Z");
    private static final List<TimePart> DAYS = List.of(TimePart.DAY_OF_WEEK);
    private static final List<TimePart> ALL = List.of(TimePart.TIME_OF_DAY, TimePart.DAY_OF_WEEK);

    private static final FeatureEncoder ENCODER = new FeatureEncoder(
            List.of(
                    new RealFeature("plain", 10, 4, 2, 20),
                    new RealFeature("whole", 10, 4, 2, 20),
                    new RealFeature("money", 10, 4, 2, 20),
                    new RealFeature(
                            "tails",
                            new NumberScale(true, 3, 2, 0.25, 1.5),
                            -1e6,
                            1e6,
                            NumberLikelihood.GAUSSIAN,
                            true),
                    new PositiveFeature("price", 2, 0.5, 0.1, 1e4, true),
                    new CountFeature("visits", 3, 1.2, 0.7, 40, NumberLikelihood.NEGATIVE_BINOMIAL, true),
                    new BinaryFeature("flag", 0.25, true),
                    new BinaryFeature("words", 0.25, true),
                    new OrdinalFeature("grade", List.of("1", "2", "3"), true, equal(5), true),
                    new OrdinalFeature("size", List.of("S", "M", "L"), false, equal(3), true),
                    new CategoricalFeature("colour", List.of("red", "blue"), List.of("ochre"), equal(4), true),
                    new CategoricalFeature("code", List.of("7", "12"), List.of(), equal(3), true),
                    new TimeFeature("day", DAYS, List.of(0.0, 0.0), true),
                    new TimeFeature("at", ALL, List.of(0.0, 0.0, 0.0, 0.0), true),
                    new TimeFeature("local", ALL, List.of(0.0, 0.0, 0.0, 0.0), true),
                    new TimeFeature("text", DAYS, List.of(0.0, 0.0), true, "dd.MM.yyyy")),
            InputTransform.NONE,
            new Markers(List.of("?")),
            Set.of("words"),
            List.of());

    private static final TableColumns TABLE = new TableColumns(List.of(
            number("plain", DataTypes.DoubleType),
            new TableColumn("whole", DataTypes.DoubleType, 0, true, List.of(), 2, 20, 1),
            number("money", DataTypes.createDecimalType(10, 2)),
            number("tails", DataTypes.FloatType),
            number("price", DataTypes.DoubleType),
            number("visits", DataTypes.ShortType),
            number("flag", DataTypes.BooleanType),
            new TableColumn("words", DataTypes.StringType, 0, true, List.of("False", "True"), 0, 1, 1),
            number("grade", DataTypes.ByteType),
            number("size", DataTypes.StringType),
            number("colour", DataTypes.StringType),
            number("code", DataTypes.IntegerType),
            time("day", DataTypes.DateType, DAY),
            time("at", DataTypes.TimestampType, 1),
            time("local", DataTypes.TimestampNTZType, 60),
            time("text", DataTypes.StringType, DAY)));

    private static final StructType SCHEMA = TABLE.schema(ENCODER);

    private static List<Double> equal(int count) {
        return Collections.nCopies(count, 1.0 / count);
    }

    private static TableColumn number(String column, DataType type) {
        return new TableColumn(column, type, 0, false, List.of(), 0, 0, 1);
    }

    private static TableColumn time(String column, DataType type, double unit) {
        return new TableColumn(column, type, 0, false, List.of(), FIRST.getEpochSecond(), LAST.getEpochSecond(), unit);
    }

    private static Row row() {
        return RowFactory.create(
                12.5,
                14.0,
                new BigDecimal("7.25"),
                -70f,
                19.0,
                (short) 7,
                true,
                "True",
                (byte) 2,
                "L",
                "blue",
                12,
                Date.valueOf("2023-03-15"),
                Timestamp.from(Instant.parse("2023-05-04T06:30:15Z")),
                LocalDateTime.parse("2023-05-06T23:59:00"),
                "17.08.2023");
    }

    @Test
    void whatTheNetworkCannotComputeIsMissing() {
        float[] encoded = encoded(row());
        RowDecoder decoder = TABLE.decoder(ENCODER, SCHEMA, UnaryOperator.identity());
        for (int cell = 0; cell < decoder.cells(); cell++) {
            float[] one = encoded.clone();
            one[decoder.offset(cell) + decoder.width(cell) - 1] = Float.NaN;
            for (Form form : Form.values()) {
                assertThat(decoder.value(cell, encoded, 0, form, 5)).isNotNull();
                assertThat(decoder.value(cell, one, 0, form, 5)).isNull();
            }
        }
        assertThat(decoder.columns()).isEqualTo(ENCODER.width());
    }

    @Test
    void columnsThatAreNotThoseOfTheEncoderAreRefused() {
        TABLE.requireFit(ENCODER);
        List<TableColumn> fewer = TABLE.columns().subList(1, TABLE.columns().size());
        assertThatThrownBy(() -> new TableColumns(fewer).requireFit(ENCODER))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("columns must be those of the encoder, [at, code, ");
        List<TableColumn> other = new ArrayList<>(fewer);
        other.add(number("plain", DataTypes.TimestampType));
        assertThatThrownBy(() -> new TableColumns(other).requireFit(ENCODER))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("type of plain must be that of ");
    }

    private static float[] encoded(Row row) {
        RowEncoder encoder = ENCODER.bind(SCHEMA);
        float[] encoded = new float[ENCODER.width()];
        encoder.encode(row, encoded, 0);
        return encoded;
    }

    private static Row decoded(float[] encoded, Form form, int word) {
        RowDecoder decoder = TABLE.decoder(ENCODER, SCHEMA, UnaryOperator.identity());
        Object[] values = new Object[SCHEMA.size()];
        for (int cell = 0; cell < decoder.cells(); cell++) {
            StructField field = SCHEMA.fields()[decoder.place(cell)];
            values[decoder.place(cell)] = CatalystTypeConverters.createToScalaConverter(field.dataType())
                    .apply(decoder.value(cell, encoded, 0, form, word));
            if (values[decoder.place(cell)] instanceof scala.math.BigDecimal number) {
                values[decoder.place(cell)] = number.bigDecimal();
            }
        }
        return RowFactory.create(values);
    }

    @ParameterizedTest
    @EnumSource
    void valuesThatSayAllComeBack(Form form) {
        Row back = decoded(encoded(row()), form, 123);

        assertThat(back.getDouble(0)).isCloseTo(12.5, within(1e-5));
        assertThat(back.get(1)).isEqualTo(14.0);
        assertThat(back.get(2)).isEqualTo(new BigDecimal("7.25"));
        assertThat(back.getFloat(3)).isCloseTo(-70f, within(1e-3f));
        assertThat(back.getDouble(4)).isCloseTo(19, within(1e-5));
        for (int column = 5; column < 12; column++) {
            assertThat(back.get(column)).as(SCHEMA.fieldNames()[column]).isEqualTo(row().get(column));
        }
    }

    @Test
    void encodingTheDecodedRowGivesTheSameCodesWhateverIsChosen() {
        float[] encoded = encoded(row());
        Random random = new Random(5);
        for (int i = 0; i < 200; i++) {
            Row back = decoded(encoded, Form.DRAWN, random.nextInt());

            float[] again = encoded(back);
            for (int column = 0; column < encoded.length; column++) {
                assertThat(again[column]).as("column " + column).isCloseTo(encoded[column], within(2e-5f));
            }
            assertThat(back.getDate(12)).isBetween("2023-01-02", "2023-12-20");
            assertThat(back.getTimestamp(13).toInstant()).isBetween(FIRST, LAST);
            assertThat(back.getString(15)).matches("\\d\\d\\.\\d\\d\\.2023");
        }
    }

    @Test
    void timesAreSpreadOverTheRangeOfTraining() {
        float[] encoded = encoded(row());
        Random random = new Random(6);
        long inFirstHalf = random.ints(2_000)
                .mapToObj(word -> decoded(encoded, Form.DRAWN, word).getDate(12))
                .filter(day -> day.before(Date.valueOf("2023-06-27")))
                .count();
        // Five standard errors, and half a week at each end.
        assertThat(inFirstHalf).isBetween(850L, 1150L);
    }

    @Test
    void noCategoryIsMadeUp() {
        float[] encoded = encoded(row());
        RowDecoder decoder = TABLE.decoder(ENCODER, SCHEMA, UnaryOperator.identity());
        int colour = Arrays.asList(SCHEMA.fieldNames()).indexOf("colour");
        int cell = ENCODER.layout().columns().indexOf("colour");
        int offset = decoder.offset(cell);
        Arrays.fill(encoded, offset, offset + 4, 0);
        encoded[offset + 2] = 1;
        assertThat(decoded(encoded, Form.DRAWN, 1).get(colour)).isEqualTo("ochre");
        encoded[offset + 2] = 0.1f;
        encoded[offset + 3] = 0.6f;
        encoded[offset] = 0.3f;
        assertThat(decoded(encoded, Form.EXPECTED, 1).get(colour)).isEqualTo("red");
        Arrays.fill(encoded, offset, offset + 4, 0);
        encoded[offset + 3] = 1;
        Random random = new Random(8);
        List<Object> drawn = random.ints(3_000)
                .mapToObj(word -> decoded(encoded, Form.DRAWN, word).get(colour))
                .toList();
        for (String known : List.of("red", "blue", "ochre")) {
            // A third each; five standard errors.
            assertThat(drawn.stream().filter(known::equals).count()).isBetween(871L, 1129L);
        }
    }

    @Test
    void levelsBeyondTrainingBecomeTheNearest() {
        float[] encoded = encoded(row());
        int cell = ENCODER.layout().columns().indexOf("grade");
        int offset = TABLE.decoder(ENCODER, SCHEMA, UnaryOperator.identity()).offset(cell);
        Arrays.fill(encoded, offset, offset + 5, 0);
        encoded[offset] = 1;
        assertThat(decoded(encoded, Form.DRAWN, 1).getByte(8)).isEqualTo((byte) 1);
        encoded[offset] = 0;
        encoded[offset + 4] = 1;
        assertThat(decoded(encoded, Form.DRAWN, 1).getByte(8)).isEqualTo((byte) 3);
    }

    @Test
    void levelsOfWhichASingleGuessIsWantedAreTheMedian() {
        float[] encoded = encoded(row());
        RowDecoder decoder = TABLE.decoder(ENCODER, SCHEMA, UnaryOperator.identity());
        int grade = ENCODER.layout().columns().indexOf("grade");
        int size = ENCODER.layout().columns().indexOf("size");
        // Below 1, of 1, 2 and 3, and above 3; of S, M and L.
        float[] grades = {0.05f, 0.4f, 0.15f, 0.3f, 0.1f};
        float[] sizes = {0.4f, 0.25f, 0.35f};
        System.arraycopy(grades, 0, encoded, decoder.offset(grade), 5);
        System.arraycopy(sizes, 0, encoded, decoder.offset(size), 3);

        assertThat(decoded(encoded, Form.CENTRAL, 1).getByte(8)).isEqualTo((byte) 2);
        assertThat(decoded(encoded, Form.CENTRAL, 1).get(SCHEMA.fieldIndex("size")))
                .isEqualTo("M");
        assertThat(decoded(encoded, Form.EXPECTED, 1).getByte(8)).isEqualTo((byte) 1);
        assertThat(decoded(encoded, Form.EXPECTED, 1).get(SCHEMA.fieldIndex("size")))
                .isEqualTo("S");
        assertThat(decoder.code(grade, encoded, 0, Form.CENTRAL)).isEqualTo(2);
        assertThat(decoder.code(size, encoded, 0, Form.CENTRAL)).isEqualTo(1);

        // Half of it below the lowest level that training had.
        float[] low = {0.6f, 0.2f, 0.1f, 0.1f, 0};
        System.arraycopy(low, 0, encoded, decoder.offset(grade), 5);
        assertThat(decoded(encoded, Form.CENTRAL, 1).getByte(8)).isEqualTo((byte) 1);
    }

    @Test
    void numbersBeyondTheirTypeBecomeTheNearestItHolds() {
        float[] encoded = encoded(row());
        RowDecoder decoder = TABLE.decoder(ENCODER, SCHEMA, UnaryOperator.identity());
        for (String column : List.of("tails", "visits", "money")) {
            encoded[decoder.offset(ENCODER.layout().columns().indexOf(column))] = 1e9f;
        }
        Row far = decoded(encoded, Form.DRAWN, 1);
        assertThat(far.getFloat(3)).isEqualTo(Float.MAX_VALUE);
        assertThat(far.getShort(5)).isEqualTo(Short.MAX_VALUE);
        assertThat(far.get(2)).isEqualTo(new BigDecimal("99999999.99"));
    }

    @Test
    void theColumnsOfATableSurviveTheirText() {
        String text = TABLE.toJson();

        assertThat(TableColumns.fromJson("columns.json", text).columns()).isEqualTo(TABLE.columns());
        assertThat(TableColumns.fromJson("columns.json", text).toJson()).isEqualTo(text);
    }
}
