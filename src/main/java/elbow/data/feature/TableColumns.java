package elbow.data.feature;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import elbow.base.Check;
import elbow.base.JsonReader;
import elbow.data.encoding.Cell;
import elbow.data.encoding.RowDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The columns of a model as the training rows had them, in the order of their table: with the {@link FeatureEncoder}
 * what is needed to make rows of that table.
 */
public final class TableColumns {
    private static final int FORMAT_VERSION = 1;

    /** Of times of which nothing is known: seconds. */
    private static final double SECOND = 1;

    private final List<TableColumn> columns;

    public TableColumns(List<TableColumn> columns) {
        this.columns = List.copyOf(columns);
    }

    /**
     * What can be said of a model that was trained before this was kept: numbers are doubles, or longs if they are
     * whole, categories are texts, nothing was missing, and times are seconds of a year.
     *
     * @param year in which times are, its first second from 1970 on
     */
    public static TableColumns of(FeatureEncoder encoder, double year) {
        List<TableColumn> columns = new ArrayList<>();
        for (Feature feature : encoder.features()) {
            boolean time = feature instanceof TimeFeature;
            columns.add(new TableColumn(
                    feature.column(),
                    usualType(feature),
                    0,
                    false,
                    List.of(),
                    time ? year : 0,
                    time ? year + TimePart.DAY_OF_YEAR.period() - SECOND : 0,
                    SECOND));
        }
        return new TableColumns(columns);
    }

    private static DataType usualType(Feature feature) {
        return switch (feature.type()) {
            case IMAGE -> DataTypes.BinaryType;
            case REAL, POSITIVE -> DataTypes.DoubleType;
            case COUNT, BINARY -> DataTypes.LongType;
            case ORDINAL -> ((OrdinalFeature) feature).numbers() ? DataTypes.LongType : DataTypes.StringType;
            case CATEGORICAL -> DataTypes.StringType;
            case TIME -> ((TimeFeature) feature).format().isPresent() ? DataTypes.StringType : DataTypes.TimestampType;
        };
    }

    /** The columns, in the order of the table. */
    public List<TableColumn> columns() {
        return columns;
    }

    /** The column of that name. */
    public TableColumn column(String name) {
        return columns.stream()
                .filter(column -> column.column().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("columns must have " + name + ", but have not"));
    }

    /** The table's columns of the model. Images are their pixels, whatever they were read from. */
    public StructType schema(FeatureEncoder encoder) {
        StructType schema = new StructType();
        for (TableColumn column : columns) {
            Feature feature = feature(encoder, column.column());
            boolean image = feature instanceof ImageFeature;
            Metadata metadata = image ? ((ImageFeature) feature).shape().metadata() : Metadata.empty();
            DataType type = image ? DataTypes.BinaryType : column.type();
            schema = schema.add(new StructField(column.column(), type, true, metadata));
        }
        return schema;
    }

    private static Feature feature(FeatureEncoder encoder, String column) {
        return encoder.features().stream()
                .filter(feature -> feature.column().equals(column))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("columns must be those of the encoder, but it has no " + column));
    }

    /**
     * The decoder that writes what is modelled of rows of a schema which has all of these columns, and perhaps others;
     * conditions are given and not decoded.
     *
     * @param name the schema's name of each column
     */
    public RowDecoder decoder(FeatureEncoder encoder, StructType schema, UnaryOperator<String> name) {
        List<Feature> features = encoder.modelled();
        Cell[] cells = new Cell[features.size()];
        int[] places = new int[cells.length];
        for (int i = 0; i < cells.length; i++) {
            String column = features.get(i).column();
            places[i] = schema.fieldIndex(name.apply(column));
            cells[i] = features.get(i).cell(column(column), schema.fields()[places[i]].dataType());
        }
        return new RowDecoder(cells, places);
    }

    /**
     * Requires that these are an encoder's columns, of types that hold its values.
     *
     * @throws elbow.base.DocumentException that names the column which does not fit
     */
    public void requireFit(FeatureEncoder encoder) {
        List<String> own = columns.stream().map(TableColumn::column).sorted().toList();
        List<String> encoded =
                encoder.features().stream().map(Feature::column).sorted().toList();
        Check.document(own.equals(encoded), "columns", "be those of the encoder, " + encoded, own);
        StructType schema = schema(encoder);
        for (Feature feature : encoder.features()) {
            DataType type = schema.apply(feature.column()).dataType();
            Check.document(
                    feature instanceof ImageFeature || feature.accepts(type) || type instanceof StringType,
                    "type of " + feature.column(),
                    "be that of " + feature.expectedType(),
                    type.simpleString());
            feature.cell(column(feature.column()), type);
        }
    }

    /** As text, which {@link #fromJson} reads; equal columns have equal texts. */
    public String toJson() {
        ObjectNode root = JsonReader.newObject();
        root.put(JsonReader.FORMAT_VERSION, FORMAT_VERSION);
        ArrayNode list = root.putArray("columns");
        for (TableColumn column : columns) {
            ObjectNode node = list.addObject();
            node.put("column", column.column())
                    .put("type", column.type().json())
                    .put("missingShare", column.missingShare())
                    .put("whole", column.whole());
            ArrayNode truths = node.putArray("truths");
            column.truths().forEach(truths::add);
            node.put("lowest", column.lowest()).put("highest", column.highest()).put("unit", column.unit());
        }
        return JsonReader.pretty(root);
    }

    /**
     * The columns of a text, which error messages call {@code document}.
     *
     * @throws elbow.base.DocumentException if it is not such a text: names the field, the rule and what was found
     */
    public static TableColumns fromJson(String document, String text) {
        return JsonReader.read(document, text, TableColumns::read);
    }

    private static TableColumns read(JsonReader reader) {
        reader.requireFormatVersion(FORMAT_VERSION);
        List<TableColumn> columns = reader.objects(
                "columns",
                column -> new TableColumn(
                        column.text("column"),
                        type(column),
                        column.number("missingShare"),
                        column.flag("whole"),
                        column.texts("truths"),
                        column.number("lowest"),
                        column.number("highest"),
                        column.number("unit")));
        return new TableColumns(columns);
    }

    private static DataType type(JsonReader column) {
        String text = column.text("type");
        try {
            return DataType.fromJson(text);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(
                    column.where() + ": type must be a data type of Spark in JSON, but is " + text, e);
        }
    }
}
