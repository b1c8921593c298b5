package elbow.data.source;

import elbow.base.Parameter;
import elbow.data.feature.BinaryFeature;
import elbow.data.feature.Feature;
import elbow.data.feature.FeatureEncoder;
import elbow.data.feature.LeftOut;
import elbow.data.feature.RealFeature;
import elbow.data.feature.TimeFeature;
import elbow.data.table.Columns;
import elbow.data.table.Keys;
import elbow.data.table.Markers;
import elbow.data.table.TimeFormat;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * What is known of columns before a file is opened: what a model has learned of those that it needs, and which others
 * are asked for. Formats that say nothing of types need not be looked through for them then.
 */
public final class KnownColumns implements Serializable {
    private static final long serialVersionUID = 1L;

    /** As what a column is read. */
    enum Use {
        /** A number, or a truth value. */
        NUMBER,
        /** A truth value as 1 or 0, or a number. */
        TRUTH,
        TIME,
        TEXT
    }

    /** Asks for all columns. */
    public static final String EVERY = "*";

    private static final Pattern FIRST_ELEMENT = Pattern.compile("(.+)\\[0]", Pattern.DOTALL);

    private static final Pattern LIBSVM_ELEMENT = Pattern.compile("features\\[(\\d{1,8})]");

    private final Map<String, Use> uses = new HashMap<>();
    private final Map<String, TimeFormat> formats = new HashMap<>();
    private final SortedMap<String, Integer> vectors = new TreeMap<>();
    private final Set<String> asTheyStand;
    private final Markers markers;
    private final boolean allAsTheyStand;
    private final boolean keys;

    private KnownColumns(FeatureEncoder encoder, Collection<String> asTheyStand) {
        this.asTheyStand = new HashSet<>(asTheyStand);
        this.markers = encoder.markers();
        this.allAsTheyStand = false;
        this.keys = false;
        Set<String> numbers = encoder.numberColumns();
        for (Feature feature : encoder.features()) {
            String column = feature.column();
            if (feature instanceof TimeFeature time) {
                uses.put(column, Use.TIME);
                formats.put(column, time.format().orElse(TimeFormat.ISO));
            } else if (numbers.contains(column)) {
                uses.put(column, mayBeTruth(feature) ? Use.TRUTH : Use.NUMBER);
            } else {
                uses.put(column, Use.TEXT);
            }
        }
        vectors.putAll(vectorsOf(encoder));
    }

    // Elements that are alike in all rows are no features, but elements all the same.
    private static SortedMap<String, Integer> vectorsOf(FeatureEncoder encoder) {
        Set<String> known = Stream.concat(
                        encoder.features().stream().map(Feature::column),
                        encoder.leftOut().stream().map(LeftOut::column))
                .collect(Collectors.toSet());
        SortedMap<String, Integer> sizes = new TreeMap<>();
        for (String column : known) {
            Matcher element = FIRST_ELEMENT.matcher(column);
            if (element.matches()) {
                String vector = element.group(1);
                int size = 1;
                while (known.contains(VectorColumns.element(vector, size))) {
                    size++;
                }
                sizes.put(vector, size);
            }
        }
        return sizes;
    }

    /**
     * What a model needs.
     *
     * @param asTheyStand other columns that are asked for, and such of the model's as are to be repeated: as the file
     *     has them; {@value #EVERY} among them: all that there are
     */
    public static KnownColumns of(FeatureEncoder encoder, Collection<String> asTheyStand) {
        return new KnownColumns(encoder, asTheyStand);
    }

    /**
     * What two models need. A column that is a number to one and a text to the other is read as text, from which both
     * take it.
     */
    public KnownColumns and(KnownColumns other) {
        return new KnownColumns(this, other);
    }

    private KnownColumns(KnownColumns one, KnownColumns other) {
        uses.putAll(one.uses);
        formats.putAll(one.formats);
        other.uses.forEach((column, use) -> uses.merge(column, use, (a, b) -> together(column, a, b, one, other)));
        other.formats.forEach(formats::putIfAbsent);
        vectors.putAll(one.vectors);
        // Of two sizes the rows say which they have.
        other.vectors.forEach((name, size) -> vectors.merge(name, size, (a, b) -> a.equals(b) ? a : null));
        asTheyStand = new HashSet<>(one.asTheyStand);
        asTheyStand.addAll(other.asTheyStand);
        markers = one.markers.and(other.markers);
        if (!one.markers.isLike(other.markers)) {
            // What is no value to one model may be one to the other: each takes its own from the text.
            uses.replaceAll((column, use) -> Use.TEXT);
        }
        allAsTheyStand = one.allAsTheyStand && other.allAsTheyStand;
        keys = one.keys || other.keys;
    }

    private static Use together(String column, Use a, Use b, KnownColumns one, KnownColumns other) {
        if (a == Use.TIME && b == Use.TIME) {
            return one.format(column).equals(other.format(column)) ? Use.TIME : Use.TEXT;
        }
        Set<Use> both = EnumSet.of(a, b);
        return a == b ? a : both.equals(EnumSet.of(Use.NUMBER, Use.TRUTH)) ? Use.TRUTH : Use.TEXT;
    }

    /** The same with all of the model's columns as the file has them: for people to read. */
    public KnownColumns allAsTheyStand() {
        return new KnownColumns(this, true, keys);
    }

    /** The same with the columns that tell rows apart beside, see {@link Keys}. */
    public KnownColumns withKeys() {
        return new KnownColumns(this, allAsTheyStand, true);
    }

    private KnownColumns(KnownColumns other, boolean all, boolean keys) {
        uses.putAll(other.uses);
        formats.putAll(other.formats);
        vectors.putAll(other.vectors);
        asTheyStand = other.asTheyStand;
        markers = other.markers;
        allAsTheyStand = all;
        this.keys = keys;
    }

    /** As what the model takes a column, however it is read. */
    Use meaning(String column) {
        return uses.getOrDefault(column, Use.TEXT);
    }

    TimeFormat format(String column) {
        return formats.getOrDefault(column, TimeFormat.ISO);
    }

    boolean standsAsItIs(String column) {
        return asTheyStand.contains(EVERY)
                || asTheyStand.contains(column)
                || (allAsTheyStand && uses.containsKey(column));
    }

    Markers markers() {
        return markers;
    }

    /** The columns of the model. */
    Set<String> features() {
        return uses.keySet();
    }

    /**
     * How many elements the vectors have that the model knows, by the names of the columns of {@code schema} that hold
     * vectors, or arrays of numbers. None of a column that the model has itself, nor of one whose elements are columns
     * of the rows already.
     */
    public SortedMap<String, Integer> vectors(StructType schema) {
        Set<String> columns = Set.of(schema.fieldNames());
        SortedMap<String, Integer> found = new TreeMap<>();
        for (StructField field : schema.fields()) {
            @Nullable Integer size = vectors.get(field.name());
            if (size != null
                    && (VectorColumns.isVector(field) || VectorColumns.isArray(field))
                    && !uses.containsKey(field.name())
                    && IntStream.range(0, size)
                            .anyMatch(i -> !columns.contains(VectorColumns.element(field.name(), i)))) {
                found.put(field.name(), size);
            }
        }
        return found;
    }

    /** How many elements a vector of LIBSVM must have for all of the model's columns to be there. */
    int vectorSize() {
        int size = 0;
        for (String column : uses.keySet()) {
            Matcher element = LIBSVM_ELEMENT.matcher(column);
            size = element.matches() ? Math.max(size, 1 + Integer.parseInt(element.group(1))) : size;
        }
        return size;
    }

    /**
     * The rows with the columns that are asked for alone.
     *
     * @throws elbow.base.ElbowException of category USAGE if one that is asked for by name is not there
     */
    public Dataset<Row> needed(Dataset<Row> rows) {
        if (asTheyStand.contains(EVERY)) {
            return rows;
        }
        Columns.requireKnown(Parameter.KEPT, asTheyStand, rows.schema());
        List<String> needed = new ArrayList<>();
        for (StructField field : rows.schema().fields()) {
            boolean isKey = keys && Keys.isKey(field);
            if (isKey || uses.containsKey(field.name()) || asTheyStand.contains(field.name())) {
                needed.add(field.name());
            }
        }
        return rows.select(Columns.columns(needed));
    }

    /** The names that are asked for, or those of all columns of {@code rows} for {@value #EVERY}. */
    public static List<String> named(List<String> asked, Dataset<Row> rows) {
        return asked.contains(EVERY) ? Columns.ofUsers(List.of(rows.columns())) : asked;
    }

    private static boolean mayBeTruth(Feature feature) {
        return feature instanceof BinaryFeature || (feature instanceof RealFeature real && real.mayBeTruth());
    }
}
