package elbow.train.averaging;

import elbow.math.FloatTiles;
import elbow.math.Optimizer;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;

/** What turns the gradients of a replica into steps; {@link OuterOptimizer} is the driver's. */
public enum InnerOptimizer {
    /** Adam with its authors' constants (Kingma and Ba 2015): 0.9, 0.999, 1e-8. */
    ADAM {
        @Override
        public IUpdater updater(double learningRate) {
            return new Adam(learningRate);
        }

        @Override
        public boolean hasMoments() {
            return true;
        }

        @Override
        public Optimizer create(FloatTiles firstMoments, FloatTiles secondMoments) {
            return new elbow.math.Adam(elbow.math.Adam.Settings.STANDARD, firstMoments, secondMoments);
        }
    },
    /** Plain stochastic gradient descent. */
    SGD {
        @Override
        public IUpdater updater(double learningRate) {
            return new Sgd(learningRate);
        }

        @Override
        public boolean hasMoments() {
            return false;
        }

        @Override
        public Optimizer create(FloatTiles firstMoments, FloatTiles secondMoments) {
            return new elbow.math.Sgd();
        }
    };

    /** DL4J's own. */
    public abstract IUpdater updater(double learningRate);

    /** Whether it keeps two moments for each parameter. */
    public abstract boolean hasMoments();

    /**
     * The kernel's own.
     *
     * @param firstMoments worked on in place, as {@code secondMoments}; of any length if there are none
     */
    public abstract Optimizer create(FloatTiles firstMoments, FloatTiles secondMoments);
}
