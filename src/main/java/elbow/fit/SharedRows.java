package elbow.fit;

import elbow.base.Configuration;
import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.base.Message;
import elbow.base.Parameter;
import elbow.data.feature.GroupColumns;
import elbow.data.reference.MarginalTails;
import elbow.data.reference.NearestRows;
import elbow.data.rows.Split;
import elbow.data.shard.PackedRows;
import elbow.data.shard.ReplicaShards;
import elbow.failure.KnownFailures;
import elbow.math.BlasChoice;
import elbow.model.ThresholdRule;
import elbow.score.AnomalyScoring;
import elbow.score.EncodedScores;
import elbow.score.ScoringModel;
import elbow.train.Trainer;
import elbow.train.TrainingData;
import elbow.train.TrainingOutcome;
import elbow.train.checkpoint.Checkpoints;
import elbow.train.plan.ExecutorMemory;
import elbow.train.plan.TrainingPlan;
import elbow.train.progress.TrainingListener;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * Rows that are read, split, encoded and laid out once, to train on more than once with other settings of the network,
 * its objective and its training: each training leaves the network that {@link Fit} trains on the same rows with these
 * settings, to the bit. May be used by several threads at the same time.
 */
public final class SharedRows implements AutoCloseable {
    private final Configuration base;
    private final PreparedRows rows;
    private final Optional<RowSource> anomalies;
    private final JavaSparkContext spark;
    private final TrainingPlan plan;
    private final List<String> remarks;
    private final List<String> warnings;
    private final Map<Double, Optional<MarginalTails>> tails = new HashMap<>();
    private final Map<List<String>, Optional<NearestRows>> nearest = new HashMap<>();
    private @Nullable TrainingData data;
    private @Nullable ReplicaShards laidOutAnomalies;

    private SharedRows(
            Configuration base, PreparedRows rows, boolean hasValidationRows, Optional<RowSource> anomalies) {
        this.base = base;
        this.rows = rows;
        this.anomalies = anomalies;
        spark = JavaSparkContext.fromSparkContext(rows.session().sparkContext());
        plan = plan(base);
        AnomalyScoring.requireFitting(base, rows.encoder());
        ThresholdRule.of(base).requireRows(rows.validationRows());
        remarks = Stream.concat(rows.splitRemarks().stream(), ofGroups(base)).toList();
        warnings = Stream.concat(
                        UnusedSettings.of(base, rows.encoder(), plan, hasValidationRows).stream(),
                        SparkSettings.differingLibrary(spark.sc()).stream())
                .toList();
    }

    private static Stream<String> ofGroups(Configuration base) {
        return base.texts(GroupColumns.KEY).isEmpty()
                ? Stream.empty()
                : Stream.of("A search compares networks of all rows, with the columns of " + GroupColumns.KEY
                        + " as conditions; networks of groups are trained beside the winner alone");
    }

    /**
     * Reads rows, splits them, and fits the encoder on those to train on.
     *
     * @param base the settings, of which those of section {@code data}, the seed and the number of replicas hold for
     *     every training
     * @param ignored columns that are no features
     * @param validation rows to validate on; empty: a share of {@code rows}
     * @param anomalies rows of the same columns that are only scored; empty: none
     * @throws ElbowException as {@link Fit#train(RowSource)} does before it trains
     */
    public static SharedRows read(
            Configuration base,
            List<String> ignored,
            RowSource rows,
            Optional<RowSource> validation,
            Optional<RowSource> anomalies) {
        // Before anything loads a BLAS.
        BlasChoice.settle();
        Fit.requireValid(base);
        PreparedRows read = new PreparedRows(
                rows,
                validation,
                Optional.empty(),
                base,
                ignored,
                Optional.empty(),
                Split.Rule.WITHOUT_UNITS,
                Optional.empty());
        try {
            return new SharedRows(base, read, validation.isPresent(), anomalies);
        } catch (RuntimeException e) {
            read.close();
            throw e;
        }
    }

    /** How many rows are trained on. */
    public long trainingRows() {
        return rows.trainingRows();
    }

    /** How many rows are held out. */
    public long validationRows() {
        return rows.validationRows();
    }

    /** The columns in words: how many are used, and why the others are not. */
    public String describeColumns() {
        return Words.columns(rows.encoder());
    }

    /** Columns of images are among those modelled. */
    public boolean hasImages() {
        return !rows.encoder().images().isEmpty();
    }

    /** 16 hex digits that depend on the content of all rows, but anomalies, and not on their order. */
    public String fingerprint() {
        return rows.fingerprint();
    }

    /** What the rows asked for that is out of the ordinary, in sentences. */
    public List<String> remarks() {
        return remarks;
    }

    /** What a user is to be warned of, in sentences: of the settings as they are, and of the session. */
    public List<String> warnings() {
        return warnings;
    }

    /** Replicas of every training. */
    public int replicas() {
        return plan.replicas();
    }

    /** Passes over the rows of a training as the settings have it. */
    public int epochs() {
        return plan.epochs();
    }

    /** Tasks that the cluster runs at once. */
    public int cores() {
        return spark.defaultParallelism();
    }

    /**
     * Settings without what depends on the machine: the number of replicas, and the length of their rounds, which a fit
     * measures unless it is given.
     *
     * @throws ElbowException of category USAGE if they do not fit the rows' columns or each other
     */
    public Configuration settled(Configuration trial) {
        Configuration counted = trial.withOverrides(List.of("training.replicas=" + plan.replicas()));
        TrainingPlan resolved = plan(counted);
        AnomalyScoring.requireFitting(counted, rows.encoder());
        if (resolved.averaging().frequency().isPresent()) {
            return counted;
        }
        long steps = resolved.epochs()
                * TrainingPlan.stepsPerEpoch(rows.trainingRows(), resolved.replicas(), resolved.batchSize());
        return counted.withOverrides(List.of("training.averaging-frequency=" + resolved.longestRound(steps)));
    }

    /**
     * How many trainings with such settings find memory at the same time, from 1 to {@code most}.
     *
     * @param trial settings as {@link #settled} makes them
     */
    public int atOnce(Configuration trial, int most) {
        TrainingPlan resolved = plan(trial);
        int count = most;
        while (count > 1 && !ExecutorMemory.of(resolved, count, spark.sc()).suffices()) {
            count--;
        }
        return count;
    }

    /**
     * Requires that there is room for some trainings at the same time.
     *
     * @param trial settings as {@link #settled} makes them
     * @throws ElbowException of category USAGE that names the need, what there is, and the setting to change
     */
    public void requireRoom(Configuration trial, int trainings) {
        TrainingPlan resolved = plan(trial);
        ExecutorMemory.of(resolved, trainings, spark.sc()).check();
        SparkSettings.requireRoomForResults(spark.getConf(), resolved);
    }

    /** Lays the rows out, unless they are. */
    public synchronized void layOut() {
        if (data == null) {
            data = rows.sharded(plan);
            if (anomalies.isPresent()) {
                laidOutAnomalies = anomalies(anomalies.get());
            }
        }
    }

    private ReplicaShards anomalies(RowSource source) {
        try {
            Dataset<Row> found = source.rows();
            long count = found.count();
            if (count == 0) {
                throw new ElbowException(
                        ErrorCategory.INPUT,
                        Message.of(Parameter.LABEL, " must call some rows anomalies, but calls none one"));
            }
            return rows.sharded(found, count, plan);
        } catch (Exception e) {
            // Spark throws checked exceptions without declaring them.
            throw KnownFailures.translate(e);
        }
    }

    /** How many anomalies there are, laid out. */
    public long anomalies() {
        return count(laidOutAnomalies());
    }

    /** 16 hex digits that depend on the content of the anomalies, which are laid out, and not on their order. */
    public String anomaliesFingerprint() {
        long sum = laidOutAnomalies().map(SharedRows::sumOfKeys).reduce(Long::sum);
        return HexFormat.of().toHexDigits(sum);
    }

    private static long count(JavaRDD<PackedRows> blocks) {
        return blocks.map(block -> (long) block.rows()).reduce(Long::sum);
    }

    private static long sumOfKeys(PackedRows block) {
        long sum = 0;
        for (int row = 0; row < block.rows(); row++) {
            // Spread by an odd factor and a shift: sums of equal keys are not those of others.
            long key = block.key(row) * 0x9E3779B97F4A7C15L;
            sum += key ^ (key >>> 32);
        }
        return sum;
    }

    private synchronized JavaRDD<PackedRows> laidOutAnomalies() {
        if (laidOutAnomalies == null) {
            throw new IllegalStateException("there are no anomalies, or they are not laid out");
        }
        return laidOutAnomalies.all();
    }

    private synchronized TrainingData data() {
        layOut();
        return Objects.requireNonNull(data);
    }

    // They depend on the rows and their weight alone.
    private synchronized Optional<MarginalTails> tails(Configuration settings) {
        return tails.computeIfAbsent(
                AnomalyScoring.tailWeight(settings, rows.encoder()),
                weight -> FitTails.of(settings, data(), rows.encoder()));
    }

    // They depend on the rows, the seed and the replicas, which all trainings share, and on these settings.
    private synchronized Optional<NearestRows> nearest(Configuration settings) {
        return nearest.computeIfAbsent(
                List.of(settings.text(AnomalyScoring.NEIGHBOURS_KEY), settings.text(AnomalyScoring.NEIGHBOURHOOD_KEY)),
                asked -> FitNeighbours.of(settings, data(), rows.encoder()));
    }

    private TrainingPlan plan(Configuration settings) {
        return TrainingPlan.resolve(settings, rows.encoder(), rows.trainingRows(), spark.defaultParallelism());
    }

    /**
     * Trains on the rows.
     *
     * @param trial settings as {@link #settled} makes them, that differ from the base in sections model, objective,
     *     training and scoring alone
     * @param listener hears of the training
     * @throws ElbowException of category USAGE if the settings do not fit the rows, or the replicas the memory; of
     *     category DIVERGED if the ELBO is lost
     */
    public Trained train(Configuration trial, TrainingListener listener) {
        Fit.requireValid(trial);
        TrainingPlan resolved = plan(trial);
        requireShared(trial, resolved);
        ExecutorMemory.of(resolved, spark.sc()).check();
        TrainingOutcome outcome = Trainer.train(spark, resolved, data(), listener, Checkpoints.NONE);
        AnomalyScoring scoring = AnomalyScoring.of(trial, rows.encoder(), tails(trial), nearest(trial));
        return new Trained(resolved, outcome, scoring);
    }

    private void requireShared(Configuration trial, TrainingPlan resolved) {
        if (resolved.replicas() != plan.replicas() || resolved.seed() != plan.seed()) {
            throw new IllegalArgumentException("trial must have the replicas and the seed of the base, but has "
                    + resolved.replicas() + " and " + resolved.seed());
        }
        Map<String, String> ofBase = base.asTexts();
        trial.asTexts().forEach((key, value) -> {
            if (key.startsWith("data.") && !value.equals(ofBase.get(key))) {
                throw new IllegalArgumentException("trial must have the base's " + key + ", but has " + value);
            }
        });
    }

    @Override
    public void close() {
        rows.close();
    }

    /** A trained network, and the rows that it was not trained on. */
    public final class Trained {
        private final TrainingPlan trainedBy;
        private final TrainingOutcome outcome;
        private final AnomalyScoring scoring;

        private Trained(TrainingPlan trainedBy, TrainingOutcome outcome, AnomalyScoring scoring) {
            this.trainedBy = trainedBy;
            this.outcome = outcome;
            this.scoring = scoring;
        }

        /** The epoch after which the network was kept. */
        public int keptEpoch() {
            return outcome.after().epoch();
        }

        /** The held-out rows' mean ELBO in nats that training measured at that epoch. */
        public double measuredElbo() {
            return outcome.after().elbo();
        }

        /** Seconds of training. */
        public double seconds() {
            return outcome.seconds();
        }

        /** How many parameters the network has. */
        public int parameters() {
            return Words.parameters(trainedBy.spec());
        }

        /** Posterior samples of each row in scoring, as its settings have it. */
        public int scoringSamples() {
            return trainedBy.scoringSamples();
        }

        /** The scores of the held-out rows, with so many posterior samples of each; 0: at the posterior mean. */
        public EncodedScores heldOut(int samples) {
            return scores(data().validation(), samples);
        }

        /** What is to be added to ELBOs of {@link #heldOut} for those of the columns in their own units, in nats. */
        public double logJacobian() {
            return rows.encoder().logJacobian();
        }

        /** The scores of the anomalies, likewise. */
        public EncodedScores anomalies(int samples) {
            return scores(laidOutAnomalies(), samples);
        }

        private EncodedScores scores(JavaRDD<PackedRows> blocks, int samples) {
            return EncodedScores.of(
                    spark,
                    blocks,
                    ScoringModel.of(outcome.network(), samples),
                    rows.encoder().layout(),
                    scoring);
        }
    }
}
