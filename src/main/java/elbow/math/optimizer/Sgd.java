package elbow.math.optimizer;

import elbow.math.FloatMemory;

/** Plain stochastic gradient descent: parameters -= learningRate x gradients. */
public final class Sgd implements Optimizer {
    private final float[] values = new float[OptimizerChecks.TILE];
    private final float[] slopes = new float[OptimizerChecks.TILE];
    private final float[] changed = new float[OptimizerChecks.TILE];

    @Override
    public void step(FloatMemory parameters, FloatMemory gradients, long iteration, double learningRate) {
        OptimizerChecks.check(parameters, gradients, iteration, learningRate);
        int length = parameters.length();
        for (int offset = 0; offset < length; offset += OptimizerChecks.TILE) {
            int count = Math.min(OptimizerChecks.TILE, length - offset);
            parameters.get(offset, values, count);
            gradients.get(offset, slopes, count);
            descend(values, slopes, (float) learningRate, changed, count);
            parameters.put(offset, changed, count);
        }
    }

    private static void descend(float[] values, float[] slopes, float rate, float[] changed, int count) {
        for (int i = 0; i < count; i++) {
            changed[i] = values[i] - rate * slopes[i];
        }
    }
}
