package elbow.train.averaging;

import elbow.base.Check;
import org.jspecify.annotations.Nullable;

/**
 * The state of a run between two rounds: all that later rounds depend on besides plan and rows. Immutable by
 * convention: nobody changes the arrays.
 *
 * @param step minibatch steps made, of each replica
 * @param round rounds made
 * @param parameters of the averaged network
 * @param firstMoments the optimizer's; null if it has none or they are reset
 * @param secondMoments likewise
 * @param velocity the outer optimizer's; empty if it has none
 * @param teacher parameters of the one that says which rows to leave out; null if none is
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record AveragingState(
        long step,
        int round,
        float[] parameters,
        float @Nullable [] firstMoments,
        float @Nullable [] secondMoments,
        float[] velocity,
        float @Nullable [] teacher) {
    public AveragingState {
        Check.argument(step >= 0, "step", "be at least 0", step);
        Check.argument(round >= 0, "round", "be at least 0", round);
        int length = parameters.length;
        boolean same = (firstMoments == null || firstMoments.length == length)
                && (secondMoments == null || secondMoments.length == length)
                && (velocity.length == 0 || velocity.length == length)
                && (teacher == null || teacher.length == length);
        Check.argument(same, "moments, velocity and teacher", "be as long as the parameters or absent", length);
    }

    /** The state of a run that leaves no rows out. */
    public AveragingState(
            long step,
            int round,
            float[] parameters,
            float @Nullable [] firstMoments,
            float @Nullable [] secondMoments,
            float[] velocity) {
        this(step, round, parameters, firstMoments, secondMoments, velocity, null);
    }

    /** The state before the first round. */
    static AveragingState initial(float[] parameters, boolean withMoments, boolean withTeacher, OuterOptimizer outer) {
        int length = parameters.length;
        return new AveragingState(
                0,
                0,
                parameters.clone(),
                withMoments ? new float[length] : null,
                withMoments ? new float[length] : null,
                new float[outer.hasVelocity() ? length : 0],
                withTeacher ? parameters.clone() : null);
    }
}
