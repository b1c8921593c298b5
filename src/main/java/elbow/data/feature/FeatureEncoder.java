package elbow.data.feature;

import elbow.base.Check;
import elbow.base.ElbowException;
import elbow.base.Parameter;
import elbow.data.encoding.ConditionSlot;
import elbow.data.encoding.ImageSlot;
import elbow.data.encoding.RowEncoder;
import elbow.data.encoding.Slot;
import elbow.data.image.ImageContent;
import elbow.data.image.ImageShape;
import elbow.data.table.Columns;
import elbow.data.table.InputErrors;
import elbow.data.table.LikeNames;
import elbow.data.table.Markers;
import elbow.vae.input.InputTransform;
import elbow.vae.likelihood.LikelihoodGroup;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Turns rows of a table into the network's inputs and back, as fitted on the training rows. Immutable and part of the
 * model. Encoded columns stand in the order of {@link #features}: images first, then those of one likelihood next to
 * each other, then conditions, which are given and not modelled. Executors get a {@link RowEncoder}, or rebuild the
 * encoder by {@link FeatureEncoderJson}.
 */
public final class FeatureEncoder {
    private final List<Feature> features;
    private final List<Feature> modelled;
    private final InputTransform inputTransform;
    private final Markers markers;
    private final Set<String> textNumbers;
    private final List<LeftOut> leftOut;
    private final int width;

    /**
     * An encoder without conditions.
     *
     * @param markers texts that stand for no value
     * @param textNumbers columns of numbers that were text in training
     */
    public FeatureEncoder(
            List<Feature> features,
            InputTransform inputTransform,
            Markers markers,
            Set<String> textNumbers,
            List<LeftOut> leftOut) {
        this(features, features.size(), inputTransform, markers, textNumbers, leftOut);
    }

    /**
     * @param modelled how many of the features are modelled, the first ones; the others are conditions
     * @param markers texts that stand for no value
     * @param textNumbers columns of numbers that were text in training
     */
    public FeatureEncoder(
            List<Feature> features,
            int modelled,
            InputTransform inputTransform,
            Markers markers,
            Set<String> textNumbers,
            List<LeftOut> leftOut) {
        this.features = List.copyOf(features);
        this.inputTransform = inputTransform;
        this.markers = markers;
        this.textNumbers = new TreeSet<>(textNumbers);
        this.leftOut = List.copyOf(leftOut);
        Check.argument(!features.isEmpty(), "features", "have at least one entry", features);
        Check.argument(
                modelled >= 1 && modelled <= features.size(), "modelled", "lie in 1.." + features.size(), modelled);
        this.modelled = this.features.subList(0, modelled);
        this.features.subList(modelled, features.size()).forEach(Conditions::requirePossible);
        Set<String> columns = new HashSet<>();
        boolean imagesOver = false;
        for (Feature feature : features) {
            Check.argument(columns.add(feature.column()), "features", "name a column once", feature.column());
            boolean image = feature instanceof ImageFeature;
            Check.argument(!(image && imagesOver), "features", "start with the images", feature.column());
            imagesOver |= !image;
        }
        this.width = features.stream().mapToInt(Feature::width).reduce(0, Math::addExact);
        Check.argument(
                inputTransform == InputTransform.NONE || features.get(0) instanceof ImageFeature,
                "inputTransform",
                "be NONE without an image",
                inputTransform);
    }

    /** Encoded columns. */
    public int width() {
        return width;
    }

    /**
     * Bytes that an encoded row takes in a {@link elbow.data.shard.PackedRows}: its key, a byte for each pixel, four
     * for any other value.
     */
    public long rowBytes() {
        long bytes = Long.BYTES;
        for (Feature feature : features) {
            bytes += (long) feature.width() * (feature instanceof ImageFeature ? Byte.BYTES : Float.BYTES);
        }
        return bytes;
    }

    /** The columns that are used, in encoded order: those that are modelled, then conditions. */
    public List<Feature> features() {
        return features;
    }

    /** The columns that are modelled. */
    public List<Feature> modelled() {
        return modelled;
    }

    /** The columns that are given: the last ones. */
    public List<Feature> conditions() {
        return features.subList(modelled.size(), features.size());
    }

    /** The encoder of the conditions alone, as others are of what is modelled; there must be some. */
    public FeatureEncoder ofConditions() {
        return new FeatureEncoder(conditions(), InputTransform.NONE, markers, textNumbers, List.of());
    }

    /** Encoded columns of what is modelled: the first ones. */
    public int modelledWidth() {
        return layout().offset(modelled.size());
    }

    /** Which encoded columns belong to which column of the table. */
    public FeatureLayout layout() {
        return new FeatureLayout(features, modelled.size());
    }

    /** The columns that are not used, in the order of the table. */
    public List<LeftOut> leftOut() {
        return leftOut;
    }

    /** Texts that stand for no value, such as "?". */
    public Markers markers() {
        return markers;
    }

    /** This encoder with the same texts of missing values matched in another way. */
    public FeatureEncoder withMatching(Markers.Matching matching) {
        Markers matched = new Markers(markers.texts(), matching);
        return new FeatureEncoder(features, modelled.size(), inputTransform, matched, textNumbers, leftOut);
    }

    /** Columns of numbers that were text in training, and may be again. */
    Set<String> textNumbers() {
        return textNumbers;
    }

    /**
     * Distributions of the encoded columns that are modelled, in order. Gaussian ones have a learned variance for each
     * column without a floor; the model's configuration may choose another.
     */
    public List<LikelihoodGroup> likelihoods() {
        return FeatureGroups.of(modelled, inputTransform);
    }

    /** How the network sees the encoded columns of conditions, in order. */
    public List<LikelihoodGroup> conditionGroups() {
        return conditions().stream().map(Conditions::group).toList();
    }

    /** The columns that training rows may lack, by their first encoded column, ascending. */
    public List<Integer> missingColumns() {
        return missingColumns(feature -> false);
    }

    /** As {@link #missingColumns()}, with those that {@code others} has, too. */
    public List<Integer> missingColumns(Predicate<Feature> others) {
        return FeatureLayout.firstColumns(features, feature -> feature.hasGaps() || others.test(feature));
    }

    /** How pixels become inputs; NONE without an image. */
    public InputTransform inputTransform() {
        return inputTransform;
    }

    /** Where training starts: {@link #width} means in encoded units, see {@link Feature#writeMeans}. */
    public float[] columnMeans() {
        float[] means = new float[width];
        int offset = 0;
        for (Feature feature : features) {
            feature.writeMeans(means, offset);
            offset += feature.width();
        }
        return means;
    }

    /** Shapes of the image columns that are modelled, in order: their pixels are the first encoded columns. */
    public List<ImageShape> images() {
        return modelled.stream()
                .flatMap(feature -> feature instanceof ImageFeature image ? Stream.of(image.shape()) : Stream.empty())
                .toList();
    }

    /** Shape of the image if exactly one image column is modelled and nothing else. */
    public Optional<ImageShape> image() {
        return modelled.size() == 1 ? images().stream().findFirst() : Optional.empty();
    }

    /**
     * log |d encoded / d original| in nats of a complete row at the centre of the training rows. The log-density of a
     * row in its own units is that of the encoded row plus this and the row's own share, which
     * {@link RowEncoder#encode} and {@link elbow.data.shard.PackedRows#logJacobian} give: 0 unless the row has gaps or
     * a column has long tails. Categories, levels, counts and binary columns have probabilities and count for nothing
     * here, images and times are scored as encoded, conditions not at all.
     */
    public double logJacobian() {
        return modelled.stream().mapToDouble(Feature::logJacobian).sum();
    }

    /** What bent scales add to a row's log-Jacobian, which {@link #logJacobian} does not count. */
    public Stretching stretching() {
        return Stretching.of(modelled);
    }

    /**
     * What lies between the encoded values of positive columns, which are proportional to the numbers, and their scale,
     * the logarithm: the log-density of a row on the scales of its columns is that of the encoded row less this. The
     * other columns are encoded as they stand on their scales.
     */
    public Stretching logarithms() {
        return Stretching.ofLogarithms(modelled);
    }

    /**
     * How pixels depend on their neighbours, for each image column that becomes binary pixels, by the place of its
     * first encoded column; none if that was not measured.
     */
    public SortedMap<Integer, PixelContexts> pixelContexts() {
        SortedMap<Integer, PixelContexts> contexts = new TreeMap<>();
        int place = 0;
        for (Feature feature : features) {
            if (inputTransform != InputTransform.NONE && feature instanceof ImageFeature image) {
                int first = place;
                image.contexts().ifPresent(found -> contexts.put(first, found));
            }
            place += feature.width();
        }
        return contexts;
    }

    /**
     * The values that the encoded row {@code encoded[offset .. offset + width)} stands for, in the order of
     * {@link #features} and in the columns' own units: see {@link Feature#decode}.
     */
    public List<Object> decode(float[] encoded, int offset) {
        List<Object> values = new ArrayList<>();
        int place = offset;
        for (Feature feature : features) {
            values.add(feature.decode(encoded, place));
            place += feature.width();
        }
        return values;
    }

    /** The columns whose values are texts, even if they look like numbers. */
    public Set<String> textColumns() {
        return features.stream()
                .filter(feature -> feature instanceof CategoricalFeature
                        || (feature instanceof OrdinalFeature ordinal && !ordinal.numbers()))
                .map(Feature::column)
                .collect(Collectors.toSet());
    }

    /** The columns that are read as numbers. */
    public Set<String> numberColumns() {
        Set<String> text = textColumns();
        return features.stream()
                .filter(feature -> feature.accepts(DataTypes.DoubleType)
                        && !(feature instanceof TimeFeature)
                        && !text.contains(feature.column()))
                .map(Feature::column)
                .collect(Collectors.toSet());
    }

    /**
     * Requires that rows of {@code schema} can be encoded.
     *
     * @throws ElbowException of category INPUT that names a column, the type expected and the one found
     */
    public void check(StructType schema) {
        List<String> names = Arrays.asList(schema.fieldNames());
        Map<String, Integer> places = Columns.places(names);
        String among = " among " + Columns.listed(Columns.ofUsers(names));
        for (Feature feature : features) {
            Integer place = places.get(feature.column());
            String rule = "column " + feature.column() + " must be " + feature.expectedType() + ", but is ";
            if (place == null) {
                throw InputErrors.input(
                        rule + "missing" + among + LikeNames.hint(feature.column(), Columns.ofUsers(names)) + " (",
                        Parameter.ABSENT_AS_MISSING,
                        " takes a column that is not there as missing in every row)");
            }
            if (place < 0) {
                throw InputErrors.input(rule + "there more than once" + among);
            }
            check(feature, schema.fields()[place]);
        }
    }

    /**
     * The encoder for rows of {@code schema}, to be sent to executors.
     *
     * @throws ElbowException as {@link #check} does
     */
    public RowEncoder bind(StructType schema) {
        check(schema);
        return rowEncoder(schema, column -> schema.fieldIndex(column));
    }

    /** The encoder for what {@link #projected} makes of rows of {@code schema}. */
    public RowEncoder bindProjected(StructType schema) {
        check(schema);
        return rowEncoder(schema, Columns.places(features, Feature::column)::get);
    }

    /**
     * The columns that are used, as Spark holds them, for {@link RowEncoder#pack}; a row is gone when the next comes.
     */
    public JavaRDD<InternalRow> projected(Dataset<Row> rows) {
        return projected(rows, List.of());
    }

    /** As {@link #projected(Dataset)}, with further columns of the rows after those that are used. */
    public JavaRDD<InternalRow> projected(Dataset<Row> rows, List<String> further) {
        Stream<Column> used = features.stream().map(feature -> {
            DataType type = rows.schema().apply(feature.column()).dataType();
            return feature.kind(type).projected(Columns.column(feature.column()), type);
        });
        Column[] columns =
                Stream.concat(used, further.stream().map(Columns::column)).toArray(Column[]::new);
        return rows.select(columns).queryExecution().toRdd().toJavaRDD();
    }

    private RowEncoder rowEncoder(StructType schema, ToIntFunction<String> field) {
        List<ImageSlot> images = new ArrayList<>();
        List<Slot> slots = new ArrayList<>();
        for (Feature feature : features) {
            StructField found = schema.apply(feature.column());
            int index = field.applyAsInt(feature.column());
            if (feature instanceof ImageFeature image) {
                images.add(image.slot(index, ImageContent.of(found.metadata())));
            }
            List<Slot> own = feature.slots(index, feature.kind(found.dataType()), markers);
            boolean given = conditions().contains(feature);
            slots.addAll(given ? own.stream().map(ConditionSlot::of).toList() : own);
        }
        return new RowEncoder(images.toArray(ImageSlot[]::new), slots.toArray(Slot[]::new));
    }

    private void check(Feature feature, StructField field) {
        String found = null;
        boolean textOfNumbers = field.dataType() instanceof StringType
                && (feature.accepts(DataTypes.DoubleType) || feature instanceof TimeFeature)
                && (textNumbers.contains(feature.column()) || Columns.isUntyped(field));
        if (!feature.accepts(field.dataType()) && !textOfNumbers) {
            found = "of type " + field.dataType().simpleString();
        } else if (feature instanceof ImageFeature image && !image.resized()) {
            // Images without a marked shape are checked row by row.
            found = ImageShape.of(field.metadata())
                    .filter(shape -> !shape.equals(image.shape()))
                    .map(shape -> "an image of " + shape)
                    .orElse(null);
        }
        if (found != null) {
            throw InputErrors.input("column " + feature.column() + " must be " + feature.expectedType()
                    + " as in training, but is " + found);
        }
    }
}
