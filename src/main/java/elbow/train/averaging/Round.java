package elbow.train.averaging;

import java.io.Serializable;

/** One round: the steps that every replica makes, and the learning rate of each. */
final class Round implements Serializable {
    private static final long serialVersionUID = 1L;

    private final long firstStep;
    private final double[] learningRates;

    /**
     * @param firstStep global step of the first minibatch, from 0
     * @param learningRates one for each step
     */
    Round(long firstStep, double[] learningRates) {
        this.firstStep = firstStep;
        this.learningRates = learningRates;
    }

    long firstStep() {
        return firstStep;
    }

    int steps() {
        return learningRates.length;
    }

    double learningRate(long step) {
        return learningRates[(int) (step - firstStep)];
    }
}
