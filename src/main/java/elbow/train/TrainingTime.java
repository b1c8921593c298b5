package elbow.train;

import elbow.dl4j.VaeNetworks;
import elbow.train.averaging.AveragingRounds;
import elbow.train.plan.TrainingPlan;

/** How long a training will take, before it begins. */
public final class TrainingTime {
    private TrainingTime() {}

    /**
     * Seconds of a plan's minibatch steps, roughly: by some steps that are made here and now. What rounds and
     * measurements cost beside comes on top, and where executors are not like this machine it is another number.
     *
     * @param columnMeans of the encoded columns, which stand for the rows
     * @param steps minibatches that each replica makes
     * @param cores tasks that the cluster runs at once, at least 1
     */
    public static double seconds(TrainingPlan plan, float[] columnMeans, long steps, int cores) {
        AveragingRounds.Plan timed = AveragedReplicas.plan(plan);
        float[] parameters = VaeNetworks.parametersOf(VaeNetworks.create(
                plan.spec(),
                plan.scoringSamples(),
                plan.optimizer().updater(plan.learningRate().base()),
                plan.seed(),
                columnMeans));
        int turns = (plan.replicas() + cores - 1) / cores;
        // A mean need not be a value that there can be: no category is half a category.
        float[] row = plan.spec().row().valuesNear(columnMeans);
        return turns * steps * AveragingRounds.secondsPerStep(timed, parameters, row);
    }
}
