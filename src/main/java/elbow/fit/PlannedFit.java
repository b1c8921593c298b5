package elbow.fit;

import elbow.base.Check;
import elbow.data.feature.FeatureEncoder;
import elbow.data.infer.ColumnProfile;
import elbow.train.TrainingTime;
import elbow.train.plan.ExecutorMemory;
import elbow.train.plan.TrainingPlan;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a fit will do, known before training.
 *
 * @param columns every column of the rows and how it is used; none where the encoder of a model is kept
 * @param encoder fitted on the training rows
 * @param trainingRows how many rows the network learns from
 * @param validationRows how many are held out
 * @param knownAnomalies how many rows are known to be anomalies, and neither trained on nor held out; empty: none are
 *     given
 * @param setAside how many bad rows were set aside; empty if none would be
 * @param plan every setting, resolved
 * @param memory what the replicas need
 * @param hidden in words, how often values are hidden from the encoder ({@code objective.mask-share}) and, if that was
 *     left to the rows, why; empty if none are, as the settings say
 */
public record PlannedFit(
        List<ColumnProfile> columns,
        FeatureEncoder encoder,
        long trainingRows,
        long validationRows,
        OptionalLong knownAnomalies,
        OptionalLong setAside,
        TrainingPlan plan,
        ExecutorMemory memory,
        Optional<String> hidden) {
    public PlannedFit {
        columns = List.copyOf(columns);
    }

    /** The columns in words: how many are used, and why the others are not. */
    public String describeColumns() {
        return Words.columns(encoder);
    }

    /** The sizes of the network's layers: "784-512-20-512-784". */
    public String network() {
        return Words.network(plan.spec());
    }

    /** Prior, posterior and KL divergence in words, by what they are; empty for a standard normal and a Gaussian. */
    public Map<String, String> latents() {
        return Words.latents(plan.spec());
    }

    /**
     * Minibatches that each replica makes, if training goes on to its last epoch.
     *
     * @param done those of the run that is resumed, as its checkpoint says; 0 from the start
     */
    public long steps(long done) {
        Check.argument(done >= 0, "done", "be at least 0", done);
        long all = plan.epochs() * TrainingPlan.stepsPerEpoch(trainingRows, plan.replicas(), plan.batchSize());
        return Math.max(0, all - done);
    }

    /**
     * Seconds that the replicas' minibatch steps will take, roughly: see {@link TrainingTime}, which makes some.
     *
     * @param steps minibatches that each replica is to make
     * @param cores tasks that the cluster runs at once, at least 1
     */
    public double secondsToTrain(long steps, int cores) {
        return TrainingTime.seconds(plan, encoder.columnMeans(), steps, cores);
    }

    /** How many parameters the network has. */
    public int parameters() {
        return Words.parameters(plan.spec());
    }
}
