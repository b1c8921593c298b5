package elbow.ml;

import com.fasterxml.jackson.core.JsonProcessingException;
import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.base.Message;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkException;
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

    private static final String FILE = METADATA + "/part-00000";

    private SparkPersistence() {}

    /** The files that Spark looks for to find out what a directory holds, by their names in it. */
    static Map<String, byte[]> metadata(Params stage, SparkSession spark) {
        String text =
                DefaultParamsWriter.getMetadataToSave(stage, spark.sparkContext(), Option.empty(), Option.empty());
        return Map.of(FILE, (text + "\n").getBytes(StandardCharsets.UTF_8), METADATA + "/_SUCCESS", new byte[0]);
    }

    /**
     * The uid of a stage of that class, from its directory.
     *
     * @throws ElbowException of category MODEL if its metadata are damaged
     */
    static String uid(String directory, Class<?> type, SparkSession spark) {
        return undamaged(directory, () -> read(directory, type, spark).uid());
    }

    /**
     * Sets the params of a stage as its directory has them, and returns it.
     *
     * @throws ElbowException of category MODEL if its metadata are damaged
     */
    static <T extends Params> T withParams(T stage, String directory, SparkSession spark) {
        return undamaged(directory, () -> {
            read(directory, stage.getClass(), spark).getAndSetParams(stage, Option.empty());
            return stage;
        });
    }

    // Spark reads what it does not understand with exceptions of many kinds; disks and machines fail with these two.
    private static <T> T undamaged(String directory, Supplier<T> read) {
        try {
            return read.get();
        } catch (Exception e) {
            boolean failed = e instanceof IOException && !(e instanceof JsonProcessingException);
            if (failed || e instanceof SparkException) {
                throw e;
            }
            throw new ElbowException(
                    ErrorCategory.MODEL,
                    new Path(directory, FILE) + " is not what Spark ML writes: " + Message.firstLine(e),
                    e);
        }
    }

    private static DefaultParamsReader.Metadata read(String directory, Class<?> type, SparkSession spark) {
        return DefaultParamsReader.loadMetadata(directory, spark.sparkContext(), type.getName());
    }

    /** What reads a stage that is its params and nothing else. */
    static <T> MLReader<T> paramsReader() {
        return new DefaultParamsReader<>();
    }
}
