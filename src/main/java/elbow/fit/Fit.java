package elbow.fit;

import elbow.base.Configuration;
import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.base.Parameter;
import elbow.data.rows.Quarantine;
import elbow.data.rows.SetAside;
import elbow.data.rows.Split;
import elbow.files.OutputDirectory;
import elbow.fit.weights.WeightSearch;
import elbow.math.BlasChoice;
import elbow.model.ThresholdRule;
import elbow.score.AnomalyScoring;
import elbow.train.checkpoint.CheckpointDirectory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
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
    final Optional<RowSource> validation;
    final Optional<RowSource> anomalies;
    final DataDescription description;
    private final Optional<Quarantine> quarantine;
    private final Optional<CheckpointDirectory> checkpoints;
    private final FitStart start;
    final BooleanSupplier stops;
    final Optional<OutputDirectory> output;
    final FitListener listener;
    private final Optional<StartModel> from;

    private Fit(Builder builder) {
        configuration = builder.configuration;
        ignored = builder.ignored;
        validation = Optional.ofNullable(builder.validation);
        anomalies = Optional.ofNullable(builder.anomalies);
        description = builder.description;
        quarantine = Optional.ofNullable(builder.quarantine);
        checkpoints = Optional.ofNullable(builder.checkpoints);
        start = builder.start;
        stops = builder.stops;
        output = Optional.ofNullable(builder.output);
        listener = builder.listener;
        from = Optional.ofNullable(builder.from);
    }

    /** Fits with these settings and nothing else: see {@link #builder}. */
    public static Fit of(Configuration configuration) {
        return builder(configuration).build();
    }

    /**
     * Requires that every setting has a value that it may have, as far as that can be known without rows, and the id of
     * the run, too.
     *
     * @throws ElbowException of category USAGE that names the first that has not
     */
    public static void requireValid(Configuration configuration) {
        FitSettings.require(configuration);
    }

    /** Whether a fit that starts from a model keeps its encoder: rows are then to be read as that model needs them. */
    public static boolean keepsEncoder(Configuration configuration) {
        return Refresh.keepsEncoder(configuration);
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
            FitRun run = new FitRun(this, prepared, read);
            PlannedFit planned = run.planned();
            prepared.earlier.ifPresent(earlier -> earlier.requireSameData(read, planned.plan()));
            return planned;
        }
    }

    // Of a fit that starts from a model also from which.
    private Map<String, String> selection() {
        Map<String, String> selection = new TreeMap<>(description.selection());
        selection.put(Parameter.FROM.name(), from.map(StartModel::id).orElse("none"));
        return selection;
    }

    private FitResult train(RowSource rows, FitLock lock) {
        Prepared prepared = new Prepared();
        try (PreparedRows read = prepared.rows(rows, quarantine.map(place -> place::setAside))) {
            FitResult result = new FitRun(this, prepared, read).result(lock);
            prepared.earlier.ifPresent(FitCheckpoints::delete);
            return result;
        } catch (ElbowException e) {
            if (e.category() == ErrorCategory.NOT_PROMOTED) {
                // It is trained to its end: there is nothing to go on with.
                prepared.earlier.ifPresent(FitCheckpoints::delete);
            }
            throw e;
        }
    }

    /** What is settled before a row is read. */
    final class Prepared {
        final Optional<FitCheckpoints> earlier =
                checkpoints.map(directory -> FitCheckpoints.of(directory, start, configuration, ignored, selection()));
        final Configuration settings =
                earlier.map(FitCheckpoints::configuration).orElse(configuration);
        final ThresholdRule rule = ThresholdRule.of(settings);
        final Optional<Refresh> refresh = from.map(model -> new Refresh(model, settings));
        final int images = settings.positiveInt("report.images");

        PreparedRows rows(RowSource rows, Optional<Function<Dataset<Row>, SetAside>> bad) {
            Split.Rule split = earlier.map(FitCheckpoints::splitRule).orElse(Split.Rule.WITHOUT_UNITS);
            PreparedRows read = new PreparedRows(
                    rows,
                    validation,
                    anomalies,
                    settings,
                    ignored,
                    bad,
                    split,
                    refresh.filter(Refresh::keepsEncoder).map(Refresh::start));
            try {
                rule.requireRows(read.validationRows());
                return read;
            } catch (RuntimeException e) {
                read.close();
                throw e;
            }
        }
    }

    /** Collects the parts of a fit; each method returns this builder. */
    public static final class Builder {
        private final Configuration configuration;
        private List<String> ignored = List.of();
        private @Nullable RowSource validation;
        private @Nullable RowSource anomalies;
        private DataDescription description = DataDescription.DATA_FRAME;
        private @Nullable Quarantine quarantine;
        private @Nullable CheckpointDirectory checkpoints;
        private FitStart start = FitStart.NEW;
        private BooleanSupplier stops = () -> false;
        private @Nullable OutputDirectory output;
        private FitListener listener = FitListener.SILENT;
        private @Nullable StartModel from;

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

        /**
         * Rows that are known to be anomalies, at least {@value WeightSearch#LEAST_ANOMALIES}, with the columns of
         * those to train on and none of these: see {@link #anomalies(RowSource)}.
         */
        public Builder anomalies(Dataset<Row> rows) {
            return anomalies(RowSource.of(rows));
        }

        /**
         * Rows that are known to be anomalies. After the training they choose, against the rows held out, what the
         * parts of the anomaly score weigh whose weights are auto ({@link AnomalyScoring#TAILS_KEY},
         * {@link AnomalyScoring#NEIGHBOURS_KEY}); nothing else of the model follows from them.
         */
        public Builder anomalies(RowSource rows) {
            anomalies = rows;
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

        /**
         * Starts from a model: its parameters are taken over where the network has them, and so is its encoder unless
         * {@code refresh.encoder} says otherwise. If the new model fails the gate of the section {@code refresh}, the
         * fit ends with an {@link ElbowException} of category NOT_PROMOTED, and no model is written.
         */
        public Builder from(StartModel model) {
            from = model;
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
