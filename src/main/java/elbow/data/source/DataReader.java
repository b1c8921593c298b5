package elbow.data.source;

import elbow.base.ElbowException;
import elbow.base.Message;
import elbow.base.Parameter;
import elbow.data.listing.InputFiles;
import elbow.data.rows.BadRows;
import elbow.data.source.ReadRequest.Absent;
import elbow.data.table.Columns;
import elbow.data.table.InputErrors;
import elbow.data.table.Label;
import elbow.data.table.LikeNames;
import elbow.failure.KnownFailures;
import elbow.failure.UserSql;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Reads rows from files on any Hadoop file system. */
public final class DataReader {
    private DataReader() {}

    /**
     * The rows that {@code request} asks for, at least one. Rows are read lazily: what is wrong with a row that is not
     * read here shows in the first job over it, as a cause that {@link KnownFailures#translate} finds. IDX files become
     * the columns {@code index} (a key) and {@code image}, files of images {@code path} (a key) and {@code image}, and
     * vectors of Spark ML a column for each element.
     *
     * @throws ElbowException of category INPUT if files are missing, empty, damaged or of several formats, column names
     *     are not distinct or no row is left; of category USAGE if condition or selection does not fit the columns
     */
    public static Dataset<Row> read(SparkSession spark, ReadRequest request) {
        try {
            Dataset<Row> selected = finished(source(spark, request), request);
            reportHiddenCharacters(selected, request);
            if (selected.isEmpty()) {
                throw InputErrors.input("input " + String.join(", ", request.inputs()) + " must have at least one row"
                        + request.where()
                                .map(where -> " for which " + InputErrors.quote(where) + " holds: relax the condition")
                                .orElse(": it has none, check that it is the right one"));
            }
            return selected;
        } catch (Exception e) {
            // Spark throws checked exceptions without declaring them.
            throw KnownFailures.translate(e);
        }
    }

    private static void reportHiddenCharacters(Dataset<Row> rows, ReadRequest request) {
        List<String> hidden = Columns.ofUsers(List.of(rows.columns())).stream()
                .filter(LikeNames::hides)
                .map(LikeNames::shown)
                .toList();
        if (!hidden.isEmpty()) {
            request.notes()
                    .accept(Message.of(
                            "Names of columns with signs that do not show, which are part of the name: ",
                            Columns.listed(hidden)));
        }
    }

    /**
     * The files and directories that a request reads, patterns resolved; none for tables.
     *
     * @throws ElbowException of category INPUT if an input names nothing
     */
    public static List<Path> roots(ReadRequest request, Configuration hadoop) {
        return request.format().isOfTables() ? List.of() : InputFiles.rootsOf(request.inputs(), hadoop);
    }

    /**
     * The rows whose column has a value, without the column.
     *
     * @param parameter what asks for it, for messages
     * @param value compared as the column's type compares
     * @throws ElbowException of category USAGE if there is no such column; of category INPUT if no row has the value
     */
    public static Dataset<Row> only(Dataset<Row> rows, Parameter parameter, String column, String value) {
        Columns.requireKnown(parameter, List.of(column), rows.schema());
        Dataset<Row> kept =
                rows.filter(BadRows.orBad(rows.schema(), Columns.column(column).equalTo(functions.lit(value))));
        try {
            if (kept.isEmpty()) {
                throw InputErrors.input(
                        parameter,
                        " must name a value that some row has, but in column " + InputErrors.quote(column)
                                + " no row has " + InputErrors.quote(value));
            }
        } catch (Exception e) {
            // Spark throws checked exceptions without declaring them.
            throw KnownFailures.translate(e);
        }
        return kept.drop(Columns.column(column));
    }

    /**
     * The rows whose column has another value or none; the column stays.
     *
     * @param parameter what asks for it, for messages
     * @param value compared as the column's type compares
     * @throws ElbowException of category USAGE if there is no such column
     */
    public static Dataset<Row> others(Dataset<Row> rows, Parameter parameter, String column, String value) {
        return rows.filter(BadRows.orBad(rows.schema(), functions.not(has(rows, parameter, column, value))));
    }

    /** The rows whose column has the value and that are not bad, as {@link #others}. */
    public static Dataset<Row> having(Dataset<Row> rows, Parameter parameter, String column, String value) {
        Column has = has(rows, parameter, column, value);
        return rows.filter(BadRows.areMarked(rows.schema()) ? BadRows.isGood().and(has) : has);
    }

    private static Column has(Dataset<Row> rows, Parameter parameter, String column, String value) {
        Columns.requireKnown(parameter, List.of(column), rows.schema());
        return functions.coalesce(Columns.column(column).equalTo(functions.lit(value)), functions.lit(false));
    }

    /**
     * Looks through a label's column, which must say of every row what it is and call some normal and some anomalies.
     *
     * @throws ElbowException of category USAGE if there is no such column; of category INPUT if it does not say of
     *     every row what it is, or calls none an anomaly, or none normal
     */
    public static void requireBoth(Dataset<Row> rows, Label label) {
        if (!requireNormal(rows, label) && label.hasValue()) {
            throw noneHas(label);
        }
    }

    /**
     * Looks through a label's column, which must say of every row what it is and call some normal.
     *
     * @return whether it calls some anomalies
     * @throws ElbowException of category USAGE if there is no such column; of category INPUT if it does not say of
     *     every row what it is, or calls none normal
     */
    public static boolean requireNormal(Dataset<Row> rows, Label label) {
        Columns.requireKnown(Parameter.LABEL, List.of(label.column()), rows.schema());
        Dataset<Row> good = BadRows.areMarked(rows.schema()) ? BadRows.good(rows) : rows;
        Set<Boolean> found = new HashSet<>();
        try {
            for (Row anomalous : good.select(label.anomalous()).distinct().collectAsList()) {
                if (anomalous.isNullAt(0)) {
                    throw label.unclear(good);
                }
                found.add(anomalous.getBoolean(0));
            }
        } catch (Exception e) {
            // Spark throws checked exceptions without declaring them.
            throw KnownFailures.translate(e);
        }
        if (found.isEmpty()) {
            throw noneHas(label);
        }
        if (!found.contains(false)) {
            throw InputErrors.input(
                    Parameter.LABEL, " must call some rows normal, but by " + label + " all are anomalies");
        }
        return found.contains(true);
    }

    private static RuntimeException noneHas(Label label) {
        return InputErrors.input(Parameter.LABEL, " must name a value that some row has, but no row has " + label);
    }

    /** The rows that a label calls normal, without its column, which is not looked through: {@link #requireNormal}. */
    public static Dataset<Row> withoutAnomalies(Dataset<Row> rows, Label label) {
        return rows.filter(BadRows.orBad(rows.schema(), functions.not(label.anomalous())))
                .drop(Columns.column(label.column()));
    }

    /**
     * The rows that a label calls anomalies, without its column, which is not looked through: {@link #requireNormal}.
     */
    public static Dataset<Row> anomalies(Dataset<Row> rows, Label label) {
        return rows.filter(label.anomalous()).drop(Columns.column(label.column()));
    }

    /**
     * The rows of the files of one directory, those that are there and those that come, as a stream of Spark Structured
     * Streaming. CSV, JSON lines or Parquet; the first file in the order of names decides format and columns, so that
     * they are the same from run to run, how many elements vectors have included. Directories named NAME=VALUE add no
     * columns here.
     *
     * @param request for a model, which knows the columns
     * @throws ElbowException of category USAGE if the input is no directory or the format none of these; else as
     *     {@link #read} does
     */
    public static Dataset<Row> stream(SparkSession spark, ReadRequest request) {
        try {
            if (request.format().isOfTables()) {
                throw InputErrors.usage(
                        Parameter.STREAM,
                        " must have files to read, CSV, JSON lines or Parquet, but ",
                        Parameter.FORMAT,
                        " says that the input is a table");
            }
            Configuration hadoop = spark.sessionState().newHadoopConf();
            InputFiles all = InputFiles.resolve(request.inputs(), hadoop);
            Path root = all.roots().get(0);
            if (all.roots().size() != 1
                    || !root.getFileSystem(hadoop).getFileStatus(root).isDirectory()) {
                throw InputErrors.usage(
                        Parameter.INPUT,
                        " must be one directory with ",
                        Parameter.STREAM,
                        ", but is " + String.join(", ", request.inputs()));
            }
            InputNotes.write(all, streamed(all.files(), request, hadoop), request);
            InputFiles first = InputFiles.resolve(List.of(all.files().get(0).toString()), hadoop);
            SourceRows rows = stream(spark, first, root.toString(), request);
            // No row of a stream can be looked at before it runs.
            ReadRequest example =
                    request.from(List.of(first.files().get(0).toString())).silently();
            return finished(withElements(rows, () -> files(spark, example).rows(), request), request);
        } catch (Exception e) {
            // Spark throws checked exceptions without declaring them.
            throw KnownFailures.translate(e);
        }
    }

    /** The format of a stream, which its first file decides. */
    static DataFormat streamed(List<Path> files, ReadRequest request, Configuration hadoop) {
        return request.format() == DataFormat.AUTO
                ? FormatDetector.detect(files.subList(0, 1), hadoop)
                : request.format();
    }

    private static SourceRows stream(SparkSession spark, InputFiles first, String directory, ReadRequest request) {
        DataFormat format =
                streamed(first.files(), request, spark.sessionState().newHadoopConf());
        return switch (format) {
            case CSV -> CsvSource.stream(spark, first, directory, request);
            case JSON -> SourceRows.of(JsonSource.stream(spark, first, directory, request));
            case PARQUET ->
                SourceRows.of(spark.readStream()
                        .options(ArrivingFiles.options())
                        .schema(SparkFormats.read(spark, first, format, request::standsAsItIs)
                                .schema())
                        .parquet(directory));
            default ->
                throw InputErrors.usage(
                        Parameter.STREAM,
                        " must have CSV, JSON lines or Parquet to read, but "
                                + first.files().get(0) + " is "
                                + SparkFormats.words(format));
        };
    }

    private static Dataset<Row> finished(SourceRows rows, ReadRequest request) {
        Dataset<Row> filtered = filtered(rows.rows(), request);
        return completed(selected(rows.complete().apply(filtered), request), request);
    }

    // Columns that a model needs and the input lacks, as missing values if that is asked for.
    private static Dataset<Row> completed(Dataset<Row> rows, ReadRequest request) {
        if (request.known().isEmpty() || request.absent() == Absent.REFUSE) {
            return rows;
        }
        List<String> found = List.of(rows.columns());
        List<String> absent = request.known().get().features().stream()
                .filter(column -> !found.contains(column))
                .sorted()
                .toList();
        if (absent.size() == request.known().get().features().size()) {
            throw InputErrors.input("input " + String.join(", ", request.inputs())
                    + " must have a column that the model knows, but has only " + Columns.listed(found));
        }
        if (!absent.isEmpty()) {
            String like =
                    absent.stream().map(column -> LikeNames.hint(column, found)).collect(Collectors.joining());
            request.notes().accept(Message.of("Absent columns, taken as missing: ", Columns.listed(absent), like));
        }
        List<Column> columns = new ArrayList<>(List.of(Columns.columns(found)));
        absent.forEach(column ->
                columns.add(functions.lit(null).cast(DataTypes.StringType).as(column, Columns.untyped())));
        return rows.select(columns.toArray(Column[]::new));
    }

    private static SourceRows source(SparkSession spark, ReadRequest request) {
        SourceRows rows =
                request.format().isOfTables() ? SourceRows.of(TableSource.read(spark, request)) : files(spark, request);
        return withElements(rows, rows::rows, request);
    }

    /**
     * Takes vectors apart, and such arrays as the model knows the elements of.
     *
     * @param example rows with the same vectors and arrays, which can be looked at; asked for if there are any
     */
    private static SourceRows withElements(SourceRows rows, Supplier<Dataset<Row>> example, ReadRequest request) {
        StructType schema = rows.rows().schema();
        SortedMap<String, Integer> known =
                request.known().map(columns -> columns.vectors(schema)).orElseGet(TreeMap::new);
        boolean marked = !request.lenient() || BadRows.areMarked(schema);
        Dataset<Row> markable = marked ? rows.rows() : BadRows.marked(rows.rows());
        if (known.isEmpty() && Arrays.stream(schema.fields()).noneMatch(VectorColumns::isVector)) {
            return new SourceRows(markable, rows.complete());
        }
        Dataset<Row> looked = VectorColumns.ofArrays(example.get(), known.keySet());
        SortedMap<String, Integer> sizes = VectorColumns.sizes(looked, known, request.notes());
        Dataset<Row> ofVectors = VectorColumns.ofArrays(markable, known.keySet());
        int leastSize = request.known().map(KnownColumns::vectorSize).orElse(0);
        return new SourceRows(VectorColumns.expanded(ofVectors, leastSize, sizes), rows.complete());
    }

    /**
     * Whether reading the rows again costs less than keeping them: so where a format is columns of numbers already.
     *
     * @throws ElbowException as {@link #read} does
     */
    public static boolean isCheap(SparkSession spark, ReadRequest request) {
        DataFormat format = request.format();
        if (format == DataFormat.AUTO) {
            Configuration hadoop = spark.sessionState().newHadoopConf();
            format = FormatDetector.detect(
                    InputFiles.resolve(request.inputs(), hadoop).files(), hadoop);
        }
        return format.isColumnar();
    }

    private static SourceRows files(SparkSession spark, ReadRequest request) {
        Configuration hadoop = spark.sessionState().newHadoopConf();
        InputFiles input = InputFiles.resolve(request.inputs(), hadoop);
        DataFormat format =
                request.format() == DataFormat.AUTO ? FormatDetector.detect(input.files(), hadoop) : request.format();
        InputNotes.write(input, format, request);
        return switch (format) {
            case CSV -> CsvSource.read(spark, input, request);
            case JSON -> SourceRows.of(JsonSource.read(spark, input, request));
            case PARQUET, ORC, AVRO -> SourceRows.of(SparkFormats.read(spark, input, format, request::standsAsItIs));
            case LIBSVM ->
                SourceRows.of(
                        TableSource.counted(SparkFormats.read(spark, input, format, request::standsAsItIs), request));
            case IMAGE -> SourceRows.of(ImageSource.read(spark, input, request::standsAsItIs));
            case IDX -> SourceRows.of(IdxSource.read(spark, input.files()));
            case AUTO, TABLE, DELTA, ICEBERG -> throw new IllegalStateException(format + " is no format of files");
        };
    }

    private static Dataset<Row> filtered(Dataset<Row> rows, ReadRequest request) {
        return request.where().map(where -> filtered(rows, where)).orElse(rows);
    }

    private static Dataset<Row> filtered(Dataset<Row> rows, String where) {
        List<String> users = Columns.ofUsers(List.of(rows.columns()));
        return UserSql.checked(
                () -> {
                    // Of the user's columns alone: no condition is on those that Elbow adds, and no message names them.
                    Dataset<Row> unused = rows.select(Columns.columns(users)).filter(functions.expr(where));
                    return rows.filter(BadRows.orBad(rows.schema(), functions.expr(where)));
                },
                fault -> Message.of(
                        Parameter.WHERE,
                        " must be an SQL condition on the columns " + Columns.listed(users),
                        ", but is " + InputErrors.quote(where) + ": " + fault));
    }

    private static Dataset<Row> selected(Dataset<Row> rows, ReadRequest request) {
        if (request.select().isEmpty()) {
            return rows;
        }
        Columns.requireKnown(Parameter.SELECT, request.select(), rows.schema());
        if (Set.copyOf(request.select()).size() < request.select().size()) {
            throw InputErrors.usage(
                    Parameter.SELECT, " must name each column once, but is " + String.join(",", request.select()));
        }
        List<String> kept = new ArrayList<>(request.select());
        kept.addAll(BadRows.marks(rows.schema()));
        return rows.select(Columns.columns(kept));
    }
}
