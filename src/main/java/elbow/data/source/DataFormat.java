package elbow.data.source;

import elbow.lake.TableFormat;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The formats that can be read. */
public enum DataFormat {
    /** Detected from names and first bytes. */
    AUTO,
    /** Comma-separated values; types are inferred from all rows. */
    CSV("csv", "tsv"),
    /** JSON lines: an object a line; types are inferred from all rows. */
    JSON("json", "jsonl", "ndjson"),
    /** Apache Parquet. */
    PARQUET("parquet"),
    /** Apache ORC. */
    ORC("orc"),
    /** Apache Avro. */
    AVRO("avro"),
    /** The format of LIBSVM: a label and a sparse vector a line. */
    LIBSVM("libsvm", "svm"),
    /** PNG, JPEG, GIF or BMP files, one for each row. */
    IMAGE("png", "jpg", "jpeg", "gif", "bmp"),
    /** The MNIST format: 8-bit grey images, packed or not. */
    IDX("idx"),
    /** A table that Spark's catalogue knows. */
    TABLE,
    /** A table of Delta Lake, by its name or path. */
    DELTA,
    /** A table of Apache Iceberg, by its name. */
    ICEBERG;

    // Unmodifiable, which the type does not say.
    @SuppressWarnings("ImmutableEnumChecker")
    private final List<String> extensions;

    DataFormat(String... extensions) {
        this.extensions = List.of(extensions);
    }

    /** The name as people write it. */
    String words() {
        return switch (this) {
            case PARQUET -> "Parquet";
            case AVRO -> "Avro";
            case JSON -> "JSON lines";
            case IMAGE -> "an image";
            default -> name();
        };
    }

    /** The names of all formats of files, for messages. */
    static String ofFiles() {
        return Arrays.stream(values())
                .filter(format -> !format.extensions.isEmpty())
                .map(DataFormat::words)
                .collect(Collectors.joining(", "));
    }

    /** The format of files whose names end so, behind the last point, in small letters. */
    static Optional<DataFormat> ofExtension(String extension) {
        for (DataFormat format : values()) {
            if (format.extensions.contains(extension)) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }

    /** Whether its files hold columns of typed values, so that reading them again costs little. */
    boolean isColumnar() {
        return this == PARQUET || this == ORC || tableFormat().isPresent();
    }

    /** Whether inputs are names of tables, or paths of some, and no files. */
    boolean isOfTables() {
        return this == TABLE || tableFormat().isPresent();
    }

    /** The format of tables that keep versions; empty of all others. */
    public Optional<TableFormat> tableFormat() {
        return switch (this) {
            case DELTA -> Optional.of(TableFormat.DELTA);
            case ICEBERG -> Optional.of(TableFormat.ICEBERG);
            default -> Optional.empty();
        };
    }
}
