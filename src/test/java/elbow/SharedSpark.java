package elbow;

import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/** The one Spark session of a test JVM; it ends with the JVM. */
@NullMarked
public final class SharedSpark {
    private static @Nullable SparkSession session;

    private SharedSpark() {}

    /** Two task threads, no web interface, loopback only. */
    public static synchronized SparkSession session() {
        if (session == null) {
            session = SparkSession.builder()
                    .master("local[2]")
                    .appName("elbow tests")
                    .config("spark.ui.enabled", false)
                    .config("spark.driver.host", "127.0.0.1")
                    .config("spark.driver.bindAddress", "127.0.0.1")
                    .config("spark.sql.shuffle.partitions", 2)
                    .config("spark.sql.warehouse.dir", System.getProperty("java.io.tmpdir") + "/elbow-test-warehouse")
                    .getOrCreate();
            session.sparkContext().setLogLevel("ERROR");
        }
        return session;
    }
}
