package elbow.train;

import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;

/** What turns a replica's gradients into steps. */
public enum Optimizer {
    /** Adam with its authors' constants (Kingma and Ba 2015): 0.9, 0.999, 1e-8. */
    ADAM {
        @Override
        IUpdater updater(double learningRate) {
            return new Adam(learningRate);
        }
    },
    /** Plain stochastic gradient descent. */
    SGD {
        @Override
        IUpdater updater(double learningRate) {
            return new Sgd(learningRate);
        }
    };

    abstract IUpdater updater(double learningRate);
}
