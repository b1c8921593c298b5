package elbow.math.optimizer;

import elbow.base.Check;
import elbow.math.FloatMemory;

/**
 * Adam, and AdamW with a weight decay above 0. With m = beta1 m + (1 - beta1) g and v = beta2 v + (1 - beta2) g^2, both
 * corrected for their start at zero:
 *
 * <pre>parameters -= learningRate (m / (1 - beta1^t) / (sqrt(v / (1 - beta2^t)) + epsilon) + weightDecay parameters)
 * </pre>
 *
 * <p>See: D. P. Kingma, J. Ba. Adam: a method for stochastic optimization. ICLR 2015. I. Loshchilov, F. Hutter.
 * Decoupled weight decay regularization. ICLR 2019.
 */
public final class Adam implements Optimizer {
    private final Settings settings;
    private final FloatTiles firstMoments;
    private final FloatTiles secondMoments;
    private final float[] values = new float[OptimizerChecks.TILE];
    private final float[] slopes = new float[OptimizerChecks.TILE];
    private final float[] firstPart = new float[OptimizerChecks.TILE];
    private final float[] secondPart = new float[OptimizerChecks.TILE];

    // Of the step that is being made.
    private float rate;
    private float epsilon;
    private float keep;

    /**
     * The rule's constants.
     *
     * @param beta1 decay of the first moment, in [0, 1)
     * @param beta2 decay of the second moment, in [0, 1)
     * @param epsilon added to the root of the second moment, above 0
     * @param weightDecay decoupled decay, at least 0
     */
    public record Settings(double beta1, double beta2, double epsilon, double weightDecay) {
        /** Kingma and Ba's constants, no weight decay. */
        public static final Settings STANDARD = new Settings(0.9, 0.999, 1e-8, 0);

        public Settings {
            Check.fraction("beta1", beta1);
            Check.fraction("beta2", beta2);
            Check.positive("epsilon", epsilon);
            Check.notNegative("weightDecay", weightDecay);
        }
    }

    /**
     * Works on the given moments in place: zeros for a new run, or those of the run to continue.
     *
     * @throws IllegalArgumentException if the moments differ in length
     */
    public Adam(Settings settings, FloatTiles firstMoments, FloatTiles secondMoments) {
        Check.argument(
                firstMoments.length() == secondMoments.length(),
                "secondMoments' length",
                "be " + firstMoments.length(),
                secondMoments.length());
        this.settings = settings;
        this.firstMoments = firstMoments;
        this.secondMoments = secondMoments;
    }

    @Override
    public void step(FloatMemory parameters, FloatMemory gradients, long iteration, double learningRate) {
        OptimizerChecks.check(parameters, gradients, iteration, learningRate);
        int length = parameters.length();
        if (length != firstMoments.length()) {
            Check.argument(false, "parameters' length", "be " + firstMoments.length(), length);
        }
        begin(iteration, learningRate);
        float beta1 = (float) settings.beta1();
        float beta2 = (float) settings.beta2();
        for (int offset = 0; offset < length; offset += OptimizerChecks.TILE) {
            int count = Math.min(OptimizerChecks.TILE, length - offset);
            gradients.get(offset, slopes, count);
            parameters.get(offset, values, count);
            int tile = offset / OptimizerChecks.TILE;
            descend(
                    slopes,
                    firstMoments.tile(tile),
                    secondMoments.tile(tile),
                    values,
                    beta1,
                    beta2,
                    rate,
                    epsilon,
                    keep,
                    count);
            parameters.put(offset, values, count);
        }
    }

    /** Takes the number and the learning rate of the steps that follow. */
    void begin(long iteration, double learningRate) {
        double firstCorrection = 1 - Math.pow(settings.beta1(), (double) iteration);
        double secondCorrection = Math.sqrt(1 - Math.pow(settings.beta2(), (double) iteration));
        // m' / (sqrt(v') + epsilon) with both corrections pulled out of the loop.
        rate = (float) (learningRate * secondCorrection / firstCorrection);
        epsilon = (float) (settings.epsilon() * secondCorrection);
        keep = (float) (1 - learningRate * settings.weightDecay());
    }

    /**
     * The step of {@code count} parameters from {@code start} on alone, to the bit that of {@link #step}; after
     * {@link #begin}.
     */
    void stepPart(FloatMemory parameters, FloatMemory gradients, int start, int count) {
        float beta1 = (float) settings.beta1();
        float beta2 = (float) settings.beta2();
        int end = start + count;
        int offset = start;
        while (offset < end) {
            int inTile = offset % OptimizerChecks.TILE;
            int some = Math.min(OptimizerChecks.TILE - inTile, end - offset);
            float[] first = firstMoments.tile(offset / OptimizerChecks.TILE);
            float[] second = secondMoments.tile(offset / OptimizerChecks.TILE);
            gradients.get(offset, slopes, some);
            parameters.get(offset, values, some);
            System.arraycopy(first, inTile, firstPart, 0, some);
            System.arraycopy(second, inTile, secondPart, 0, some);
            descend(slopes, firstPart, secondPart, values, beta1, beta2, rate, epsilon, keep, some);
            System.arraycopy(firstPart, 0, first, inTile, some);
            System.arraycopy(secondPart, 0, second, inTile, some);
            parameters.put(offset, values, some);
            offset += some;
        }
    }

    // In place and with three destinations, which the compiler vectorizes as long as each array is only met at i.
    private static void descend(
            float[] slopes,
            float[] first,
            float[] second,
            float[] values,
            float beta1,
            float beta2,
            float rate,
            float epsilon,
            float keep,
            int count) {
        float share1 = 1f - beta1;
        float share2 = 1f - beta2;
        for (int i = 0; i < count; i++) {
            float mean = beta1 * first[i] + share1 * slopes[i];
            float square = beta2 * second[i] + share2 * slopes[i] * slopes[i];
            first[i] = mean;
            second[i] = square;
            values[i] = keep * values[i] - rate * mean / ((float) Math.sqrt(square) + epsilon);
        }
    }
}
