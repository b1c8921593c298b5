package elbow.vae;

import elbow.math.FloatMemory;
import elbow.math.Optimizer;
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
     * @param rows row-major, rowCount x inputSize, encoded
     * @param rowCount 1 to the engine's maximum
     * @param rowKeys the key of each row's noise
     * @param seed of the training run
     * @param step global step, counted from 0
     * @param learningRate of this step, at least 0
     * @param statistics sums over rows to add to, at the parameters before the step; null if not wanted
     * @throws IllegalArgumentException as {@link VaeEngine#gradient}; the parameters are untouched then
     */
    public void step(
            float[] rows,
            int rowCount,
            long[] rowKeys,
            long seed,
            long step,
            double learningRate,
            @Nullable BatchStatistics statistics) {
        step(rows, null, rowCount, rowKeys, seed, step, step + 1, learningRate, statistics);
    }

    /**
     * As {@link #step(float[], int, long[], long, long, double, BatchStatistics)}, of rows with gaps.
     *
     * @param observed as in {@link VaeEngine#gradient(float[], byte[], int, long[], long, long, double,
     *     BatchStatistics)}
     */
    public void step(
            float[] rows,
            byte @Nullable [] observed,
            int rowCount,
            long[] rowKeys,
            long seed,
            long step,
            double learningRate,
            @Nullable BatchStatistics statistics) {
        step(rows, observed, rowCount, rowKeys, seed, step, step + 1, learningRate, statistics);
    }

    /**
     * As {@link #step(float[], int, long[], long, long, double, BatchStatistics)}, for an optimizer whose own count is
     * another than the global step.
     *
     * @param iteration the optimizer's count, from 1
     */
    public void step(
            float[] rows,
            int rowCount,
            long[] rowKeys,
            long seed,
            long step,
            long iteration,
            double learningRate,
            @Nullable BatchStatistics statistics) {
        step(rows, null, rowCount, rowKeys, seed, step, iteration, learningRate, statistics);
    }

    /**
     * As {@link #step(float[], int, long[], long, long, long, double, BatchStatistics)}, of rows with gaps.
     *
     * @param observed as in {@link VaeEngine#gradient(float[], byte[], int, long[], long, long, double,
     *     BatchStatistics)}
     */
    public void step(
            float[] rows,
            byte @Nullable [] observed,
            int rowCount,
            long[] rowKeys,
            long seed,
            long step,
            long iteration,
            double learningRate,
            @Nullable BatchStatistics statistics) {
        engine.gradient(rows, observed, rowCount, rowKeys, seed, step, 1.0 / rowCount, statistics);
        optimizer.step(parameters, gradients, iteration, learningRate);
    }
}
