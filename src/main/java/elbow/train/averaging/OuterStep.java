package elbow.train.averaging;

import java.util.Arrays;

/**
 * Computes the state that the next round begins with from what the replicas return. Means, outer optimizer and moments
 * are computed range by range on all cores of the driver, because the cluster is idle meanwhile.
 */
final class OuterStep {
    private final AveragingState state;
    private final ReplicaSum sum;
    private final OuterOptimizer outer;
    private final double innerLearningRate;
    private final float[] parameters;
    private final float[] firstMoments;
    private final float[] secondMoments;
    private final float[] velocity;
    private final float[] teacher;

    private OuterStep(AveragingState state, ReplicaSum sum, OuterOptimizer outer, double innerLearningRate) {
        this.state = state;
        this.sum = sum;
        this.outer = outer;
        this.innerLearningRate = innerLearningRate;
        parameters = new float[sum.length()];
        firstMoments = new float[sum.has(StateVector.FIRST_MOMENTS) ? sum.length() : 0];
        secondMoments = new float[sum.has(StateVector.SECOND_MOMENTS) ? sum.length() : 0];
        velocity = new float[state.velocity().length];
        teacher = new float[sum.has(StateVector.TEACHER) ? sum.length() : 0];
    }

    /**
     * The state after {@code steps} minibatch steps from {@code state}, which stays as it is.
     *
     * @param sum with a mean
     * @param innerLearningRate the replicas' own learning rate in this round
     */
    static AveragingState next(
            AveragingState state, int steps, ReplicaSum sum, OuterOptimizer outer, double innerLearningRate) {
        OuterStep step = new OuterStep(state, sum, outer, innerLearningRate);
        Ranges.forEach(sum.length(), step::range);
        return new AveragingState(
                state.step() + steps,
                state.round() + 1,
                step.parameters,
                step.firstMoments.length == 0 ? null : step.firstMoments,
                step.secondMoments.length == 0 ? null : step.secondMoments,
                step.velocity,
                step.teacher.length == 0 ? null : step.teacher);
    }

    private void range(int from, int to) {
        double[] mean = new double[to - from];
        sum.mean(StateVector.PARAMETERS, from, mean);
        float[] some = Arrays.copyOfRange(state.parameters(), from, to);
        float[] speeds = velocity.length == 0 ? velocity : Arrays.copyOfRange(state.velocity(), from, to);
        outer.step(some, mean, speeds, innerLearningRate);
        System.arraycopy(some, 0, parameters, from, some.length);
        if (speeds.length > 0) {
            System.arraycopy(speeds, 0, velocity, from, speeds.length);
        }
        mean(StateVector.FIRST_MOMENTS, from, mean, firstMoments);
        mean(StateVector.SECOND_MOMENTS, from, mean, secondMoments);
        mean(StateVector.TEACHER, from, mean, teacher);
    }

    private void mean(StateVector vector, int from, double[] mean, float[] means) {
        if (means.length == 0) {
            return;
        }
        sum.mean(vector, from, mean);
        for (int i = 0; i < mean.length; i++) {
            means[from + i] = (float) mean[i];
        }
    }
}
