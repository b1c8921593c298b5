package elbow.train.group;

import elbow.base.Check;
import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.data.feature.FeatureEncoder;
import elbow.data.feature.GroupColumns;
import elbow.data.shard.GroupShards;
import elbow.data.shard.GroupShards.GroupSize;
import elbow.model.Calibration;
import elbow.model.GroupNetworks;
import elbow.model.ThresholdRule;
import elbow.model.TrainedGroup.Fate;
import elbow.score.AnomalyScoring;
import elbow.score.ScoringModel;
import elbow.train.plan.TrainingPlan;
import elbow.vae.OptimalVariances;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The groups of a training: found and laid out before the pooled network is trained, trained after it. */
public final class GroupTraining implements AutoCloseable {
    /** Rows of a group that its network is trained on at most: they are in the memory of one task. */
    private static final int MOST_ROWS = 100_000;

    /** Of wide rows fewer, so that they have at most so many encoded values, but never fewer than so many rows. */
    private static final int MOST_VALUES = 1 << 26;

    private static final int FEWEST_BOUND = 2_000;

    /** Held-out rows of a group that its network is measured and calibrated by at most, and the same for wide rows. */
    private static final int MOST_HELD_OUT = 2_000;

    private static final int FEWEST_BOUND_HELD_OUT = 500;

    /** The most bytes of the list of groups, well below what a load reads. */
    private static final long MOST_INDEX_BYTES = 200_000_000;

    /** 1 - 0.9 is less than 0.1 in doubles. */
    private static final double ROUNDING = 1e-9;

    private static final String MAX_RESULT_SIZE = "spark.driver.maxResultSize";

    private final List<String> columns;
    private final int leastRows;
    private final List<GroupSize> all;
    private final GroupShards shards;

    private GroupTraining(List<String> columns, int leastRows, List<GroupSize> all, GroupShards shards) {
        this.columns = columns;
        this.leastRows = leastRows;
        this.all = all;
        this.shards = shards;
    }

    /**
     * Finds the groups of rows, and lays out those that are large enough for a network of their own.
     *
     * @param columns by which rows fall into groups
     * @param leastRows how many rows a group must have for a network of its own
     * @throws ElbowException of category INPUT if there are too many groups; of category USAGE if their networks or
     *     what is kept of their held-out rows would take too much room, or the plan's network has what cannot be
     *     trained so
     */
    public static GroupTraining prepare(
            JavaSparkContext spark,
            Dataset<Row> training,
            Dataset<Row> heldOut,
            FeatureEncoder encoder,
            List<String> columns,
            int leastRows,
            TrainingPlan plan) {
        Check.usage(
                !OptimalVariances.areIn(plan.spec()),
                "model.variance",
                "not be optimal with " + GroupColumns.KEY + ", whose networks learn their variances",
                "optimal");
        GroupColumns by = new GroupColumns(columns, encoder);
        List<GroupSize> all = GroupShards.sizes(training, heldOut, encoder, by, GroupNetworks.MOST_GROUPS);
        if (all.size() > GroupNetworks.MOST_GROUPS) {
            throw new ElbowException(
                    ErrorCategory.INPUT,
                    String.format(
                            Locale.ROOT,
                            "%s must name columns by which rows fall into at most %,d groups, but by %s there are more",
                            GroupColumns.KEY,
                            GroupNetworks.MOST_GROUPS,
                            String.join(", ", columns)));
        }
        List<GroupSize> large = new ArrayList<>(
                all.stream().filter(group -> group.rows() >= leastRows).toList());
        long parameters = plan.spec().layout().length();
        requireRoom(large.size(), parameters);
        List<String> features = encoder.layout().columns();
        requireRoomInIndex(all, large, features, mostHeldOut(encoder));
        requireRoomForResults(
                spark.getConf(), resultBytes(large, parameters, features.size(), mostHeldOut(encoder)), large.size());
        // The largest first: the last ones to end are short.
        large.sort(Comparator.comparingLong(GroupSize::rows).reversed().thenComparing(GroupSize::key));
        GroupShards shards =
                GroupShards.keep(training, heldOut, encoder, by, large, plan.seed(), spark.defaultParallelism());
        return new GroupTraining(columns, leastRows, all, shards);
    }

    private static void requireRoom(long networks, long parameters) {
        long bytes = networks * networkBytes(parameters);
        if (bytes > GroupNetworks.MOST_BYTES) {
            throw new ElbowException(
                    ErrorCategory.USAGE,
                    String.format(
                            Locale.ROOT,
                            "the networks of %,d groups with %,d parameters must fit into %,d MB, but may need %,d MB:"
                                    + " raise data.group-least-rows, or make model.encoder-sizes and"
                                    + " model.decoder-sizes smaller",
                            networks,
                            parameters,
                            GroupNetworks.MOST_BYTES >> 20,
                            bytes >> 20));
        }
    }

    /** Rows of a group that are trained on at most. */
    static int mostRows(int width) {
        return Math.max(FEWEST_BOUND, Math.min(MOST_ROWS, MOST_VALUES / Math.max(1, width)));
    }

    /** Held-out rows of a group at most. */
    static int mostHeldOut(int width) {
        return Math.max(FEWEST_BOUND_HELD_OUT, Math.min(MOST_HELD_OUT, MOST_VALUES / Math.max(1, width)));
    }

    private static int mostHeldOut(FeatureEncoder encoder) {
        return mostHeldOut(encoder.width());
    }

    /**
     * Requires that the list of groups can be read again.
     *
     * @throws ElbowException of category USAGE if it may be too long
     */
    static void requireRoomInIndex(List<GroupSize> all, List<GroupSize> large, List<String> features, int mostHeldOut) {
        // A name, and beside it and beside a key some fixed words and numbers; a score has up to 22 digits and signs.
        long normal = features.stream().mapToLong(name -> 50L + name.length()).sum();
        long bytes = large.stream()
                        .mapToLong(group -> 500 + normal + 26 * Math.min(group.heldOut(), mostHeldOut))
                        .sum()
                + all.stream().mapToLong(group -> 150L + group.key().length()).sum();
        if (bytes > MOST_INDEX_BYTES) {
            throw new ElbowException(
                    ErrorCategory.USAGE,
                    String.format(
                            Locale.ROOT,
                            "the held-out scores of %,d groups with networks of their own, and the keys of all %,d, must"
                                    + " fit into %,d MB, but may need %,d MB: raise data.group-least-rows, or lower"
                                    + " data.validation-fraction",
                            large.size(),
                            all.size(),
                            MOST_INDEX_BYTES / 1_000_000,
                            bytes / 1_000_000));
        }
    }

    /** What the tasks return at most: all come to the driver in one job. */
    private static long resultBytes(List<GroupSize> large, long parameters, int features, int mostHeldOut) {
        return large.stream()
                .mapToLong(group -> networkBytes(parameters)
                        + (long) Double.BYTES * (features + Math.min(group.heldOut(), mostHeldOut)))
                .sum();
    }

    /**
     * Requires that the driver takes what the tasks return.
     *
     * @throws ElbowException of category USAGE that names the need, the limit and the setting
     */
    static void requireRoomForResults(SparkConf settings, long need, int groups) {
        long limit = settings.getSizeAsBytes(MAX_RESULT_SIZE, "1g");
        if (limit > 0 && need > limit) {
            throw new ElbowException(
                    ErrorCategory.USAGE,
                    String.format(
                            Locale.ROOT,
                            "%s must be 0, for no limit, or at least what the networks of %,d groups may take, %,d MB,"
                                    + " but is %,d MB; raise it, or raise data.group-least-rows",
                            MAX_RESULT_SIZE,
                            groups,
                            (need >> 20) + 1,
                            limit >> 20));
        }
    }

    private static long networkBytes(long parameters) {
        return 2 * parameters + parameters / Byte.SIZE + 1;
    }

    /** How many groups are large enough for a network of their own. */
    public int candidates() {
        return shards.groups().size();
    }

    /** How many groups there are. */
    public int groups() {
        return all.size();
    }

    /**
     * Trains the groups in one job.
     *
     * @param pooled the pooled network
     * @param calibration its own, of all held-out rows
     * @param rule how the threshold of a group follows from its scores
     */
    public GroupNetworks train(
            JavaSparkContext spark,
            TrainingPlan plan,
            FeatureEncoder encoder,
            ScoringModel pooled,
            AnomalyScoring scoring,
            Calibration calibration,
            ThresholdRule rule) {
        Map<String, GroupResult> results = new HashMap<>();
        Broadcast<ScoringModel> broadcast = spark.broadcast(pooled);
        try {
            spark.setJobDescription("training the networks of " + candidates() + " groups");
            List<String> keys =
                    new ArrayList<>(shards.groups().stream().map(GroupSize::key).toList());
            GroupTask task = new GroupTask(broadcast, plan, keys, encoder.layout(), scoring);
            int rows = mostRows(encoder.width());
            for (GroupResult result :
                    shards.map(rows, mostHeldOut(encoder), task).collect()) {
                results.put(keys.get(result.group()), result);
            }
        } finally {
            broadcast.destroy();
        }
        GroupNetworks.Builder networks =
                new GroupNetworks.Builder(columns, leastRows, calibration.threshold(), pooled.parameters().length);
        List<String> features = encoder.layout().columns();
        for (GroupSize group : all) {
            GroupResult result = results.get(group.key());
            if (result == null) {
                networks.add(group.key(), group.training(), group.heldOut(), Fate.FEW_ROWS, Double.NaN);
            } else if (result.fate() != Fate.OWN) {
                networks.add(group.key(), group.training(), group.heldOut(), result.fate(), result.gain());
            } else {
                add(networks, group, result, features, rule, plan.scoringSamples());
            }
        }
        return networks.build();
    }

    private static void add(
            GroupNetworks.Builder networks,
            GroupSize group,
            GroupResult result,
            List<String> features,
            ThresholdRule rule,
            int samples) {
        if (!isEnough(result.scores().length, rule)) {
            networks.add(group.key(), group.training(), group.heldOut(), Fate.NO_THRESHOLD, result.gain());
            return;
        }
        Calibration own;
        try {
            own = Calibration.of(result.scores(), rule, samples, Optional.ofNullable(result.normal(features)));
        } catch (ElbowException e) {
            if (e.category() != ErrorCategory.INPUT) {
                throw e;
            }
            networks.add(group.key(), group.training(), group.heldOut(), Fate.NO_THRESHOLD, result.gain());
            return;
        }
        networks.add(group.key(), group.training(), group.heldOut(), result.gain(), own, result.changes());
    }

    /**
     * Whether a share of so many held-out rows is at least one row, so that the threshold can be among them; a tail is
     * followed beyond them.
     */
    static boolean isEnough(int heldOut, ThresholdRule rule) {
        return rule instanceof ThresholdRule.Tail || heldOut * (1 - rule.shareBelow()) >= 1 - ROUNDING;
    }

    /** Releases what is laid out. */
    @Override
    public void close() {
        shards.close();
    }
}
