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
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The groups of a training: found and laid out before the pooled network is trained, trained after it. */
public final class GroupTraining implements AutoCloseable {
    /** 1 - 0.9 is less than 0.1 in doubles. */
    private static final double ROUNDING = 1e-9;

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
        GroupLimits.requireRoom(large.size(), parameters);
        List<String> features = encoder.layout().columns();
        int mostHeldOut = GroupLimits.mostHeldOut(encoder.width());
        GroupLimits.requireRoomInIndex(all, large, features, mostHeldOut);
        long resultBytes = GroupLimits.resultBytes(large, parameters, features.size(), mostHeldOut);
        GroupLimits.requireRoomForResults(spark.getConf(), resultBytes, large.size());
        // The largest first: the last ones to end are short.
        large.sort(Comparator.comparingLong(GroupSize::rows).reversed().thenComparing(GroupSize::key));
        GroupShards shards =
                GroupShards.keep(training, heldOut, encoder, by, large, plan.seed(), spark.defaultParallelism());
        return new GroupTraining(columns, leastRows, all, shards);
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
            int mostRows = GroupLimits.mostRows(encoder.width());
            int mostHeldOut = GroupLimits.mostHeldOut(encoder.width());
            for (GroupResult result : shards.map(mostRows, mostHeldOut, task).collect()) {
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
