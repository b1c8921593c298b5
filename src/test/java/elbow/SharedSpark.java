package elbow;

import org.apache.spark.sql.SparkSession;

/** The one Spark session of a test JVM: two local cores, loopback, no UI. Nobody stops it. */
public final class SharedSpark {
    private static final SparkSession SESSION = SparkSession.builder()
            .master("local[2]")
            .appName("elbow-tests")
            .config("spark.ui.enabled", false)
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.sql.shuffle.partitions", 2)
            .getOrCreate();

    private SharedSpark() {}

    public static SparkSession session() {
        return SESSION;
    }
}
