package elbow.data.source;

import elbow.base.Message;
import elbow.data.rows.BadRows;
import elbow.data.table.Columns;
import elbow.data.table.InputErrors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.jspecify.annotations.Nullable;
import scala.collection.Iterator;
import scala.collection.Seq;

/**
 * Takes vectors of Spark ML apart: a column {@code features} of three numbers becomes {@code features[0]} to
 * {@code [2]}. An array of numbers is taken for a vector where it is said that it is one.
 */
public final class VectorColumns {
    /** Where Spark's LIBSVM source says how long its vectors are. */
    private static final String SIZE = "numFeatures";

    private static final String ELEMENTS = "elbow.elements.";

    /** Rows by which vectors of a model are told from those with more elements. */
    private static final int FIRST_ROWS = 1_000;

    /** More columns no table can have. */
    private static final int MOST_ELEMENTS = 1_000_000;

    private VectorColumns() {}

    /** Whether a column is of vectors. */
    public static boolean isVector(StructField field) {
        return field.dataType().equals(SQLDataTypes.VectorType());
    }

    /** Whether a column is of arrays of numbers. */
    public static boolean isArray(StructField field) {
        return field.dataType() instanceof ArrayType array && array.elementType() instanceof NumericType;
    }

    /** The rows with vectors in the place of some arrays of numbers. */
    public static Dataset<Row> ofArrays(Dataset<Row> rows, Collection<String> arrays) {
        if (arrays.isEmpty()) {
            return rows;
        }
        Column[] columns = Arrays.stream(rows.schema().fields())
                .map(field ->
                        arrays.contains(field.name()) ? vector(field).as(field.name()) : Columns.column(field.name()))
                .toArray(Column[]::new);
        return rows.select(columns);
    }

    // A missing element is no number, which is how vectors have it.
    private static Column vector(StructField field) {
        Column column = Columns.column(field.name());
        if (!isArray(field)) {
            return column;
        }
        UDF1<Seq<?>, Vector> vector = elements -> {
            if (elements == null) {
                return null;
            }
            double[] values = new double[elements.size()];
            Iterator<?> each = elements.iterator();
            for (int i = 0; i < values.length; i++) {
                values[i] = each.next() instanceof Number number ? number.doubleValue() : Double.NaN;
            }
            return Vectors.dense(values);
        };
        return functions
                .udf(vector, SQLDataTypes.VectorType())
                .apply(column.cast(DataTypes.createArrayType(DataTypes.DoubleType)));
    }

    /**
     * The rows with a column of numbers for each element of a vector; as they are without vectors. Of rows that
     * {@link BadRows} can mark those with a vector of another size are marked.
     *
     * @param leastSize elements of vectors that LIBSVM files hold, at least: those that no row has are 0
     * @param known how many elements other vectors must have, by the names of their columns; where it is not known as
     *     many as the first has
     * @throws elbow.base.ElbowException of category INPUT if a vector is missing in every row, or the name of an
     *     element is taken
     */
    public static Dataset<Row> expanded(Dataset<Row> rows, int leastSize, Map<String, Integer> known) {
        SortedMap<String, Integer> sizes = new TreeMap<>();
        for (StructField field : rows.schema().fields()) {
            if (isVector(field)) {
                @Nullable Integer stated = field.metadata().contains(SIZE) ? null : known.get(field.name());
                sizes.put(field.name(), stated == null ? size(rows, field) : stated);
            }
        }
        if (sizes.isEmpty()) {
            return rows;
        }
        List<Column> arrays = new ArrayList<>();
        List<Column> elements = new ArrayList<>();
        for (StructField field : rows.schema().fields()) {
            Column column = Columns.column(field.name());
            @Nullable Integer found = sizes.get(field.name());
            if (found == null) {
                arrays.add(column);
                elements.add(column);
                continue;
            }
            boolean sparse = field.metadata().contains(SIZE);
            int size = sparse ? Math.max(found, leastSize) : found;
            if (size > MOST_ELEMENTS) {
                throw InputErrors.input(String.format(
                        Locale.ROOT,
                        "column %s must have vectors of at most %,d elements, each of which becomes a column, but they"
                                + " have %,d: an index of a sparse row may be wrong",
                        field.name(),
                        MOST_ELEMENTS,
                        size));
            }
            arrays.add(array(field.name(), found, size).apply(column).as(field.name()));
            for (int i = 0; i < size; i++) {
                elements.add(column.getItem(i).as(element(field.name(), i)));
            }
        }
        Dataset<Row> checked = BadRows.areMarked(rows.schema()) ? withFaults(rows, sizes) : rows;
        Dataset<Row> expanded = checked.select(arrays.toArray(Column[]::new)).select(elements.toArray(Column[]::new));
        Columns.requireDistinct(Columns.ofUsers(Arrays.asList(expanded.columns())), "the elements of vectors");
        return expanded;
    }

    /**
     * How many elements the vectors must have: as many as the model knows, unless the first rows all have more. Those
     * are of a model that was trained on some of the elements alone, or other vectors than those of training, which is
     * said. Vectors that it does not know: as many as the first has.
     *
     * @param known how many the model knows, by the names of columns of vectors
     * @param notes hears of vectors with more
     * @throws elbow.base.ElbowException of category INPUT if a vector that the model does not know is missing in every
     *     row
     */
    static SortedMap<String, Integer> sizes(
            Dataset<Row> rows, SortedMap<String, Integer> known, Consumer<Message> notes) {
        SortedMap<String, Integer> sizes = required(rows, known, notes);
        for (StructField field : rows.schema().fields()) {
            if (isVector(field) && !sizes.containsKey(field.name())) {
                sizes.put(field.name(), size(rows, field));
            }
        }
        return sizes;
    }

    private static SortedMap<String, Integer> required(
            Dataset<Row> rows, SortedMap<String, Integer> known, Consumer<Message> notes) {
        SortedMap<String, Integer> required = new TreeMap<>();
        known.forEach((name, size) -> {
            StructField field = rows.schema().apply(name);
            if (field.metadata().contains(SIZE)) {
                required.put(name, size);
                return;
            }
            UDF1<Vector, Integer> length = vector -> vector == null ? null : vector.size();
            Set<Integer> found = rows
                    .select(functions.udf(length, DataTypes.IntegerType).apply(Columns.column(name)))
                    .limit(FIRST_ROWS)
                    .collectAsList()
                    .stream()
                    .filter(row -> !row.isNullAt(0))
                    .map(row -> row.getInt(0))
                    .collect(Collectors.toSet());
            int only = found.size() == 1 ? found.iterator().next() : size;
            required.put(name, Math.max(size, only));
            if (only > size) {
                notes.accept(Message.of("Column " + name + " has vectors of " + only
                        + " elements, of which the model knows " + size + ": the others are not scored"));
            }
        });
        return required;
    }

    // Rows with a vector of another size are bad, and without it.
    private static Dataset<Row> withFaults(Dataset<Row> rows, SortedMap<String, Integer> sizes) {
        Dataset<Row> marked = rows;
        for (Map.Entry<String, Integer> vector : sizes.entrySet()) {
            String name = vector.getKey();
            int size = vector.getValue();
            UDF1<Vector, String> fault =
                    found -> found == null || found.size() == size ? null : otherSize(name, size, found.size());
            marked = BadRows.markedToo(
                    marked, functions.udf(fault, DataTypes.StringType).apply(Columns.column(name)), name);
        }
        return marked;
    }

    /**
     * The rows as they are, and after their columns one of numbers for each element of some vectors, or arrays of
     * numbers. No row is looked at before the result is used.
     *
     * @param sizes how many elements the vectors of a column must have, by its name; those of LIBSVM files as many as
     *     the files say, of which that many are taken
     */
    public static Dataset<Row> beside(Dataset<Row> rows, SortedMap<String, Integer> sizes) {
        if (sizes.isEmpty()) {
            return rows;
        }
        Column[] own = Columns.columns(Arrays.asList(rows.columns()));
        List<Column> arrays = new ArrayList<>(Arrays.asList(own));
        List<Column> elements = new ArrayList<>(Arrays.asList(own));
        sizes.forEach((name, size) -> {
            int found = stated(rows.schema().apply(name)).orElse(size);
            Column vector = vector(rows.schema().apply(name));
            arrays.add(array(name, found, size).apply(vector).as(ELEMENTS + name));
            for (int i = 0; i < size; i++) {
                elements.add(Columns.column(ELEMENTS + name).getItem(i).as(element(name, i)));
            }
        });
        return rows.select(arrays.toArray(Column[]::new)).select(elements.toArray(Column[]::new));
    }

    /** What the column of a vector's element is called, from 0. */
    public static String element(String vector, int index) {
        return vector + "[" + index + "]";
    }

    // Not deterministic, so that Spark computes the array once and not for each element.
    private static UserDefinedFunction array(String name, int found, int size) {
        UDF1<Vector, double[]> values = vector -> {
            double[] elements = values(vector, name, found);
            return elements == null ? null : Arrays.copyOf(elements, size);
        };
        return functions
                .udf(values, DataTypes.createArrayType(DataTypes.DoubleType, false))
                .asNondeterministic();
    }

    private static double @Nullable [] values(@Nullable Vector vector, String name, int size) {
        if (vector == null) {
            return null;
        }
        if (vector.size() != size) {
            throw InputErrors.input(otherSize(name, size, vector.size()));
        }
        return vector.toArray();
    }

    private static String otherSize(String name, int size, int found) {
        return "column " + name + " must hold vectors of " + size + " element" + (size == 1 ? "" : "s")
                + " in every row, but one has " + found;
    }

    private static OptionalInt stated(StructField field) {
        return field.metadata().contains(SIZE)
                ? OptionalInt.of(Math.toIntExact(field.metadata().getLong(SIZE)))
                : OptionalInt.empty();
    }

    private static int size(Dataset<Row> rows, StructField field) {
        OptionalInt libsvm = stated(field);
        if (libsvm.isPresent()) {
            return libsvm.getAsInt();
        }
        int stated = AttributeGroup.fromStructField(field).size();
        if (stated >= 0) {
            return stated;
        }
        List<Row> first = rows.select(Columns.column(field.name()))
                .filter(Columns.column(field.name()).isNotNull())
                .takeAsList(1);
        if (first.isEmpty()) {
            throw InputErrors.input("column " + field.name() + " must hold vectors, but is missing in every row");
        }
        return first.get(0).<Vector>getAs(0).size();
    }
}
