package elbow.ml;

import elbow.files.OutputDirectory.IfExists;
import elbow.model.ModelDirectory;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.ml.util.MLWriter;

/**
 * Writes the directory that the command {@code train} writes, with Spark's {@code metadata} in it. It appears whole or
 * not at all. {@link #overwrite} replaces a model, and nothing else.
 */
final class ModelWriter extends MLWriter {
    private final VariationalAutoencoderModel model;

    ModelWriter(VariationalAutoencoderModel model) {
        this.model = model;
    }

    @Override
    public void save(String path) {
        saveImpl(path);
    }

    /**
     * Saves to the local disk, whatever the default file system is: where a server of Spark Connect keeps its models.
     * Spark 3.5 has no such method.
     */
    @SuppressWarnings("MissingOverride")
    public void saveToLocal(String path) {
        saveImpl(Path.of(path).toAbsolutePath().toUri().toString());
    }

    @Override
    public void saveImpl(String path) {
        Configuration hadoop = sparkSession().sparkContext().hadoopConfiguration();
        IfExists ifExists = shouldOverwrite() ? IfExists.REPLACE : IfExists.REFUSE;
        ModelDirectory.save(
                model.files(),
                model.used().model(),
                SparkPersistence.metadata(model, sparkSession()),
                ModelDirectory.toWrite(path, ifExists, hadoop));
    }
}
