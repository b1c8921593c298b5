package elbow.train.averaging;

import elbow.base.Check;

/**
 * The driver's step from one round to the next, given the replicas' mean. The parameters at the start of the round
 * minus the mean are the outer gradient.
 */
public sealed interface OuterOptimizer {
    /** Factor by which the velocity decays from one step to the next, in [0, 1). */
    default double momentum() {
        return 0;
    }

    /** Whether {@link #step} reads and writes a velocity. */
    default boolean hasVelocity() {
        return true;
    }

    /**
     * Makes one step; element by element, so that parts of the vectors may be stepped on their own.
     *
     * @param parameters those the round began with; overwritten by those of the next round
     * @param mean the replicas' mean, of the same length
     * @param velocity state between steps, zeros at first, of the same length; empty without one
     * @param innerLearningRate the replicas' own learning rate in this round
     */
    void step(float[] parameters, double[] mean, float[] velocity, double innerLearningRate);

    /** Plain parameter averaging: the next round begins with the mean. */
    record Average() implements OuterOptimizer {
        @Override
        public boolean hasVelocity() {
            return false;
        }

        @Override
        public void step(float[] parameters, double[] mean, float[] velocity, double innerLearningRate) {
            for (int i = 0; i < parameters.length; i++) {
                parameters[i] = (float) mean[i];
            }
        }
    }

    /**
     * Nesterov momentum on the outer gradient g: v = momentum v + g, parameters -= learningRate (momentum v + g).
     *
     * <p>See: A. Douillard et al. DiLoCo: distributed low-communication training of language models. arXiv 2311.08105,
     * algorithm 1.
     *
     * @param learningRate above 0
     * @param momentum in [0, 1)
     */
    record Nesterov(double learningRate, double momentum) implements OuterOptimizer {
        public Nesterov {
            Check.positive("learningRate", learningRate);
            Check.fraction("momentum", momentum);
        }

        @Override
        public void step(float[] parameters, double[] mean, float[] velocity, double innerLearningRate) {
            for (int i = 0; i < parameters.length; i++) {
                double gradient = parameters[i] - mean[i];
                double speed = momentum * velocity[i] + gradient;
                velocity[i] = (float) speed;
                parameters[i] = (float) (parameters[i] - learningRate * (momentum * speed + gradient));
            }
        }
    }

    /**
     * SlowMo: with the inner learning rate a and the outer gradient g, u = momentum u + g / a, parameters -=
     * learningRate a u.
     *
     * <p>See: J. Wang et al. SlowMo: improving communication-efficient distributed SGD with slow momentum. ICLR 2020,
     * algorithm 1.
     *
     * @param learningRate above 0
     * @param momentum in [0, 1)
     */
    record SlowMo(double learningRate, double momentum) implements OuterOptimizer {
        public SlowMo {
            Check.positive("learningRate", learningRate);
            Check.fraction("momentum", momentum);
        }

        @Override
        public void step(float[] parameters, double[] mean, float[] velocity, double innerLearningRate) {
            for (int i = 0; i < parameters.length; i++) {
                double speed = momentum * velocity[i] + (parameters[i] - mean[i]) / innerLearningRate;
                velocity[i] = (float) speed;
                parameters[i] = (float) (parameters[i] - learningRate * innerLearningRate * speed);
            }
        }
    }
}
