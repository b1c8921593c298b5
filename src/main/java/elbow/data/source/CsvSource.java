package elbow.data.source;

import elbow.data.listing.InputFiles;
import elbow.data.rows.BadRows;
import elbow.data.source.KnownColumns.Use;
import elbow.data.table.Columns;
import elbow.data.text.ColumnKind;
import elbow.data.text.CsvColumn;
import elbow.data.text.CsvCuts;
import elbow.data.text.CsvFormat;
import elbow.data.text.CsvHeader;
import elbow.data.text.CsvRecord.Part;
import elbow.data.text.CsvRelation;
import elbow.data.text.CsvRows;
import elbow.data.text.CsvScan;
import elbow.data.text.CsvScan.Faults;
import elbow.data.text.CsvTypes;
import elbow.data.text.InputPartitions;
import elbow.data.text.TextChunk;
import elbow.data.text.TextChunks;
import elbow.data.text.TextFile;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/**
 * CSV files, read as text and then as what all values of a column are, or as a model knows it: then one pass over the
 * files does, but for columns that a condition names, whose types must be given.
 */
final class CsvSource {
    /** What is wrong with a value of the row. */
    private static final String VALUE_FAULT = "elbow.valueFault";

    /** A column as a model knows it, beside itself as a condition needs it. */
    private static final String KNOWN = "elbow.known.";

    private final SparkSession spark;
    private final ReadRequest request;
    private final Configuration hadoop;
    private final InputFiles input;
    private final List<TextFile> files;
    private final CsvFormat format;
    private final Set<String> inCondition = new HashSet<>();

    private CsvSource(SparkSession spark, InputFiles input, ReadRequest request) {
        this.spark = spark;
        this.request = request;
        this.input = input;
        hadoop = spark.sessionState().newHadoopConf();
        files = input.files().stream().map(this::textFile).toList();
        format = CsvHeader.of(files.get(0), request.csv(), request.notes(), hadoop);
        InputPartitions.requireApart(input, format.names());
        String condition = request.where().orElse("").toLowerCase(Locale.ROOT);
        format.names().stream()
                .filter(name -> condition.contains(name.toLowerCase(Locale.ROOT)))
                .forEach(inCondition::add);
    }

    /** The rows, to be filtered by the request's condition, and then completed. */
    static SourceRows read(SparkSession spark, InputFiles input, ReadRequest request) {
        return new CsvSource(spark, input, request).read();
    }

    /**
     * The rows of all files that come to a directory, with the columns of the first one.
     *
     * @param request for a model
     */
    static SourceRows stream(SparkSession spark, InputFiles first, String directory, ReadRequest request) {
        CsvSource source = new CsvSource(spark, first, request);
        List<ColumnKind> kinds =
                source.inCondition.isEmpty() ? List.of() : source.kinds(source.chunks(), source.inCondition);
        Faults faults = source.mayFailLater() ? Faults.FAIL_LATER : Faults.FAIL;
        CsvScan scan = new CsvScan(source.format, source.columns(faults, kinds), faults);
        String encoding = request.csv().encoding().map(Charset::name).orElse(TextFile.UTF_8);
        Dataset<Row> rows = ArrivingFiles.rows(spark, directory, scan.schema(), request.counts(), (path, hadoop) -> {
            TextFile file = TextFile.of(CsvScan.WHAT, path, Optional.of(Charset.forName(encoding)), hadoop);
            TextChunk whole = new TextChunk(file, 0, TextChunk.END, List.of());
            return new CsvRows(scan, List.of(whole), hadoop);
        });
        return new SourceRows(rows, source::completed);
    }

    private TextFile textFile(Path path) {
        return TextFile.of(CsvScan.WHAT, path, request.csv().encoding(), hadoop);
    }

    private JavaRDD<byte[]> chunks() {
        return TextChunks.of(spark, input, files, new CsvCuts(format, hadoop));
    }

    private SourceRows read() {
        JavaRDD<byte[]> chunks = chunks();
        Faults faults = request.lenient() ? Faults.MARKED : mayFailLater() ? Faults.FAIL_LATER : Faults.FAIL;
        CsvScan scan = new CsvScan(format, columns(faults, kinds(chunks)), faults);
        long bytes =
                input.listed().stream().mapToLong(InputFiles.InputFile::size).sum();
        UnaryOperator<JavaRDD<InternalRow>> counting =
                rows -> request.counts().map(counts -> counts.counted(rows)).orElse(rows);
        CsvRelation relation = new CsvRelation(spark, scan, chunks, bytes, counting);
        return new SourceRows(spark.baseRelationToDataFrame(relation), this::completed);
    }

    // A row that a condition leaves out may have any value.
    private boolean mayFailLater() {
        return request.known().isPresent() && request.where().isPresent();
    }

    private List<ColumnKind> kinds(JavaRDD<byte[]> chunks) {
        if (request.known().isEmpty()) {
            return kinds(chunks, Set.copyOf(format.names()));
        }
        return inCondition.isEmpty() ? List.of() : kinds(chunks, inCondition);
    }

    private List<ColumnKind> kinds(JavaRDD<byte[]> chunks, Set<String> asked) {
        return CsvTypes.of(chunks, format, asked, request.texts(), hadoop);
    }

    /** @param kinds of all columns that no model knows and of those in a condition; may be empty without any */
    private List<CsvColumn> columns(Faults faults, List<ColumnKind> kinds) {
        List<CsvColumn> columns = new ArrayList<>();
        Optional<KnownColumns> known = request.known();
        for (int i = 0; i < format.names().size(); i++) {
            String name = format.names().get(i);
            if (known.isEmpty() || inCondition.contains(name)) {
                columns.add(new CsvColumn.Typed(name, i, kinds.get(i), format.numbers()));
            } else {
                columns.add(known(known.get(), name, name, i));
            }
        }
        columns.addAll(InputPartitions.columns(input, request::standsAsItIs));
        for (int i = 0; i < format.names().size(); i++) {
            String name = format.names().get(i);
            if (known.isPresent() && inCondition.contains(name)) {
                columns.add(known(known.get(), name, KNOWN + name, i));
            }
        }
        if (faults == Faults.MARKED) {
            columns.add(new CsvColumn.Mark(BadRows.FAULT, Part.FAULT));
            columns.add(new CsvColumn.Mark(BadRows.SOURCE, Part.SOURCE));
            columns.add(new CsvColumn.Mark(BadRows.LINE, Part.LINE));
        }
        if (faults != Faults.FAIL) {
            columns.add(new CsvColumn.Mark(VALUE_FAULT, Part.VALUE_FAULT));
        }
        return columns;
    }

    private CsvColumn known(KnownColumns known, String name, String as, int index) {
        CsvColumn meaning = meaning(known, name, as, index);
        return known.standsAsItIs(name) ? new CsvColumn.Exact(as, index, meaning) : meaning;
    }

    private CsvColumn meaning(KnownColumns known, String name, String as, int index) {
        Use use = known.meaning(name);
        return switch (use) {
            case NUMBER, TRUTH -> new CsvColumn.Numbers(as, index, use == Use.TRUTH, known.markers(), format.numbers());
            case TIME -> new CsvColumn.Times(as, index, known.format(name), known.markers());
            case TEXT -> new CsvColumn.Texts(as, index, format.numbers());
        };
    }

    // What is left once rows are filtered: columns as a model knows them, and faults as errors or marks.
    private Dataset<Row> completed(Dataset<Row> rows) {
        List<String> names = List.of(rows.columns());
        Dataset<Row> checked = rows;
        if (names.contains(VALUE_FAULT) && !request.lenient()) {
            checked = rows.filter(functions
                    .udf(CsvScan.failLater(hadoop), DataTypes.BooleanType)
                    .asNondeterministic()
                    .apply(Columns.column(VALUE_FAULT)));
        }
        Map<String, Column> columns = new HashMap<>();
        for (String name : names) {
            columns.put(name, Columns.column(name));
        }
        if (names.contains(VALUE_FAULT) && request.lenient()) {
            columns.put(
                    BadRows.FAULT,
                    BadRows.fault(functions.coalesce(Columns.column(BadRows.FAULT), Columns.column(VALUE_FAULT))));
        }
        List<Column> result = new ArrayList<>();
        for (String name : names) {
            if (name.equals(VALUE_FAULT) || name.startsWith(KNOWN)) {
                continue;
            }
            Column as = columns.get(KNOWN + name);
            result.add(as == null ? columns.get(name) : as.as(name, Columns.untyped()));
        }
        return result.size() == names.size() && checked == rows ? rows : checked.select(result.toArray(Column[]::new));
    }
}
