package elbow.ml;

import elbow.base.Configuration;
import elbow.fit.Fit;
import elbow.fit.FitResult;
import elbow.fit.NormalRows;
import elbow.fit.RowSource;
import elbow.use.UsedModel;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * Trains a variational autoencoder on the rows of a DataFrame, as a stage of Spark ML:
 *
 * <pre>{@code
 * VariationalAutoencoder vae = new VariationalAutoencoder().setIgnoredCols("id").setLatentSize(8).setEpochs(20);
 * VariationalAutoencoderModel model = vae.fit(rows);
 * model.transform(rows).orderBy(desc("anomaly_score")).show();
 * model.write().overwrite().save("models/rows");
 * }</pre>
 *
 * <p>The params are the keys of {@code reference.conf}, with their defaults; {@link #explainParams} tells them all.
 * Which columns are features, and of which type, is told from the rows unless params say otherwise. With the same rows,
 * params and number of replicas a fit leaves the same model to the bit as {@link Fit} and the command {@code train} do.
 *
 * <p>Fits may run side by side on several threads, as {@code CrossValidator} has them with parallelism.
 */
public final class VariationalAutoencoder extends Estimator<VariationalAutoencoderModel>
        implements InputParams<VariationalAutoencoder>,
                DataParams<VariationalAutoencoder>,
                CommonValueParams<VariationalAutoencoder>,
                GenerationParams<VariationalAutoencoder>,
                ImageParams<VariationalAutoencoder>,
                NetworkParams<VariationalAutoencoder>,
                ObjectiveParams<VariationalAutoencoder>,
                TrainingParams<VariationalAutoencoder>,
                CalibrationParams<VariationalAutoencoder>,
                ScoreParams<VariationalAutoencoder>,
                DefaultParamsWritable {
    private static final long serialVersionUID = 1L;

    private final String uid;

    /** An estimator with the defaults of {@code reference.conf}. */
    public VariationalAutoencoder() {
        this(Identifiable$.MODULE$.randomUID("vae"));
    }

    /** As {@link #VariationalAutoencoder()}, with a uid. */
    public VariationalAutoencoder(String uid) {
        this.uid = uid;
        SettingParams.setDefaults(this);
        SettingParams.setDefault(this, ignoredCols(), new String[0]);
        SettingParams.setDefault(this, explained(), 0);
    }

    /** Reads an estimator that was saved. */
    public static MLReader<VariationalAutoencoder> read() {
        return SparkPersistence.paramsReader();
    }

    /** Reads an estimator that was saved at a path. */
    public static VariationalAutoencoder load(String path) {
        return read().load(path);
    }

    @Override
    public String uid() {
        return uid;
    }

    /**
     * Trains on {@code dataset}.
     *
     * @throws elbow.base.ElbowException as {@link #transformSchema} and {@link Fit#train(Dataset)} do
     */
    @Override
    public VariationalAutoencoderModel fit(Dataset<?> dataset) {
        Dataset<Row> rows = dataset.toDF();
        transformSchema(rows.schema());
        FitColumns columns = FitColumns.of(this);
        FitLog log = new FitLog(uid);
        columns.checkLabel(rows, log);
        Configuration settings = SettingParams.configuration(this);
        Fit.Builder fit = Fit.builder(columns.hasLabel() ? NormalRows.settings(settings) : settings)
                .ignore(columns.ignored(rows.schema()))
                .listener(log);
        columns.validation(rows).ifPresent(fit::validation);
        columns.anomalies(rows).ifPresent(fit::anomalies);
        RowSource training = columns.training(rows);
        FitResult fitted = fit.build().train(training);
        VariationalAutoencoderModel model =
                new VariationalAutoencoderModel(uid, new UsedModel(fitted.model(), fitted.table()), fitted.files());
        return copyValues(model, ParamMap.empty()).setParent(this);
    }

    /**
     * The columns of {@code schema} and those that {@link VariationalAutoencoderModel#transform} adds.
     *
     * @throws elbow.base.ElbowException of category USAGE if a param has a value that it cannot have, names a column
     *     that is not there or of another type, or a column is there already that the model adds
     */
    @Override
    public StructType transformSchema(StructType schema) {
        Fit.requireValid(SettingParams.configuration(this));
        ScoreValues.require(this);
        FitColumns.of(this).check(schema);
        return ModelColumns.withScores(schema, getLatentCol());
    }

    @Override
    public VariationalAutoencoder copy(ParamMap extra) {
        return defaultCopy(extra);
    }
}
