package elbow.benchmark;

import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/** Spark in this process, set up as the commands set it up, on some of its cores. */
final class LocalCluster implements AutoCloseable {
    private final SparkSession session;

    LocalCluster(int cores) {
        session = SparkSession.builder()
                .master("local[" + cores + "]")
                .appName("elbow benchmark")
                .config("spark.ui.enabled", false)
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.broadcast.compress", false)
                .config("spark.task.maxDirectResultSize", "100m")
                .config("spark.driver.maxResultSize", "0")
                .config("spark.sql.session.timeZone", "UTC")
                .config("spark.sql.codegen.hugeMethodLimit", "8000")
                // A machine that is put to sleep for a while does not lose its only executor.
                .config("spark.network.timeout", "3600s")
                .config("spark.executor.heartbeatInterval", "600s")
                .getOrCreate();
        session.sparkContext().setLogLevel("ERROR");
    }

    SparkSession session() {
        return session;
    }

    JavaSparkContext context() {
        return JavaSparkContext.fromSparkContext(session.sparkContext());
    }

    @Override
    public void close() {
        session.stop();
        SparkSession.clearDefaultSession();
        SparkSession.clearActiveSession();
    }
}
