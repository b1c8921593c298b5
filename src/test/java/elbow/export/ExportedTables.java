package elbow.export;

import ai.onnxruntime.OrtException;
import elbow.data.feature.CategoricalFeature;
import elbow.data.feature.Feature;
import elbow.data.feature.FeatureEncoder;
import elbow.data.feature.ImageFeature;
import elbow.data.feature.OrdinalFeature;
import elbow.data.feature.PixelContexts;
import elbow.data.feature.TestEncoders;
import elbow.data.feature.TimeFeature;
import elbow.data.feature.TimePart;
import elbow.data.image.ImageShape;
import elbow.vae.input.InputTransform;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** A table with a column of every kind, and its rows as inputs of graphs. */
final class ExportedTables {
    private static final ImageShape SHAPE = new ImageShape(3, 2, 1);

    /** The table; ids tell rows apart and are no feature. */
    static final StructType SCHEMA = new StructType()
            .add("id", DataTypes.LongType)
            .add("plain", DataTypes.DoubleType)
            .add("tailed", DataTypes.DoubleType)
            .add("heavy", DataTypes.DoubleType)
            .add("hours", DataTypes.DoubleType)
            .add("price", DataTypes.DoubleType)
            .add("visits", DataTypes.LongType)
            .add("clicks", DataTypes.LongType)
            .add("flag", DataTypes.BooleanType)
            .add("size", DataTypes.StringType)
            .add("colour", DataTypes.StringType)
            .add("at", DataTypes.TimestampType)
            .add("grade", DataTypes.IntegerType)
            .add("town", DataTypes.StringType)
            .add(new StructField("picture", DataTypes.BinaryType, true, SHAPE.metadata()));

    private ExportedTables() {}

    /** Every kind of column, the image's pixels binarised. */
    static FeatureEncoder everyKind() {
        FeatureEncoder first = columns(
                TestEncoders.encoder().image("picture", SHAPE, contexts()).binarised());
        return with(first, first.features(), 0);
    }

    /** Without the image; {@code given} columns, the last ones, are conditions. */
    static FeatureEncoder table(int given) {
        FeatureEncoder first = columns(TestEncoders.encoder());
        return with(first, first.features(), given);
    }

    /** An image alone, its pixels binarised. */
    static FeatureEncoder pictures() {
        return TestEncoders.encoder()
                .image("picture", SHAPE, contexts())
                .binarised()
                .build();
    }

    /** Every kind of column, of which {@code size}, whose levels are texts, is the condition. */
    static FeatureEncoder givenSize() {
        List<Feature> features = new ArrayList<>(everyKind().features());
        Feature size = features.stream()
                .filter(feature -> feature.column().equals("size"))
                .findFirst()
                .orElseThrow();
        features.remove(size);
        features.add(size);
        FeatureEncoder first = everyKind();
        return new FeatureEncoder(
                features, features.size() - 1, first.inputTransform(), first.markers(), Set.of(), List.of());
    }

    private static FeatureEncoder columns(TestEncoders.Builder builder) {
        return builder.real("plain", 1, 2)
                .stretched("tailed", 3, 0.5, 0.25, 2)
                .heavyTailed("heavy", 0, 3)
                .spiked("hours", 30, 12, 40.1, 0.0)
                .positive("price", 2, 0.5)
                .count("visits", 3, 1, 0.5)
                .overdispersed("clicks", 5, 1.5, 0.7)
                .binary("flag", 0.25)
                .ordinal("size", "S", "M", "L")
                .categorical("colour", "red", "blue")
                .time("at", TimePart.TIME_OF_DAY, TimePart.DAY_OF_WEEK, TimePart.DAY_OF_YEAR)
                .gaps("plain", "tailed", "heavy", "hours", "price", "visits", "clicks", "flag", "size", "at")
                .missingMarkers("?", "-99")
                .build();
    }

    private static FeatureEncoder with(FeatureEncoder first, List<Feature> features, int given) {
        List<Feature> all = new ArrayList<>(features);
        all.add(new OrdinalFeature("grade", List.of("3", "4", "5"), true, Collections.nCopies(5, 0.2), true));
        all.add(new CategoricalFeature(
                "town", List.of("Rome", "Oslo"), List.of("Ulm", "Bonn"), List.of(0.4, 0.3, 0.2, 0.1), true));
        InputTransform transform = first.inputTransform();
        return new FeatureEncoder(all, all.size() - given, transform, first.markers(), Set.of(), List.of());
    }

    private static List<Double> contexts() {
        List<Double> brightness = new ArrayList<>(Collections.nCopies(PixelContexts.CONTEXTS, 0.5));
        for (int i = 0; i < PixelContexts.CONTEXTS; i++) {
            brightness.set(i, 0.05 + 0.9 * i / PixelContexts.CONTEXTS);
        }
        return brightness;
    }

    /** Rows by a seed; about a quarter of all values is missing, one way or the other. */
    static List<Row> rows(int count, long seed) {
        Random random = new Random(seed);
        List<Row> rows = new ArrayList<>();
        for (long id = 0; id < count; id++) {
            byte[] picture = new byte[SHAPE.size()];
            for (int i = 0; i < picture.length; i++) {
                picture[i] = (byte) (random.nextBoolean() ? 255 : 0);
            }
            rows.add(RowFactory.create(
                    id,
                    orMissing(random, random.nextInt(9) == 0 ? -99.0 : 1 + 2 * random.nextGaussian()),
                    orMissing(random, 3 + Math.sinh(2 * random.nextGaussian())),
                    orMissing(random, 3 * random.nextGaussian()),
                    orMissing(
                            random,
                            List.of(40.1, 0.0, 30 + 12 * random.nextGaussian()).get(random.nextInt(3))),
                    orMissing(random, Math.exp(2 + 0.5 * random.nextGaussian()) - (random.nextInt(9) == 0 ? 20 : 0)),
                    orMissing(random, (long) random.nextInt(8)),
                    orMissing(random, (long) random.nextInt(300)),
                    orMissing(random, random.nextInt(4) == 0),
                    orMissing(random, List.of("S", "M", "L").get(random.nextInt(3))),
                    orMissing(random, List.of("red", "blue", "mauve", "?").get(random.nextInt(4))),
                    orMissing(
                            random, Timestamp.from(Instant.ofEpochSecond(random.nextInt(1_800_000_000), 123_456_000))),
                    orMissing(random, random.nextInt(8)),
                    orMissing(
                            random,
                            List.of("Rome", "Oslo", "Ulm", "Bonn", "Nowhere").get(random.nextInt(5))),
                    picture));
        }
        return rows;
    }

    private static <T> @Nullable T orMissing(Random random, T value) {
        return random.nextInt(4) == 0 ? null : value;
    }

    /** Gives a run the columns of some features. */
    static void give(List<Feature> features, List<Row> rows, OnnxRun run) throws OrtException {
        int count = rows.size();
        for (Feature feature : features) {
            int field = SCHEMA.fieldIndex(feature.column());
            TensorShape shape = ColumnGraph.input(feature);
            if (feature instanceof ImageFeature) {
                byte[] pixels = new byte[count * SHAPE.size()];
                for (int row = 0; row < count; row++) {
                    byte[] own = rows.get(row).getAs(field);
                    System.arraycopy(own, 0, pixels, row * SHAPE.size(), SHAPE.size());
                }
                run.with(feature.column(), pixels, count, SHAPE.height(), SHAPE.width(), SHAPE.channels());
            } else if (feature instanceof TimeFeature) {
                run.with(
                        feature.column(),
                        rows.stream()
                                .mapToLong(row -> row.isNullAt(field)
                                        ? Long.MIN_VALUE
                                        : micros(row.getTimestamp(field).toInstant()))
                                .toArray(),
                        count);
            } else if (shape.type() == ElementType.TEXT) {
                run.with(
                        feature.column(),
                        rows.stream()
                                .map(row -> row.isNullAt(field) ? "" : row.getString(field))
                                .toArray(String[]::new),
                        count);
            } else {
                run.with(
                        feature.column(),
                        rows.stream().mapToDouble(row -> number(row.get(field))).toArray(),
                        count);
            }
        }
    }

    private static long micros(Instant time) {
        return time.getEpochSecond() * 1_000_000 + time.getNano() / 1000;
    }

    private static double number(@Nullable Object value) {
        if (value == null) {
            return Double.NaN;
        }
        return value instanceof Boolean truth ? (truth ? 1 : 0) : ((Number) value).doubleValue();
    }
}
