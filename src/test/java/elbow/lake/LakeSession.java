package elbow.lake;

import elbow.SharedSpark;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.SparkSessionExtensions;
import scala.Function1;
import scala.runtime.BoxedUnit;

/**
 * A session of the test JVM's Spark with Delta Lake, and with an Iceberg catalogue {@code ice} over a directory. It
 * takes the shared one's place until it is closed, and leaves that as it was.
 */
public final class LakeSession implements AutoCloseable {
    private final SparkSession shared = SharedSpark.session();
    private final SparkSession session;

    public LakeSession(Path warehouse) throws ReflectiveOperationException {
        SparkSession.clearActiveSession();
        SparkSession.clearDefaultSession();
        String extension = "io.delta.sql.DeltaSparkSessionExtension";
        session = SparkSession.builder()
                .withExtensions(extension(extension))
                .config("spark.sql.extensions", extension)
                .config("spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog")
                // Tables of a few files: without these most of the time goes into many small jobs.
                .config("spark.databricks.delta.snapshotPartitions", 1)
                .config("spark.databricks.delta.stats.collect", false)
                .config("spark.sql.catalog.ice", "org.apache.iceberg.spark.SparkCatalog")
                .config("spark.sql.catalog.ice.type", "hadoop")
                .config("spark.sql.catalog.ice.warehouse", warehouse.toUri().toString())
                .config("spark.sql.shuffle.partitions", 2)
                .getOrCreate();
        SparkSession.setDefaultSession(session);
        SparkSession.setActiveSession(session);
    }

    @SuppressWarnings("unchecked")
    private static Function1<SparkSessionExtensions, BoxedUnit> extension(String name)
            throws ReflectiveOperationException {
        return Class.forName(name)
                .asSubclass(Function1.class)
                .getDeclaredConstructor()
                .newInstance();
    }

    public SparkSession spark() {
        return session;
    }

    @Override
    public void close() {
        SparkSession.setDefaultSession(shared);
        SparkSession.setActiveSession(shared);
    }
}
