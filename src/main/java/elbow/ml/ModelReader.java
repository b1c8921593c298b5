package elbow.ml;

import elbow.math.BlasChoice;
import elbow.model.ModelDirectory;
import elbow.use.UsedModel;
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
        VariationalAutoencoderModel model = new VariationalAutoencoderModel(uid, used, directory.files());
        if (ofSparkMl) {
            SparkPersistence.setParams(model, path, spark);
        }
        return model;
    }
}
