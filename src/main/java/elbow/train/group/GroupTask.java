package elbow.train.group;

import elbow.base.Digests;
import elbow.data.feature.FeatureLayout;
import elbow.data.shard.GroupRows;
import elbow.data.shard.GroupShards;
import elbow.data.shard.PackedRows;
import elbow.math.Precision;
import elbow.model.ParameterChanges;
import elbow.model.TrainedGroup.Fate;
import elbow.score.AnomalyScoring;
import elbow.score.EncodedScores;
import elbow.score.ModelInTask;
import elbow.score.ScoringModel;
import elbow.train.averaging.InnerOptimizer;
import elbow.train.averaging.LearningRate;
import elbow.train.averaging.LearningRateSchedule;
import elbow.train.averaging.SingleReplica;
import elbow.train.plan.TrainingPlan;
import elbow.vae.VaeSpec;
import elbow.vae.VaeSpecJson;
import elbow.vae.objective.KlSchedule;
import elbow.vae.objective.Objective;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.spark.broadcast.Broadcast;
import org.jspecify.annotations.Nullable;

/**
 * Trains the pooled network on with the rows of one group, measures it a few times on the group's held-out rows, and
 * keeps the best state, if that is better than the pooled one. A function of the group's rows, the pooled network and
 * the seed.
 */
final class GroupTask implements GroupShards.Work<GroupResult> {
    private static final long serialVersionUID = 1L;

    /** Fewer held-out rows tell nothing. */
    static final int LEAST_HELD_OUT = 10;

    /** Examples that training of a group adds up to, about. */
    private static final int EXAMPLES = 64_000;

    private static final int FEWEST_EPOCHS = 4;
    private static final int MOST_EPOCHS = 60;

    /** How often a network is measured at most. */
    private static final int MEASUREMENTS = 10;

    /** Measurements without a better one after which training ends. */
    private static final int PATIENCE = 3;

    private final Broadcast<ScoringModel> pooled;
    // Text, because a spec is a record with sealed parts, which not every serializer of Spark's can write.
    private final String spec;
    private final InnerOptimizer optimizer;
    private final Precision precision;
    private final int batchSize;
    private final double trimmedShare;
    private final double learningRate;
    private final long seed;
    private final List<String> keys;
    private final FeatureLayout layout;
    private final AnomalyScoring scoring;
    private transient @Nullable ModelInTask used;

    /** @param keys of the groups, by their numbers */
    GroupTask(
            Broadcast<ScoringModel> pooled,
            TrainingPlan plan,
            List<String> keys,
            FeatureLayout layout,
            AnomalyScoring scoring) {
        this.pooled = pooled;
        spec = VaeSpecJson.write(settled(plan.spec())).toString();
        optimizer = plan.optimizer();
        precision = plan.precision();
        batchSize = plan.batchSize();
        trimmedShare = plan.trimmedShare();
        learningRate = plan.learningRate().base();
        seed = plan.seed();
        this.keys = keys;
        this.layout = layout;
        this.scoring = scoring;
    }

    // The KL term had its full weight when the pooled network was kept.
    private static VaeSpec settled(VaeSpec spec) {
        Objective objective = spec.objective();
        return new VaeSpec(
                spec.row(),
                spec.latentLayers(),
                spec.hierarchy(),
                spec.prior(),
                new Objective(
                        objective.bound(),
                        objective.samples(),
                        objective.beta(),
                        objective.freeBits(),
                        objective.freeBitsScope(),
                        new KlSchedule.Constant(),
                        objective.capacity(),
                        objective.maskShare()));
    }

    @Override
    public GroupResult of(GroupRows rows) {
        int training = GroupRows.count(rows.training());
        if (training == 0 || GroupRows.count(rows.heldOut()) < LEAST_HELD_OUT) {
            return GroupResult.pooled(rows.group(), Fate.FEW_ROWS, Double.NaN);
        }
        float[] start = pooled.value().parameters();
        double[] before = measure(start, rows.heldOut()).elbos();
        int epochs = Math.max(FEWEST_EPOCHS, Math.min(MOST_EPOCHS, EXAMPLES / training));
        SingleReplica replica = new SingleReplica(
                new SingleReplica.Settings(
                        VaeSpecJson.read("spec of the groups", spec),
                        optimizer,
                        precision,
                        batchSize,
                        trimmedShare,
                        new LearningRate(learningRate, 0, new LearningRateSchedule.Cosine(0)),
                        epochs),
                seedOf(keys.get(rows.group())),
                rows.training(),
                start);
        return best(rows, start, before, replica, epochs);
    }

    private GroupResult best(GroupRows rows, float[] start, double[] before, SingleReplica replica, int epochs) {
        Gain highest = new Gain(Double.NEGATIVE_INFINITY, 0);
        byte[] changes = new byte[0];
        EncodedScores scores = null;
        int since = 0;
        int done = 0;
        while (done < epochs && since < PATIENCE) {
            int next = Math.min(epochs - done, (epochs + MEASUREMENTS - 1) / MEASUREMENTS);
            if (!replica.train(next)) {
                break;
            }
            done += next;
            // Measured as it will be kept.
            byte[] now = ParameterChanges.of(start, replica.parameters());
            float[] kept = new float[start.length];
            ParameterChanges.apply(now, 0, now.length, start, kept);
            EncodedScores measured = measure(kept, rows.heldOut());
            Gain gain = Gain.of(before, measured.elbos(), trimmedShare);
            if (!gain.isFinite()) {
                break;
            }
            if (gain.mean() > highest.mean()) {
                highest = gain;
                changes = now;
                scores = measured;
                since = 0;
            } else {
                since++;
            }
        }
        if (scores == null) {
            return GroupResult.pooled(rows.group(), Fate.NOT_FINITE, Double.NaN);
        }
        return highest.isClear()
                ? GroupResult.own(rows.group(), highest.mean(), changes, scores.anomalyScores(), scores.normalParts())
                : GroupResult.pooled(rows.group(), Fate.NOT_BETTER, highest.mean());
    }

    private EncodedScores measure(float[] parameters, List<PackedRows> rows) {
        ModelInTask model = used;
        if (model == null) {
            model = ModelInTask.ofTask(pooled.value());
            used = model;
        }
        model.useParameters(parameters);
        return EncodedScores.of(model, rows, layout, scoring);
    }

    // Other groups have other noise, and none has another for being trained beside others.
    private long seedOf(String key) {
        String digest = Digests.sha256(key.getBytes(StandardCharsets.UTF_8));
        return seed ^ Long.parseUnsignedLong(digest.substring(0, Long.BYTES * 2), 16);
    }
}
