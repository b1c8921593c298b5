package elbow.lake;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.base.Message;
import elbow.base.Parameter;
import java.util.Locale;
import org.apache.spark.sql.SparkSession;

/** The table formats that keep versions. */
public enum TableFormat {
    /** Delta Lake. */
    DELTA("Delta Lake", "org.apache.spark.sql.delta.catalog.DeltaCatalog"),
    /** Apache Iceberg. */
    ICEBERG("Iceberg", "org.apache.iceberg.spark.SparkCatalog");

    private static final String EXTENSIONS = "spark.sql.extensions";
    private static final String DELTA_EXTENSION = "io.delta.sql.DeltaSparkSessionExtension";
    private static final String SESSION_CATALOG = "spark.sql.catalog.spark_catalog";

    private final String words;
    private final String catalog;

    /** @param catalog the class that Spark loads its catalogue by */
    TableFormat(String words, String catalog) {
        this.words = words;
        this.catalog = catalog;
    }

    /** The name, as people write it. */
    String words() {
        return words;
    }

    /**
     * Requires that Spark can read and write such tables.
     *
     * @param parameter what asks for the format, for messages
     * @throws ElbowException of category USAGE that has the options to add
     */
    public void requireThere(SparkSession spark, Parameter parameter) {
        requireLibrary(spark.sharedState().jarClassLoader(), spark.version(), parameter);
        if (this == DELTA
                && !(spark.conf().get(EXTENSIONS, "").contains(DELTA_EXTENSION)
                        && spark.conf().get(SESSION_CATALOG, "").equals(catalog))) {
            throw new ElbowException(
                    ErrorCategory.USAGE,
                    Message.of(
                            parameter,
                            " delta must have a Spark session with Delta Lake's extension and catalogue, but this one"
                                    + " has not: add " + settings() + " to the options of spark-submit"));
        }
    }

    void requireLibrary(ClassLoader loader, String spark, Parameter parameter) {
        try {
            Class.forName(catalog, false, loader);
        } catch (ClassNotFoundException | LinkageError e) {
            throw new ElbowException(
                    ErrorCategory.USAGE,
                    Message.of(
                            parameter,
                            " " + this + " must have the library of " + words
                                    + " on Spark's class path, but it is not there: add " + options(spark)
                                    + " to the options of spark-submit"),
                    e);
        }
    }

    private String options(String spark) {
        return "--packages " + coordinates(spark) + " " + settings();
    }

    private String settings() {
        return this == DELTA
                ? "--conf " + EXTENSIONS + "=" + DELTA_EXTENSION + " --conf " + SESSION_CATALOG + "=" + catalog
                : "--conf spark.sql.catalog.NAME=" + catalog + " and the settings of the catalogue NAME";
    }

    /** What goes with a version of Spark: 3.5 has Scala 2.12 here, 4 has 2.13. */
    private String coordinates(String spark) {
        if (spark.startsWith("3.")) {
            return this == DELTA
                    ? "io.delta:delta-spark_2.12:3.3.0"
                    : "org.apache.iceberg:iceberg-spark-runtime-3.5_2.12:1.8.1";
        }
        String line = spark.replaceFirst("^(\\d+\\.\\d+).*", "$1");
        return this == DELTA
                ? "io.delta:delta-spark_2.13:VERSION with the version for Spark " + line
                : "org.apache.iceberg:iceberg-spark-runtime-" + line + "_2.13:VERSION";
    }

    /** The option's word. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
