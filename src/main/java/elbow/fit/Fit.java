package elbow.fit;

import elbow.base.Configuration;
import elbow.base.ElbowException;
import elbow.data.reference.DataReference;
import elbow.data.rows.Quarantine;
import elbow.data.rows.SetAside;
import elbow.data.rows.Split;
import elbow.files.OutputDirectory;
import elbow.math.BlasChoice;
import elbow.model.Calibration;
import elbow.model.Manifest;
import elbow.model.ModelFiles;
import elbow.model.ThresholdRule;
import elbow.model.TrainedModel;
import elbow.report.HtmlReport;
import elbow.score.AnomalyScoring;
import elbow.score.EncodedScores;
import elbow.score.ScoringModel;
import elbow.train.Trainer;
import elbow.train.TrainingData;
import elbow.train.TrainingOutcome;
import elbow.train.checkpoint.CheckpointDirectory;
import elbow.train.checkpoint.Checkpoints;
import elbow.train.plan.ExecutorMemory;
import elbow.train.plan.TrainingPlan;
import elbow.train.progress.TensorBoard;
import elbow.train.progress.TrainingListener;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * Trains a variational autoencoder on the rows of a DataFrame:
 *
 * <pre>{@code
 * Configuration configuration = Configuration.defaults().withOverrides(List.of("model.latent-size=8"));
 * FitResult fitted = Fit.of(configuration).train(rows);
 * Dataset<Row> scores = RowScoring.score(rows, fitted.model(), settings);
 * }</pre>
 *
 * <p>Which columns are features, and of which type, is inferred from the training rows, unless the configuration's
 * section {@code data} says otherwise. With the same rows, configuration and number of replicas, on the same CPU type
 * and BLAS, a fit leaves the same model to the bit, on one executor or many, in whatever session (see
 * {@link SparkSettings}).
 *
 * <p>Immutable; may train more than once, and at the same time on several threads that share neither a place to write
 * to ({@link Builder#writeTo}, {@link Builder#checkpoints}, {@link Builder#quarantine}) nor a listener. Of two that
 * write one model the second is refused, also where the first is in another process.
 */
public final class Fit {
    private final Configuration configuration;
    private final List<String> ignored;
    private final Optional<RowSource> validation;
    private final DataDescription description;
    private final Optional<Quarantine> quarantine;
    private final Optional<CheckpointDirectory> checkpoints;
    private final FitStart start;
    private final BooleanSupplier stops;
    private final Optional<OutputDirectory> output;
    private final FitListener listener;

    private Fit(Builder builder) {
        configuration = builder.configuration;
        ignored = builder.ignored;
        validation = Optional.ofNullable(builder.validation);
        description = builder.description;
        quarantine = Optional.ofNullable(builder.quarantine);
        checkpoints = Optional.ofNullable(builder.checkpoints);
        start = builder.start;
        stops = builder.stops;
        output = Optional.ofNullable(builder.output);
        listener = builder.listener;
    }

    /** Fits with these settings and nothing else: see {@link #builder}. */
    public static Fit of(Configuration configuration) {
        return builder(configuration).build();
    }

    /**
     * Requires that every setting has a value that it may have, as far as that can be known without rows.
     *
     * @throws ElbowException of category USAGE that names the first that has not
     */
    public static void requireValid(Configuration configuration) {
        FitSettings.require(configuration);
    }

    /**
     * Fits with these settings: all columns are candidates for features, a share of the rows is held out
     * ({@code data.validation-fraction}), a bad row is an error, nothing is written.
     */
    public static Builder builder(Configuration configuration) {
        return new Builder(configuration);
    }

    /**
     * Trains on {@code rows}.
     *
     * @throws ElbowException of category USAGE if the settings are wrong or do not fit the rows' columns, or the
     *     cluster has too little memory; of category INPUT if the rows cannot be used, such as one with a value that
     *     its column cannot have; of category DIVERGED if the ELBO is lost; of category MODEL if all checkpoints to go
     *     on from are damaged; of category LOCKED if another fit is writing the same model or checkpoints
     */
    public FitResult train(Dataset<Row> rows) {
        return train(RowSource.of(rows));
    }

    /**
     * Trains on rows that can be read anew.
     *
     * @throws ElbowException as {@link #train(Dataset)} does
     */
    public FitResult train(RowSource rows) {
        // Before anything loads a BLAS.
        BlasChoice.settle();
        requireValid(configuration);
        // Two fits of one model would write each other's checkpoints.
        try (FitLock lock = FitLock.acquire(output, checkpoints, listener)) {
            return train(rows, lock);
        }
    }

    /**
     * What {@link #train(RowSource)} would do: reads the rows and decides everything as it does, informs the listener,
     * and writes nothing. Bad rows are counted where they would be set aside.
     *
     * @throws ElbowException as {@link #train(Dataset)} does before it trains, but for the lock, which it does not take
     */
    public PlannedFit plan(RowSource rows) {
        // Before anything loads a BLAS.
        BlasChoice.settle();
        requireValid(configuration);
        Prepared prepared = new Prepared();
        try (PreparedRows read = prepared.rows(rows, quarantine.map(unused -> SetAside::count))) {
            Run run = new Run(prepared, read);
            PlannedFit planned = run.planned();
            prepared.earlier.ifPresent(earlier -> earlier.requireSameData(read, run.plan));
            return planned;
        }
    }

    private FitResult train(RowSource rows, FitLock lock) {
        Prepared prepared = new Prepared();
        try (PreparedRows read = prepared.rows(rows, quarantine.map(place -> place::setAside))) {
            FitResult result = new Run(prepared, read).result(lock);
            prepared.earlier.ifPresent(FitCheckpoints::delete);
            return result;
        }
    }

    /** What is settled before a row is read. */
    private final class Prepared {
        private final Optional<FitCheckpoints> earlier = checkpoints.map(
                directory -> FitCheckpoints.of(directory, start, configuration, ignored, description.selection()));
        private final Configuration settings =
                earlier.map(FitCheckpoints::configuration).orElse(configuration);
        private final ThresholdRule rule = ThresholdRule.of(settings);
        private final int images = settings.positiveInt("report.images");

        PreparedRows rows(RowSource rows, Optional<Function<Dataset<Row>, SetAside>> bad) {
            Split.Rule split = earlier.map(FitCheckpoints::splitRule).orElse(Split.Rule.WITHOUT_UNITS);
            PreparedRows read = new PreparedRows(rows, validation, settings, ignored, bad, split);
            try {
                rule.requireRows(read.validationRows());
                return read;
            } catch (RuntimeException e) {
                read.close();
                throw e;
            }
        }
    }

    /** One training, its rows read. */
    private final class Run {
        private final Configuration settings;
        private final PreparedRows rows;
        private final Optional<FitCheckpoints> earlier;
        private final ThresholdRule rule;
        private final int images;
        private final AnomalyScoring anomalyScoring;
        private final JavaSparkContext spark;
        private final TrainingPlan plan;

        Run(Prepared prepared, PreparedRows rows) {
            this.settings = prepared.settings;
            this.rows = rows;
            this.earlier = prepared.earlier;
            this.rule = prepared.rule;
            this.images = prepared.images;
            anomalyScoring = AnomalyScoring.of(settings, rows.encoder());
            SparkSession session = rows.session();
            spark = JavaSparkContext.fromSparkContext(session.sparkContext());
            int cores = spark.defaultParallelism();
            plan = TrainingPlan.resolve(
                    settings,
                    rows.encoder(),
                    rows.trainingRows(),
                    earlier.map(found -> found.replicas(cores)).orElse(cores));
        }

        FitResult result(FitLock lock) {
            PlannedFit unused = planned();
            BooleanSupplier asked = () -> {
                lock.requireNotLost();
                return stops.getAsBoolean();
            };
            Checkpoints opened =
                    earlier.map(found -> found.opened(rows, plan, asked)).orElse(Checkpoints.NONE);
            earlier.flatMap(FitCheckpoints::remark).ifPresent(listener::noted);
            opened.start().ifPresent(from -> listener.resumed(from.state().round()));
            TrainingData data = rows.sharded(plan);
            TrainingOutcome outcome = train(data, opened);
            if (outcome.trimmedShare() > 0) {
                listener.noted(String.format(
                        Locale.ROOT, "Rows left out by robust training: %.1f %%", 100 * outcome.trimmedShare()));
            }
            FitResult result = result(data, outcome);
            lock.requireNotLost();
            output.ifPresent(place -> result.save(place));
            return result;
        }

        // All that is decided, reported, and checked for room.
        private PlannedFit planned() {
            ExecutorMemory memory = ExecutorMemory.of(plan, spark.sc());
            PlannedFit planned = new PlannedFit(
                    rows.columns(),
                    rows.encoder(),
                    rows.trainingRows(),
                    rows.validationRows(),
                    rows.setAside(),
                    plan,
                    memory);
            listener.planned(planned);
            rows.splitRemarks().forEach(listener::noted);
            UnusedSettings.of(settings, rows.encoder(), plan, validation.isPresent())
                    .forEach(listener::warned);
            memory.check();
            SparkSettings.requireRoomForResults(spark.getConf(), plan);
            SparkSettings.differingLibrary(spark.sc()).ifPresent(listener::warned);
            return planned;
        }

        private TrainingOutcome train(TrainingData data, Checkpoints opened) {
            String directory = settings.text("training.tensorboard");
            listener.trainingStarted();
            try (@Nullable
                    TensorBoard board =
                            directory.isEmpty() ? null : TensorBoard.open(directory, spark.hadoopConfiguration())) {
                TrainingListener all = board == null ? listener : TrainingListener.all(List.of(listener, board));
                return Trainer.train(spark, plan, data, all, opened);
            } finally {
                listener.trainingEnded();
            }
        }

        private FitResult result(TrainingData data, TrainingOutcome outcome) {
            EncodedScores heldOut = EncodedScores.of(
                    spark,
                    data.validation(),
                    ScoringModel.of(outcome.network(), plan.scoringSamples()),
                    rows.encoder().layout(),
                    anomalyScoring);
            Calibration calibration = Calibration.of(
                    heldOut.anomalyScores(), rule, plan.scoringSamples(), Optional.of(heldOut.normalParts()));
            calibration.remarks().forEach(listener::noted);
            DataReference reference =
                    DataReference.of(data.trainingSample(), data.training().all(), rows.encoder());

            ModelFiles files = new ModelFiles(rows.encoder(), outcome.network());
            files.calibration(calibration);
            files.history(outcome.history());
            files.reference(reference);
            files.columns(rows.table());
            FitRecord record = new FitRecord(description, settings, rows, plan);
            ReportContents report = new ReportContents(data, plan, outcome, heldOut, calibration, images);
            files.report(HtmlReport.render(report.of(record.title(), files.modelId(), record.facts(outcome))));
            Manifest manifest = record.manifest(files, outcome, heldOut);
            return new FitResult(
                    new TrainedModel(
                            manifest,
                            rows.encoder(),
                            outcome.network(),
                            calibration,
                            Optional.empty(),
                            outcome.history()),
                    files,
                    reference,
                    rows.table(),
                    rows.columns(),
                    rows.setAside(),
                    outcome.roundOverhead());
        }
    }

    /** Collects the parts of a fit; each method returns this builder. */
    public static final class Builder {
        private final Configuration configuration;
        private List<String> ignored = List.of();
        private @Nullable RowSource validation;
        private DataDescription description = DataDescription.DATA_FRAME;
        private @Nullable Quarantine quarantine;
        private @Nullable CheckpointDirectory checkpoints;
        private FitStart start = FitStart.NEW;
        private BooleanSupplier stops = () -> false;
        private @Nullable OutputDirectory output;
        private FitListener listener = FitListener.SILENT;

        private Builder(Configuration configuration) {
            this.configuration = configuration;
        }

        /** Columns that are no features. */
        public Builder ignore(List<String> columns) {
            ignored = List.copyOf(columns);
            return this;
        }

        /** Rows to validate on, with the columns of those to train on, instead of a share of these. */
        public Builder validation(Dataset<Row> rows) {
            return validation(RowSource.of(rows));
        }

        /** As {@link #validation(Dataset)}, of rows that can be read anew. */
        public Builder validation(RowSource rows) {
            validation = rows;
            return this;
        }

        /** Where the rows are from, for the manifest and the report. */
        public Builder describedAs(DataDescription rows) {
            description = rows;
            return this;
        }

        /** Sets bad rows aside instead of failing over the first. */
        public Builder quarantine(Quarantine place) {
            quarantine = place;
            return this;
        }

        /**
         * Leaves checkpoints as {@code training.checkpoint-rounds} says, so that an interrupted fit can be resumed.
         * They are removed when the fit has ended and the model, if it is to be written, is.
         *
         * @param beginning what happens to those that are there
         */
        public Builder checkpoints(CheckpointDirectory directory, FitStart beginning) {
            checkpoints = directory;
            start = beginning;
            return this;
        }

        /**
         * Ends the fit after the first round at whose end this holds, with a checkpoint to go on from and a
         * {@link elbow.train.checkpoint.TrainingStoppedException}. Needs {@link #checkpoints}, and Elbow's own
         * averaging.
         */
        public Builder stopWhen(BooleanSupplier asked) {
            stops = asked;
            return this;
        }

        /**
         * Writes the model, too.
         *
         * @param place see {@link elbow.model.ModelDirectory#toWrite}
         */
        public Builder writeTo(OutputDirectory place) {
            output = place;
            return this;
        }

        /** What is informed of the fit's progress. */
        public Builder listener(FitListener listener) {
            this.listener = listener;
            return this;
        }

        /** The fit. */
        public Fit build() {
            return new Fit(this);
        }
    }
}
