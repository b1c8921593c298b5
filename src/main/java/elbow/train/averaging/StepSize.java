package elbow.train.averaging;

/** The optimizer's learning rate as a function of the global step. */
@FunctionalInterface
public interface StepSize {
    /**
     * The rate at {@code step}, above 0.
     *
     * @param step global step, from 0
     * @param totalSteps steps of the whole run
     */
    double at(long step, long totalSteps);
}
