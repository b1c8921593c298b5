package elbow.data.source;

/** The formats that can be read. */
public enum DataFormat {
    /** Told from names and first bytes. */
    AUTO,
    /** Comma-separated values in UTF-8, gzip or not; types are inferred from all rows. */
    CSV,
    /** JSON lines: an object a line, gzip or not; types are inferred from all rows. */
    JSON,
    /** Apache Parquet. */
    PARQUET,
    /** Apache ORC. */
    ORC,
    /** Apache Avro. */
    AVRO,
    /** The format of LIBSVM: a label and a sparse vector a line. */
    LIBSVM,
    /** PNG, JPEG, GIF or BMP files, one for each row. */
    IMAGE,
    /** The MNIST format: 8-bit grey images, gzip or not. */
    IDX,
    /** A table that Spark's catalogue knows. */
    TABLE
}
