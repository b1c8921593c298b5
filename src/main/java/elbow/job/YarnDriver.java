package elbow.job;

import org.apache.spark.SparkUserAppException;

/**
 * A driver in cluster deploy mode on YARN: Spark's application master calls its main method, and takes a process that
 * ends before that method does for one that has failed, whatever its exit code.
 */
final class YarnDriver {
    private YarnDriver() {}

    static boolean isThisProcess() {
        return "yarn".equals(System.getProperty("spark.master"))
                && "cluster".equals(System.getProperty("spark.submit.deployMode"));
    }

    /** Ends the main method so that YARN has the exit code, which reaches it by this exception alone. */
    static void fail(int code) throws Exception {
        throw Told.of(code);
    }

    /** Apart, since help is printed where there is no Spark. */
    private static final class Told {
        static Exception of(int code) {
            return new SparkUserAppException(code);
        }
    }
}
