package elbow.data.source;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.data.listing.InputFiles;
import elbow.data.listing.Packing;
import elbow.data.table.Columns;
import elbow.data.table.InputErrors;
import elbow.data.text.InputPartitions;
import elbow.failure.KnownFailures;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import org.apache.spark.sql.execution.datasources.LogicalRelation;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.collection.JavaConverters;

/** Files of formats that Spark reads itself: Parquet, ORC, Avro, LIBSVM. */
final class SparkFormats {
    // By its class: where Spark has the source, too, its short name is ambiguous.
    private static final String AVRO = "org.apache.spark.sql.avro.AvroFileFormat";

    private final SparkSession spark;
    private final InputFiles input;
    private final DataFormat format;
    private final Predicate<String> asTheyStand;
    private final Configuration hadoop;

    /** Of LIBSVM files, the largest index; 0 if it is not known. */
    private int elements;

    private SparkFormats(SparkSession spark, InputFiles input, DataFormat format, Predicate<String> asTheyStand) {
        this.spark = spark;
        this.input = input;
        this.format = format;
        this.asTheyStand = asTheyStand;
        hadoop = spark.sessionState().newHadoopConf();
    }

    /**
     * The rows of all files.
     *
     * @param asTheyStand which columns of directories NAME=VALUE are to be text, as they have it
     */
    static Dataset<Row> read(SparkSession spark, InputFiles input, DataFormat format, Predicate<String> asTheyStand) {
        return new SparkFormats(spark, input, format, asTheyStand).read();
    }

    /**
     * Loads files; columns of directories are what {@link InputPartitions} makes of them, for Spark takes 07:13 for
     * today and 1001-01 for a day.
     *
     * @param reader makes a new reader of the same files each time
     */
    static Dataset<Row> loaded(
            Supplier<DataFrameReader> reader, InputFiles input, Predicate<String> asTheyStand, String... paths) {
        Dataset<Row> rows = reader.get().load(paths);
        if (!input.partitioned()) {
            return rows;
        }
        Map<String, StructField> partitionFields = new HashMap<>();
        InputPartitions.columns(input, asTheyStand)
                .forEach(column -> partitionFields.put(column.field().name(), column.field()));
        StructField[] fields = Arrays.stream(rows.schema().fields())
                .map(field -> partitionFields.getOrDefault(field.name(), field))
                .toArray(StructField[]::new);
        return reader.get().schema(new StructType(fields)).load(paths);
    }

    /**
     * The options by which Spark passes over no file, whatever its settings say: what is damaged or gone is an error
     * that names it.
     */
    static Map<String, String> strict() {
        return Map.of("ignoreCorruptFiles", "false", "ignoreMissingFiles", "false");
    }

    private Dataset<Row> read() {
        input.requireVisible();
        if (format == DataFormat.LIBSVM) {
            input.files().forEach(this::requirePackedForSpark);
            elements = largestIndex();
        }
        Dataset<Row> rows;
        try {
            rows = format == DataFormat.AVRO && !haveOneAvroSchema()
                    ? grouped()
                    : loaded(this::reader, input, asTheyStand, input.paths());
        } catch (Exception e) {
            rows = recovered(e);
        }
        Columns.requireDistinct(List.of(rows.columns()), where());
        if (input.partitioned()) {
            Path first = input.files().get(0);
            InputPartitions.requireApart(input, List.of(schema(first).fieldNames()));
        }
        requireAllRead(rows);
        return rows;
    }

    private String where() {
        return format.words() + " input " + input.roots().get(0);
    }

    // Merged schemas read every footer: damaged files and missing columns show now and by name, not as nulls.
    private DataFrameReader reader() {
        return spark.read()
                .format(format == DataFormat.AVRO ? AVRO : format.toString().toLowerCase(Locale.ROOT))
                .options(strict())
                .option("mergeSchema", true)
                .option("numFeatures", elements)
                .option("recursiveFileLookup", !input.partitioned())
                .option("__globPaths__", false);
    }

    private int largestIndex() {
        try {
            return LibsvmScan.largestIndex(spark, input);
        } catch (ElbowException e) {
            throw e;
        } catch (Exception e) {
            input.files().forEach(this::requireReadable);
            throw KnownFailures.ofReader(e);
        }
    }

    // Not every library says which file it is; and what Spark cannot merge are numbers of several widths, perhaps.
    private Dataset<Row> recovered(Exception failure) {
        input.files().forEach(this::requireReadable);
        if (format == DataFormat.LIBSVM) {
            throw KnownFailures.ofReader(failure);
        }
        return grouped();
    }

    /** Files of one schema after the other, as columns that hold those of all. */
    private Dataset<Row> grouped() {
        Map<StructType, List<Path>> groups = new LinkedHashMap<>();
        for (Path file : input.files()) {
            groups.computeIfAbsent(schema(file), unused -> new ArrayList<>()).add(file);
        }
        StructType all = WiderSchema.of(groups);
        Columns.requireDistinct(Arrays.asList(all.fieldNames()), where());
        Dataset<Row> rows = null;
        for (List<Path> files : groups.values()) {
            // A file may lie under two roots, one of them itself.
            Set<String> left = new LinkedHashSet<>();
            files.forEach(file -> left.add(file.toString()));
            for (Path root : input.roots()) {
                String[] ofRoot = left.stream()
                        .filter(file -> file.equals(root.toString()) || file.startsWith(root + "/"))
                        .toArray(String[]::new);
                left.removeAll(Set.of(ofRoot));
                if (ofRoot.length > 0) {
                    Supplier<DataFrameReader> reader = () -> reader().option("basePath", base(root, ofRoot));
                    Dataset<Row> some = widened(loaded(reader, input, asTheyStand, ofRoot), all);
                    rows = rows == null ? some : rows.unionByName(some, true);
                }
            }
        }
        if (rows == null) {
            throw new IllegalStateException("input has no files");
        }
        return rows;
    }

    private static String base(Path root, String[] files) {
        return files.length == 1 && files[0].equals(root.toString())
                ? root.getParent().toString()
                : root.toString();
    }

    private static Dataset<Row> widened(Dataset<Row> rows, StructType all) {
        Set<String> known = new HashSet<>(Arrays.asList(all.fieldNames()));
        Column[] columns = Arrays.stream(rows.columns())
                .map(name -> known.contains(name)
                        ? WiderSchema.as(rows.schema().apply(name), all.apply(name))
                                .as(name, all.apply(name).metadata())
                        : Columns.column(name))
                .toArray(Column[]::new);
        return rows.select(columns);
    }

    private boolean haveOneAvroSchema() throws IOException {
        Set<String> schemas = new HashSet<>();
        for (Path file : input.files()) {
            try (DataFileStream<GenericRecord> stream =
                    new DataFileStream<>(file.getFileSystem(hadoop).open(file), new GenericDatumReader<>())) {
                schemas.add(stream.getSchema().toString());
            }
        }
        return schemas.size() == 1;
    }

    // Spark lists anew, by rules of its own: what it passes over is named.
    private void requireAllRead(Dataset<Row> rows) {
        Set<Path> read = new HashSet<>();
        // Of the plan as it was made: one that is kept in memory has no files.
        for (LogicalPlan leaf :
                JavaConverters.seqAsJavaList(rows.queryExecution().analyzed().collectLeaves())) {
            if (leaf instanceof LogicalRelation relation && relation.relation() instanceof HadoopFsRelation files) {
                for (String file : files.location().inputFiles()) {
                    read.add(new Path(URI.create(file)));
                }
            }
        }
        for (Path file : input.files()) {
            if (!read.contains(file)) {
                throw InputErrors.input(
                        format.words() + " file " + file + " must be one that Spark reads, but it passes"
                                + " over it (its name, or that of a directory, is the reason as a rule): rename it");
            }
        }
    }

    private StructType schema(Path file) {
        return reader().load(file.toString()).schema();
    }

    private void requireReadable(Path file) {
        try {
            schema(file);
        } catch (Exception e) {
            RuntimeException failure = KnownFailures.ofReader(e);
            if (failure instanceof ElbowException known && known.category() != ErrorCategory.INPUT) {
                // Of a disk, a machine or Spark itself.
                throw known;
            }
            String fault = failure instanceof ElbowException
                    ? " is damaged: " + failure.getMessage()
                    : " cannot be read: " + KnownFailures.plain(innermost(failure));
            throw new ElbowException(ErrorCategory.INPUT, format.words() + " file " + file + fault, failure);
        }
    }

    private static Throwable innermost(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        return cause;
    }

    private void requirePackedForSpark(Path file) {
        Packing packing = Packing.requireNamed("LIBSVM file", file, hadoop);
        boolean lower =
                Packing.plainName(file.getName()).length() == file.getName().length()
                        || file.getName().endsWith(packing.ending());
        if (packing == Packing.ZSTD || !lower) {
            throw InputErrors.input(
                    "LIBSVM file " + file + " must be packed as .gz or .bz2, with a name that says so in"
                            + " small letters, for Spark unpacks no other: pack it anew, or rename it");
        }
    }
}
