package elbow.ml;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.SparkSession;
import scala.Option;

/** What Spark keeps to itself of how stages are saved, and changes from version to version: all uses of it. */
final class SparkPersistence {
    /** The directory with class, uid and params of a stage. */
    static final String METADATA = "metadata";

    private SparkPersistence() {}

    /** The files that Spark looks for to find out what a directory holds, by their names in it. */
    static Map<String, byte[]> metadata(Params stage, SparkSession spark) {
        String text =
                DefaultParamsWriter.getMetadataToSave(stage, spark.sparkContext(), Option.empty(), Option.empty());
        return Map.of(
                METADATA + "/part-00000",
                (text + "\n").getBytes(StandardCharsets.UTF_8),
                METADATA + "/_SUCCESS",
                new byte[0]);
    }

    /** The uid of a stage of that class, from its directory. */
    static String uid(String directory, Class<?> type, SparkSession spark) {
        return read(directory, type, spark).uid();
    }

    /** Sets the params of a stage as its directory has them. */
    static void setParams(Params stage, String directory, SparkSession spark) {
        read(directory, stage.getClass(), spark).getAndSetParams(stage, Option.empty());
    }

    private static DefaultParamsReader.Metadata read(String directory, Class<?> type, SparkSession spark) {
        return DefaultParamsReader.loadMetadata(directory, spark.sparkContext(), type.getName());
    }

    /** What reads a stage that is its params and nothing else. */
    static <T> MLReader<T> paramsReader() {
        return new DefaultParamsReader<>();
    }
}
