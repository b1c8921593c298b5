package elbow.ml;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.math.BlasChoice;
import elbow.model.Manifest;
import elbow.model.ModelDirectory;
import elbow.model.ModelFiles;
import elbow.use.UsedModel;
import java.nio.file.Path;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.SparkSession;

/** Reads a model that Spark ML or a command has written. Of the latter, params are as by default. */
final class ModelReader extends MLReader<VariationalAutoencoderModel> {
    @Override
    public VariationalAutoencoderModel load(String path) {
        // Before anything loads a BLAS.
        BlasChoice.settle();
        SparkSession spark = sparkSession();
        ModelDirectory directory = new ModelDirectory(path, spark.sparkContext().hadoopConfiguration());
        UsedModel used = UsedModel.load(directory);
        boolean ofSparkMl = directory.place().child(SparkPersistence.METADATA).exists();
        String uid = ofSparkMl
                ? SparkPersistence.uid(path, VariationalAutoencoderModel.class, spark)
                : "vae_" + used.model().manifest().modelId();
        ModelFiles files = directory.files();
        requireUnchanged(directory, used.model().manifest(), files);
        VariationalAutoencoderModel model = new VariationalAutoencoderModel(uid, used, files);
        return ofSparkMl ? SparkPersistence.withParams(model, path, spark) : model;
    }

    /** Loads what {@link ModelWriter#saveToLocal} has saved. Spark 3.5 has no such method. */
    @SuppressWarnings("MissingOverride")
    public VariationalAutoencoderModel loadFromLocal(String path) {
        return load(Path.of(path).toAbsolutePath().toUri().toString());
    }

    /**
     * Requires that the files, which are read after the model, are the same model's.
     *
     * @throws ElbowException of category MODEL if another has taken its place meanwhile
     */
    static void requireUnchanged(ModelDirectory directory, Manifest loaded, ModelFiles files) {
        if (!files.digests().equals(loaded.files())) {
            throw new ElbowException(
                    ErrorCategory.MODEL,
                    directory.place() + " must stay as it is while it is loaded, but model " + loaded.modelId()
                            + " was replaced by model " + files.modelId() + " meanwhile: load it again");
        }
    }
}
