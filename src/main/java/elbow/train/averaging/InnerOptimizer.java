package elbow.train.averaging;

import elbow.math.optimizer.FloatTiles;
import elbow.math.optimizer.Muon;
import elbow.math.optimizer.Optimizer;
import elbow.vae.HiddenWeights;
import elbow.vae.VaeSpec;
import java.util.List;
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
        public Optimizer create(VaeSpec spec, FloatTiles firstMoments, FloatTiles secondMoments) {
            return adam(firstMoments, secondMoments);
        }
    },
    /**
     * Muon for the weights of hidden layers, see {@link HiddenWeights}, and Adam for all other parameters. DL4J has no
     * such rule: its own {@code fit} would go on by plain gradient descent.
     */
    MUON {
        @Override
        public IUpdater updater(double learningRate) {
            return new Sgd(learningRate);
        }

        @Override
        public boolean hasMoments() {
            return true;
        }

        @Override
        public Optimizer create(VaeSpec spec, FloatTiles firstMoments, FloatTiles secondMoments) {
            List<Muon.Matrix> matrices = matrices(spec);
            return matrices.isEmpty()
                    ? adam(firstMoments, secondMoments)
                    : new Muon(Muon.Settings.STANDARD, matrices, firstMoments, secondMoments);
        }

        @Override
        public long offHeapBytes(VaeSpec spec) {
            return Muon.offHeapBytes(matrices(spec));
        }

        private static List<Muon.Matrix> matrices(VaeSpec spec) {
            return HiddenWeights.of(spec).stream()
                    .map(block -> new Muon.Matrix(block.offset(), block.rows(), block.columns()))
                    .toList();
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
        public Optimizer create(VaeSpec spec, FloatTiles firstMoments, FloatTiles secondMoments) {
            return new elbow.math.optimizer.Sgd();
        }
    };

    private static Optimizer adam(FloatTiles firstMoments, FloatTiles secondMoments) {
        return new elbow.math.optimizer.Adam(elbow.math.optimizer.Adam.Settings.STANDARD, firstMoments, secondMoments);
    }

    /** DL4J's own; for a rule that DL4J lacks, one without state. */
    public abstract IUpdater updater(double learningRate);

    /** Whether it keeps two moments for each parameter. */
    public abstract boolean hasMoments();

    /**
     * The kernel's own, to be closed.
     *
     * @param spec of the network, whose layout the parameters have
     * @param firstMoments worked on in place, as {@code secondMoments}; of any length if there are none
     */
    public abstract Optimizer create(VaeSpec spec, FloatTiles firstMoments, FloatTiles secondMoments);

    /** Bytes off the heap that the kernel's own allocates. */
    public long offHeapBytes(VaeSpec spec) {
        return 0;
    }
}
