package elbow.fit;

import elbow.base.Configuration;
import elbow.base.Parameter;
import elbow.data.feature.FeatureEncoder;
import elbow.data.feature.GroupColumns;
import elbow.data.feature.TableColumns;
import elbow.data.infer.ColumnProfile;
import elbow.data.infer.FeatureFit;
import elbow.data.infer.FeatureSettings;
import elbow.data.rows.AllRows;
import elbow.data.rows.BadRows;
import elbow.data.rows.RowContents;
import elbow.data.rows.SetAside;
import elbow.data.rows.Split;
import elbow.data.shard.PackedRows;
import elbow.data.shard.ReplicaShards;
import elbow.data.shard.ShardLayout;
import elbow.data.shard.Shards;
import elbow.data.table.InputErrors;
import elbow.failure.KnownFailures;
import elbow.train.TrainingData;
import elbow.train.group.GroupTraining;
import elbow.train.plan.TrainingPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.jspecify.annotations.Nullable;

/** The rows of a fit: split, understood by a fitted encoder, and sharded once the plan is known. */
final class PreparedRows implements AutoCloseable {
    /** Rows that travel and are kept together; a few hundred kilobytes of images. */
    private static final int BLOCK_ROWS = 512;

    /** How many rows a group must have for a network of its own. */
    static final String GROUP_LEAST_ROWS = "data.group-least-rows";

    /** Blocks of each shard that stand for the training rows when the network is measured between epochs. */
    private static final int SAMPLED_BLOCKS = 2;

    private final RowSource rows;
    private final Optional<RowSource> validation;
    private final Optional<RowSource> anomalies;
    private final Configuration configuration;
    private final Split.Rule splitRule;
    private final Optional<StartModel> start;
    private final FeatureSettings settings;
    private final Split split;
    private final FeatureFit fit;
    private final OptionalLong setAside;
    private final Optional<Dataset<Row>> knownAnomalies;
    private final RowContents knownContents;

    /**
     * What was read from text or images, kept while statistics and shards are made of it: each would otherwise unpack
     * and parse it anew.
     */
    private final List<Dataset<Row>> read = new ArrayList<>();

    private final List<ReplicaShards> shards = new ArrayList<>();
    private Optional<ReplicaShards> laidOutAnomalies = Optional.empty();
    private @Nullable GroupTraining groups;

    /**
     * Splits the rows, and fits the encoder on those to train on.
     *
     * @param validation rows to validate on; empty: a share of {@code rows}
     * @param anomalies rows that are only scored; empty: none
     * @param ignored columns that are no features
     * @param quarantine sets bad rows aside, of rows that are marked as {@link BadRows} says; empty: they are errors
     * @param splitRule how rows are held out
     * @param start the model whose encoder is kept; empty: one is fitted
     */
    PreparedRows(
            RowSource rows,
            Optional<RowSource> validation,
            Optional<RowSource> anomalies,
            Configuration configuration,
            List<String> ignored,
            Optional<Function<Dataset<Row>, SetAside>> quarantine,
            Split.Rule splitRule,
            Optional<StartModel> start) {
        this.rows = rows;
        this.validation = validation;
        this.anomalies = anomalies;
        this.configuration = configuration;
        this.splitRule = splitRule;
        this.start = start;
        settings = FeatureSettings.of(configuration, ignored);
        start.ifPresent(model -> model.requireKept(ignored, FeatureSettings.conditions(configuration)));
        try {
            if (quarantine.isEmpty()) {
                split = split(kept(rows, rows.rows()), validation.map(held -> kept(held, held.rows())));
                fit = fit(split);
                requireNoBadValues();
                knownAnomalies = anomalies.map(known -> kept(known, known.rows()));
                setAside = OptionalLong.empty();
            } else {
                Dataset<Row> all = kept(rows, rows.marked());
                Optional<Dataset<Row>> allHeld = validation.map(held -> kept(held, held.marked()));
                fit = fit(split(BadRows.good(all), allHeld.map(BadRows::good)));
                Dataset<Row> marked = BadRows.mark(all, fit.encoder());
                Optional<Dataset<Row>> markedHeld = allHeld.map(held -> BadRows.mark(held, fit.encoder()));
                Optional<Dataset<Row>> markedKnown =
                        anomalies.map(known -> BadRows.mark(kept(known, known.marked()), fit.encoder()));
                knownAnomalies = markedKnown.map(BadRows::good);
                setAside = OptionalLong.of(quarantine
                        .get()
                        .apply(Stream.of(markedHeld, markedKnown)
                                .flatMap(Optional::stream)
                                .reduce(marked, BadRows::marksOfBoth))
                        .bad());
                split = split(BadRows.good(marked), markedHeld.map(BadRows::good));
            }
            knownContents = knownAnomalies
                    .map(known -> RowContents.of(known, settings.contentColumns(known.schema())))
                    .orElse(RowContents.NONE);
            requireAllRead();
        } catch (Exception e) {
            // Spark throws checked exceptions without declaring them.
            close();
            throw KnownFailures.translate(e);
        }
    }

    private FeatureFit fit(Split rowsToFit) {
        return start.map(model -> model.kept(rowsToFit.training(), rowsToFit.trainingRows()))
                .orElseGet(() -> FeatureFit.of(rowsToFit.training(), settings));
    }

    private void requireAllRead() {
        OptionalLong expected = rows.rowsInFiles();
        if (validation.isPresent() && expected.isPresent()) {
            OptionalLong held = validation.get().rowsInFiles();
            expected = held.isPresent() ? OptionalLong.of(expected.getAsLong() + held.getAsLong()) : held;
        }
        AllRows.requireRead("the input", expected, trainingRows() + validationRows() + setAside.orElse(0));
    }

    private Split split(Dataset<Row> all, Optional<Dataset<Row>> held) {
        if (anomalies.isPresent()) {
            requireLeft(all, "train");
            held.ifPresent(others -> requireLeft(others, "validate"));
        }
        List<String> content = settings.contentColumns(all.schema());
        return held.isPresent()
                ? Split.given(all, held.get(), content)
                : Split.of(
                        all,
                        content,
                        configuration.fraction("data.validation-fraction"),
                        configuration.longValue("seed"),
                        splitRule);
    }

    private static void requireLeft(Dataset<Row> others, String use) {
        if (others.isEmpty()) {
            throw InputErrors.input(
                    Parameter.ANOMALIES,
                    " must leave rows to " + use + " on, but beside the known anomalies no row is left");
        }
    }

    private Dataset<Row> kept(RowSource source, Dataset<Row> found) {
        if (!source.isCheap()) {
            read.add(found.persist(StorageLevel.MEMORY_AND_DISK()));
        }
        return found;
    }

    private void requireNoBadValues() {
        if (fit.hasBadValues()) {
            // What is kept does not know its files.
            release(read);
            fit.requireNoBadValues(rows.marked());
        }
    }

    /** The session that the rows are of. */
    SparkSession session() {
        return split.training().sparkSession();
    }

    /** Every column of the table and how it is used. */
    List<ColumnProfile> columns() {
        return fit.columns();
    }

    /** How many rows were set aside; empty if none would be. */
    OptionalLong setAside() {
        return setAside;
    }

    FeatureEncoder encoder() {
        return fit.encoder();
    }

    /** The columns of the model as the rows have them. */
    TableColumns table() {
        return fit.table();
    }

    long trainingRows() {
        return split.trainingRows();
    }

    long validationRows() {
        return split.validationRows();
    }

    /** How many rows are known to be anomalies. */
    long knownAnomalies() {
        return knownContents.rows();
    }

    /**
     * 16 hex digits that depend on the content of the known anomalies and not on their order; empty: none are given.
     */
    Optional<String> knownFingerprint() {
        return knownAnomalies.map(unused -> knownContents.fingerprint());
    }

    /** 16 hex digits that depend on the content of all rows, but known anomalies, and not on their order. */
    String fingerprint() {
        return split.fingerprint();
    }

    /** What was done to split the rows beyond a split by content, in sentences. */
    List<String> splitRemarks() {
        return split.remarks();
    }

    /**
     * Lays the rows out for the plan's replicas: the held-out ones like those to train on, so that nothing of the run
     * depends on how many cores there are.
     */
    TrainingData sharded(TrainingPlan plan) {
        ReplicaShards training = shards(split.training(), split.trainingRows(), plan, validation);
        ReplicaShards held = shards(split.validation(), split.validationRows(), plan, validation);
        laidOutAnomalies = knownAnomalies.map(known -> shards(known, knownContents.rows(), plan, anomalies));
        release(read);
        JavaRDD<PackedRows> sample = training.byReplica().mapPartitions(blocks -> {
            List<PackedRows> first = new ArrayList<>();
            while (blocks.hasNext() && first.size() < SAMPLED_BLOCKS) {
                first.add(blocks.next());
            }
            return first.iterator();
        });
        return new TrainingData(training, sample, held.all(), trainingRows(), encoder());
    }

    /** The known anomalies, once the rows are {@link #sharded}; empty: there are none. */
    Optional<JavaRDD<PackedRows>> laidOutAnomalies() {
        return laidOutAnomalies.map(ReplicaShards::all);
    }

    /** Lays out the groups that rows fall into, if they do; before {@link #sharded}, which releases what is read. */
    void prepareGroups(TrainingPlan plan) {
        List<String> columns = configuration.texts(GroupColumns.KEY);
        if (columns.isEmpty()) {
            return;
        }
        try {
            groups = GroupTraining.prepare(
                    JavaSparkContext.fromSparkContext(session().sparkContext()),
                    split.training(),
                    split.validation(),
                    encoder(),
                    columns,
                    configuration.positiveInt(GROUP_LEAST_ROWS),
                    plan);
        } catch (Exception e) {
            // Spark throws checked exceptions without declaring them.
            throw KnownFailures.translate(e);
        }
    }

    /** The groups that rows fall into, once they are {@link #prepareGroups prepared}; empty if they fall into none. */
    Optional<GroupTraining> groups() {
        return Optional.ofNullable(groups);
    }

    /**
     * Requires that another encoder can read the rows.
     *
     * @throws elbow.base.ElbowException of category INPUT if it cannot
     */
    void requireReadBy(FeatureEncoder other) {
        other.check(split.validation().schema());
    }

    /** The held-out rows as another encoder has them, for as long as these are. */
    JavaRDD<PackedRows> validationAs(FeatureEncoder other, TrainingPlan plan) {
        return sharded(split.validation(), split.validationRows(), other, plan).all();
    }

    /** Lays other rows of the same columns out, for as long as these are. */
    ReplicaShards sharded(Dataset<Row> others, long count, TrainingPlan plan) {
        return sharded(others, count, encoder(), plan);
    }

    private ReplicaShards sharded(Dataset<Row> others, long count, FeatureEncoder encoder, TrainingPlan plan) {
        ShardLayout layout = ShardLayout.forRows(plan.replicas(), count, encoder.rowBytes());
        ReplicaShards kept = ReplicaShards.keep(Shards.of(others, encoder, layout, plan.seed(), BLOCK_ROWS), layout);
        shards.add(kept);
        return kept;
    }

    @Override
    public void close() {
        release(read);
        shards.forEach(ReplicaShards::close);
        if (groups != null) {
            groups.close();
        }
    }

    // A bad value that the fit has not met is one of the rows held out, or known to be an anomaly.
    private ReplicaShards shards(Dataset<Row> side, long count, TrainingPlan plan, Optional<RowSource> source) {
        try {
            return sharded(side, count, plan);
        } catch (Exception e) {
            // Spark throws checked exceptions without declaring them.
            throw BadRows.located(
                    KnownFailures.translate(e), () -> located(source).marked(), encoder());
        }
    }

    private RowSource located(Optional<RowSource> source) {
        release(read);
        return source.orElse(rows);
    }

    private static void release(List<Dataset<Row>> kept) {
        kept.forEach(Dataset::unpersist);
        kept.clear();
    }
}
