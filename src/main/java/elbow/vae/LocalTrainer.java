package elbow.vae;

import elbow.math.FloatMemory;
import elbow.math.optimizer.Optimizer;
import elbow.vae.input.RowBatch;
import org.jspecify.annotations.Nullable;

/**
 * One replica's training loop body: gradient of the minibatch mean, then one optimizer step. The step counter numbers
 * noise, KL schedule and the optimizer's bias correction alike.
 */
public final class LocalTrainer {
    private final VaeEngine engine;
    private final Optimizer optimizer;
    private final FloatMemory parameters;
    private final FloatMemory gradients;

    /** Binds the engine to the given memory, which is changed in place by every step. */
    public LocalTrainer(VaeEngine engine, Optimizer optimizer, FloatMemory parameters, FloatMemory gradients) {
        this.engine = engine;
        this.optimizer = optimizer;
        this.parameters = parameters;
        this.gradients = gradients;
        engine.bind(parameters, gradients);
    }

    /**
     * One step. Allocates nothing.
     *
     * @param batch 1 row to the engine's maximum
     * @param seed of the training run
     * @param step global step, counted from 0
     * @param learningRate of this step, at least 0
     * @param statistics sums over rows to add to, at the parameters before the step; null if not wanted
     * @throws IllegalArgumentException as {@link VaeEngine#gradient}; the parameters are untouched then
     */
    public void step(RowBatch batch, long seed, long step, double learningRate, @Nullable BatchStatistics statistics) {
        step(batch, seed, step, step + 1, learningRate, statistics);
    }

    /**
     * As {@link #step(RowBatch, long, long, double, BatchStatistics)}, for an optimizer whose own count is another than
     * the global step.
     *
     * @param iteration the optimizer's count, from 1
     */
    public void step(
            RowBatch batch,
            long seed,
            long step,
            long iteration,
            double learningRate,
            @Nullable BatchStatistics statistics) {
        engine.gradient(batch, seed, step, 1.0 / batch.count(), statistics);
        optimizer.step(parameters, gradients, iteration, learningRate);
    }
}
