package elbow.data;

/** The file formats that can be read. */
public enum DataFormat {
    /** Told from names and first bytes. */
    AUTO,
    /** Comma-separated values in UTF-8 with a header line, gzip or not; types are inferred from all rows. */
    CSV,
    /** Apache Parquet. */
    PARQUET,
    /** The MNIST format: 8-bit grey images, gzip or not. */
    IDX
}
