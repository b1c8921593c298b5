package elbow.data.source;

import elbow.data.listing.InputFiles;
import elbow.data.rows.BadRows;
import elbow.data.source.KnownColumns.Use;
import elbow.data.table.Columns;
import elbow.data.table.InputErrors;
import elbow.data.table.Keys;
import elbow.data.table.MadeRows;
import elbow.data.text.CsvColumn;
import elbow.data.text.InputPartitions;
import elbow.data.text.JsonLineRows;
import elbow.data.text.TextChunk;
import elbow.data.text.TextChunks;
import elbow.data.text.TextErrors;
import elbow.data.text.TextFile;
import elbow.failure.KnownFailures;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF5;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;

/** JSON lines: the lines are Elbow's to find and to check, their fields Spark's, the types inferred from every row. */
final class JsonSource {
    private static final String WHAT = "JSON file";

    private static final String BAD_ROW = "elbow.badRow";
    private static final String OBJECT = "elbow.object";
    private static final String TEXT = "elbow.text";
    private static final String FILE = "elbow.file";
    private static final String OFFSET = "elbow.offset";
    private static final String FORM = "elbow.form";

    private static final Map<String, String> OPTIONS =
            Map.of("mode", "PERMISSIVE", "columnNameOfCorruptRecord", BAD_ROW);

    private final SparkSession spark;
    private final InputFiles input;
    private final ReadRequest request;
    private final Configuration hadoop;
    private final List<CsvColumn.OfPath> partitions;

    private JsonSource(SparkSession spark, InputFiles input, ReadRequest request) {
        this.spark = spark;
        this.input = input;
        this.request = request;
        hadoop = spark.sessionState().newHadoopConf();
        partitions = InputPartitions.columns(input, request::standsAsItIs);
    }

    /** The rows; if bad ones are to be marked, with the columns of {@link BadRows#marked}. */
    static Dataset<Row> read(SparkSession spark, InputFiles input, ReadRequest request) {
        JsonSource source = new JsonSource(spark, input, request);
        JavaRDD<byte[]> chunks = source.chunks();
        StructType schema = source.schema(source.lines(chunks, List.of()));
        // To Spark, names that differ by case are one here and not there: it would find no value under one of them.
        return source.rows(source.lines(chunks, List.of(schema.fieldNames())), schema);
    }

    /** The rows of all files that come to a directory, with the fields of the first one. */
    static Dataset<Row> stream(SparkSession spark, InputFiles first, String directory, ReadRequest request) {
        JsonSource source = new JsonSource(spark, first, request);
        StructType inferred = source.schema(source.lines(source.chunks(), List.of()));
        Set<String> arrays =
                request.known().map(known -> known.vectors(inferred).keySet()).orElseGet(Set::of);
        StructType schema = new StructType(Arrays.stream(inferred.fields())
                .map(field -> arrays.contains(field.name()) ? ofFractions(field) : source.open(field))
                .toArray(StructField[]::new));
        List<String> asked = List.of(schema.fieldNames());
        String encoding = request.csv().encoding().map(Charset::name).orElse(TextFile.UTF_8);
        Dataset<Row> lines =
                ArrivingFiles.rows(spark, directory, source.lineSchema(), request.counts(), (path, hadoop) -> {
                    TextFile file = TextFile.of(WHAT, path, Optional.of(Charset.forName(encoding)), hadoop);
                    TextChunk whole = new TextChunk(file, 0, TextChunk.END, List.of());
                    return new JsonLineRows(List.of(whole), List.of(), asked, hadoop);
                });
        return source.rows(lines, schema);
    }

    private static StructField ofFractions(StructField array) {
        DataType fractions = DataTypes.createArrayType(DataTypes.DoubleType);
        return new StructField(array.name(), fractions, true, array.metadata());
    }

    // What the first file has does not bind those that come: texts of missing values among numbers, fractions.
    private StructField open(StructField field) {
        Optional<KnownColumns> known = request.known();
        boolean number = field.dataType() instanceof NumericType;
        if (known.isEmpty() || !known.get().features().contains(field.name())) {
            return field;
        }
        Use use = known.get().meaning(field.name());
        if (known.get().standsAsItIs(field.name())) {
            return number ? new StructField(field.name(), DataTypes.DoubleType, true, field.metadata()) : field;
        }
        boolean plain = number || field.dataType() instanceof StringType;
        return use != Use.TEXT && plain
                ? new StructField(field.name(), DataTypes.StringType, true, Columns.untyped())
                : field;
    }

    private StructType schema(Dataset<Row> lines) {
        StructType inferred;
        try {
            inferred = spark.read()
                    .options(OPTIONS)
                    .json(lines.filter(Columns.column(FORM).isNull())
                            .select(Columns.column(TEXT))
                            .as(Encoders.STRING()))
                    .schema();
        } catch (Exception e) {
            // Spark throws checked exceptions without declaring them.
            throw KnownFailures.ofReader(e);
        }
        StructType schema = new StructType(Arrays.stream(inferred.fields())
                .filter(field -> !field.name().equals(BAD_ROW))
                .toArray(StructField[]::new));
        if (schema.isEmpty()) {
            throw InputErrors.input(WHAT + " " + input.files().get(0)
                    + " must hold an object with fields in each line, but no line does: write each object of a list in a"
                    + " line of its own, as jq -c '.[]' does");
        }
        Columns.requireDistinct(
                Arrays.asList(schema.fieldNames()), WHAT + " " + input.files().get(0));
        InputPartitions.requireApart(input, List.of(schema.fieldNames()));
        return schema;
    }

    private Dataset<Row> rows(Dataset<Row> lines, StructType schema) {
        Column object = functions
                .from_json(Columns.column(TEXT), schema.add(BAD_ROW, DataTypes.StringType), OPTIONS)
                .as(OBJECT);
        List<Column> parsed = new ArrayList<>(List.of(
                object, Columns.column(TEXT), Columns.column(FILE), Columns.column(OFFSET), Columns.column(FORM)));
        partitions.forEach(
                partition -> parsed.add(Columns.column(partition.field().name())));
        Dataset<Row> objects = lines.select(parsed.toArray(Column[]::new));
        Column bad = Columns.column(OBJECT).getField(BAD_ROW);
        Column form = Columns.column(FORM);
        Column fault = functions
                .udf(check(), DataTypes.StringType)
                .asNondeterministic()
                .apply(form, bad, Columns.column(FILE), Columns.column(OFFSET), Columns.column(TEXT));
        List<Column> columns = new ArrayList<>();
        for (StructField field : schema.fields()) {
            boolean text = field.dataType() instanceof StringType;
            Column value = Columns.column(OBJECT).getField(field.name());
            columns.add(text ? value.as(field.name(), Columns.untyped()) : value.as(field.name()));
        }
        partitions.forEach(
                partition -> columns.add(Columns.column(partition.field().name())));
        if (!request.lenient()) {
            return objects.filter(form.isNull().and(bad.isNull()).or(fault.isNull()))
                    .select(columns.toArray(Column[]::new));
        }
        columns.add(BadRows.fault(fault));
        columns.add(Columns.column(FILE).as(BadRows.SOURCE, Keys.metadata()));
        columns.add(functions
                .when(form.isNotNull().or(bad.isNotNull()), Columns.column(TEXT))
                .as(BadRows.LINE, Keys.metadata()));
        return objects.select(columns.toArray(Column[]::new));
    }

    private UDF5<String, String, String, Long, String, String> check() {
        boolean lenient = request.lenient();
        SerializableConfiguration settings = new SerializableConfiguration(hadoop);
        String encoding = request.csv().encoding().map(Charset::name).orElse(TextFile.UTF_8);
        return (form, bad, file, offset, text) -> fault(form, bad, file, offset, text, lenient, encoding, settings);
    }

    private static @Nullable String fault(
            @Nullable String form,
            @Nullable String bad,
            String uri,
            long offset,
            String text,
            boolean lenient,
            String encoding,
            SerializableConfiguration hadoop) {
        if (form == null && bad == null) {
            return null;
        }
        String fault = form != null
                ? form
                : "must be an object with values of the types inferred for its fields, but cannot be read";
        if (lenient) {
            return "a JSON row " + fault;
        }
        TextFile file =
                TextFile.of(WHAT, new Path(URI.create(uri)), Optional.of(Charset.forName(encoding)), hadoop.value());
        throw TextErrors.badRecord(file, offset, "the row", fault, text, hadoop.value());
    }

    private StructType lineSchema() {
        return new StructType()
                .add(TEXT, DataTypes.StringType)
                .add(FILE, DataTypes.StringType)
                .add(OFFSET, DataTypes.LongType)
                .add(FORM, DataTypes.StringType);
    }

    private JavaRDD<byte[]> chunks() {
        List<TextFile> files = input.files().stream()
                .map(path -> TextFile.of(WHAT, path, request.csv().encoding(), hadoop))
                .toList();
        return TextChunks.of(spark, input, files, this::cut);
    }

    /** @param asked names of fields, from which those of lines must differ by more than case */
    private Dataset<Row> lines(JavaRDD<byte[]> chunks, List<String> asked) {
        SerializableConfiguration settings = new SerializableConfiguration(hadoop);
        List<CsvColumn.OfPath> ofPath = new ArrayList<>(partitions);
        StructType schema = lineSchema();
        for (CsvColumn.OfPath partition : partitions) {
            schema = schema.add(partition.field());
        }
        JavaRDD<InternalRow> rows = chunks.mapPartitions(
                task -> new JsonLineRows(TextChunks.read(task.next()), ofPath, asked, settings.value()));
        Optional<RowsRead> counts = request.counts();
        return MadeRows.of(
                spark,
                schema,
                () -> counts.map(counter -> counter.counted(rows)).orElse(rows));
    }

    // A line end never stands within a value.
    private long cut(TextFile file, long offset) throws IOException {
        try (InputStream stream = file.open(offset, hadoop)) {
            byte[] buffer = new byte[1 << 16];
            long at = offset;
            int count = stream.read(buffer);
            while (count >= 0) {
                for (int i = 0; i < count; i++) {
                    if (buffer[i] == '\n') {
                        return at + i + 1;
                    }
                }
                at += count;
                count = stream.read(buffer);
            }
            return -1;
        }
    }
}
