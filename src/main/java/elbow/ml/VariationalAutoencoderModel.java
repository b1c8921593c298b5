package elbow.ml;

import elbow.data.table.Label;
import elbow.fit.TrainedSettings;
import elbow.model.Calibration;
import elbow.model.ModelFiles;
import elbow.model.Recalibration;
import elbow.model.ThresholdRule;
import elbow.model.TrainedModel;
import elbow.score.Evaluation;
import elbow.score.ReferenceScores;
import elbow.score.RowScoring;
import elbow.score.ScoringPlan;
import elbow.use.Generation;
import elbow.use.GenerationPlan;
import elbow.use.Imputation;
import elbow.use.Interpolation;
import elbow.use.LatentArithmetic;
import elbow.use.LatentEncoding;
import elbow.use.Reconstruction;
import elbow.use.Take;
import elbow.use.UsedModel;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * A trained variational autoencoder as a stage of Spark ML: {@link #transform} adds the
 * {@link elbow.score.ScoreColumns} to each row. What {@link #write} saves is the directory that the command
 * {@code train} writes, and {@link #load} reads either.
 *
 * <p>A row's scores depend on the model, its params and the row alone, to the bit on one type of CPU, and are those of
 * the command {@code score}.
 */
public final class VariationalAutoencoderModel extends Model<VariationalAutoencoderModel>
        implements ScoreParams<VariationalAutoencoderModel>, MLWritable {
    private static final long serialVersionUID = 1L;
    private static final String DATA_FRAME = "DataFrame";

    /** Of the network as DL4J has it, of the copy that scores, and of the file, with some room. */
    private static final long MOST_BYTES_PER_PARAMETER = 16;

    /** Of a group's calibration of 2,000 scores with their ranks. */
    private static final long BYTES_PER_GROUP = 32_000;

    private final String uid;
    private final transient UsedModel used;
    private final transient ModelFiles files;

    /**
     * For {@link java.util.ServiceLoader} alone, by which a server of Spark Connect finds the class: it lists none that
     * has no such constructor, and makes no model by it.
     *
     * @throws UnsupportedOperationException always
     */
    public VariationalAutoencoderModel() {
        throw new UnsupportedOperationException("a model must be one that was fitted or loaded: it has no constructor");
    }

    VariationalAutoencoderModel(String uid, UsedModel used, ModelFiles files) {
        this.uid = uid;
        this.used = used;
        this.files = files;
        SettingParams.setDefault(this, explained(), 0);
    }

    /** Reads a model that {@link #write} or the command {@code train} has saved. */
    public static MLReader<VariationalAutoencoderModel> read() {
        return new ModelReader();
    }

    /**
     * Reads a model that {@link #write} or the command {@code train} has saved at a path.
     *
     * @throws elbow.base.ElbowException of category MODEL if there is none, or it is damaged
     */
    public static VariationalAutoencoderModel load(String path) {
        return read().load(path);
    }

    @Override
    public String uid() {
        return uid;
    }

    /** The model with what is known of its table: what {@link elbow.use} takes. */
    public UsedModel used() {
        return used;
    }

    ModelFiles files() {
        return files;
    }

    /**
     * The rows with their scores after all of their columns; with a column of latents if {@link #latentCol} asks for
     * it.
     *
     * @throws elbow.base.ElbowException as {@link #transformSchema} does
     */
    @Override
    public Dataset<Row> transform(Dataset<?> dataset) {
        Dataset<Row> rows = dataset.toDF();
        transformSchema(rows.schema());
        List<String> kept = List.of(rows.columns());
        ScoringPlan plan = new ScoringPlan(
                kept, samples(), getThreshold().orElse(calibration().threshold()), getExplained(), Instant.now());
        Dataset<Row> scored = RowScoring.score(bound(rows), used.model(), plan);
        return getLatentCol()
                .map(name -> encode(scored).withColumnRenamed(LatentEncoding.MEAN, name))
                .orElse(scored);
    }

    private int samples() {
        return getScoringSamples().orElse(used.model().layer().scoringSamples());
    }

    private Dataset<Row> bound(Dataset<?> rows) {
        Dataset<Row> all = rows.toDF();
        ModelColumns.check(all.schema(), used.model().encoder());
        return ModelColumns.bound(all, used.model().encoder());
    }

    /**
     * The columns of {@code schema} and those that {@link #transform} adds.
     *
     * @throws elbow.base.ElbowException of category INPUT if a column that the model needs is missing or of another
     *     type; of category USAGE if a param has a value that it cannot have, or a column is there already that the
     *     model adds
     */
    @Override
    public StructType transformSchema(StructType schema) {
        ScoreValues.require(this);
        ModelColumns.check(schema, used.model().encoder());
        return ModelColumns.withScores(schema, getLatentCol());
    }

    /** {@link #transform} with the contributions of so many columns to each row's score, those that make it strange. */
    public Dataset<Row> explain(Dataset<?> rows, int columns) {
        return copy(ParamMap.empty()).setExplained(columns).transform(rows);
    }

    /** The rows with the means of their latents, a vector, after all of their columns: {@link LatentEncoding}. */
    public Dataset<Row> encode(Dataset<?> rows) {
        return encode(
                rows,
                new LatentEncoding.Plan(
                        List.of(rows.columns()), LatentEncoding.Form.VECTOR, LatentEncoding.Moments.MEAN, used.seed()));
    }

    /** The latents of rows: {@link LatentEncoding#encode}. */
    public Dataset<Row> encode(Dataset<?> rows, LatentEncoding.Plan plan) {
        return LatentEncoding.encode(bound(rows), used, plan);
    }

    /**
     * The columns of the model as it reconstructs them, expected values at the posterior mean.
     *
     * @param kept columns of the rows that stand before them, none of the model's own
     */
    public Dataset<Row> reconstruct(Dataset<?> rows, String... kept) {
        return reconstruct(rows, new Reconstruction.Plan(List.of(kept), Take.EXPECTED, used.seed()));
    }

    /** What the model makes of rows: {@link Reconstruction#reconstruct}. */
    public Dataset<Row> reconstruct(Dataset<?> rows, Reconstruction.Plan plan) {
        return Reconstruction.reconstruct(bound(rows), used, plan);
    }

    /** So many rows like those of training, drawn from the model in the active session. */
    public Dataset<Row> generate(long rows) {
        return generate(new GenerationPlan(rows, used.seed()));
    }

    /** Rows that the model makes in the active session: {@link Generation}. */
    public Dataset<Row> generate(GenerationPlan plan) {
        return Generation.of(SparkSession.active(), used, plan).rows();
    }

    /** The rows with their gaps filled by expected values, and what was filled: {@link Imputation}. */
    public Dataset<Row> impute(Dataset<?> rows) {
        return impute(rows, new Imputation.Plan(Take.EXPECTED, 1, Imputation.USUAL_SAMPLES, used.seed()));
    }

    /** The rows with their gaps filled: {@link Imputation#impute}. */
    public Dataset<Row> impute(Dataset<?> rows, Imputation.Plan plan) {
        return Imputation.impute(bound(rows), used, plan);
    }

    /**
     * Rows on the straight way between two others through the latent space.
     *
     * @param from condition in SQL that one of the rows fulfils: the start
     * @param to condition in SQL that one of the rows fulfils: the end
     * @param steps rows of the result, both ends among them, at least 2
     */
    public Dataset<Row> interpolate(Dataset<?> rows, String from, String to, int steps) {
        return interpolate(rows, new Interpolation.Plan(from, to, steps, Interpolation.Path.LINEAR, used.seed()));
    }

    /** Rows on the way between two others: {@link Interpolation#between}. */
    public Dataset<Row> interpolate(Dataset<?> rows, Interpolation.Plan plan) {
        return Interpolation.between(bound(rows), used, plan);
    }

    /**
     * Rows moved by the difference of two groups in the latent space, as expected values.
     *
     * @param from condition in SQL: the group to move away from
     * @param to condition in SQL: the group to move towards
     * @param apply condition in SQL: the rows that are moved
     * @param kept columns of the rows that stand before those of the model
     */
    public Dataset<Row> arithmetic(Dataset<?> rows, String from, String to, String apply, String... kept) {
        var plan = new LatentArithmetic.Plan(from, to, apply, 1, List.of(kept), Take.EXPECTED, used.seed());
        return arithmetic(rows, plan);
    }

    /** Rows moved by the difference of two groups: {@link LatentArithmetic#apply}. */
    public Dataset<Row> arithmetic(Dataset<?> rows, LatentArithmetic.Plan plan) {
        return LatentArithmetic.apply(bound(rows), used, plan);
    }

    /**
     * Means over rows: ELBO, its terms, errors.
     *
     * @throws elbow.base.ElbowException as {@link Evaluation#of} does
     */
    public Evaluation evaluate(Dataset<?> rows) {
        return Evaluation.of(bound(rows), used.model(), Optional.empty(), samples());
    }

    /**
     * As {@link #evaluate(Dataset)}, and how well scores rank labelled anomalies.
     *
     * @param labelCol column of 1 and 0, true and false, or yes and no
     */
    public Evaluation evaluate(Dataset<?> rows, String labelCol) {
        return Evaluation.of(bound(rows), used.model(), Optional.of(Label.of(labelCol)), samples());
    }

    /**
     * This model with threshold, tail probabilities and normal contributions from other rows that are known to be
     * normal, by the rule that it was trained with. This one stays as it is.
     *
     * @throws elbow.base.ElbowException as {@link ReferenceScores#calibrate} does; of category MODEL if this build does
     *     not know a setting of the section {@code scoring} that the model was trained with
     */
    public VariationalAutoencoderModel calibrate(Dataset<?> normalRows) {
        return calibrate(
                normalRows, ThresholdRule.of(TrainedSettings.ofScoring(summary().settings())));
    }

    /** As {@link #calibrate(Dataset)}, by another rule. */
    public VariationalAutoencoderModel calibrate(Dataset<?> normalRows, ThresholdRule rule) {
        Instant start = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        TrainedModel before = used.model();
        Calibration calibration = ReferenceScores.calibrate(bound(normalRows), before, rule, samples());
        Recalibration later = new Recalibration(before.manifest().modelId(), start, List.of(DATA_FRAME), calibration);
        TrainedModel after = new TrainedModel(
                before.manifest(),
                before.encoder(),
                before.network(),
                calibration,
                Optional.of(later),
                before.tails(),
                before.nearest(),
                before.history(),
                before.groups(),
                before.densities());
        return copied(new UsedModel(after, used.columns()), ParamMap.empty());
    }

    /** Threshold and tail probabilities that are in force. */
    public Calibration calibration() {
        return used.model().calibration();
    }

    /** What the model was made from, and how its training went. */
    public ModelSummary summary() {
        return new ModelSummary(used.model().manifest(), used.model().history());
    }

    /**
     * Bytes that the networks take in memory, about: what a server of Spark Connect, which keeps models for its
     * clients, counts. Its own guess would walk through all of the native library's objects. Spark 3.5 has no such
     * method.
     */
    @SuppressWarnings("MissingOverride")
    public long estimatedSize() {
        long groups = used.model()
                .groups()
                .map(networks -> BYTES_PER_GROUP * networks.networks()
                        + networks.files().stream()
                                .mapToLong(file -> file.length)
                                .sum())
                .orElse(0L);
        return MOST_BYTES_PER_PARAMETER * used.model().manifest().parameters() + groups;
    }

    /** Writes the model: see {@link VariationalAutoencoderModel}. Overwriting replaces a model, and nothing else. */
    @Override
    public MLWriter write() {
        return new ModelWriter(this);
    }

    @Override
    public VariationalAutoencoderModel copy(ParamMap extra) {
        return copied(used, extra);
    }

    private VariationalAutoencoderModel copied(UsedModel model, ParamMap extra) {
        VariationalAutoencoderModel copy = new VariationalAutoencoderModel(uid, model, files);
        return copyValues(copy, extra).setParent(parent());
    }

    @Override
    public String toString() {
        return "VariationalAutoencoderModel: uid=" + uid + ", " + summary();
    }
}
