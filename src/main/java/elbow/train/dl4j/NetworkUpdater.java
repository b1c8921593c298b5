package elbow.train.dl4j;

import elbow.base.Check;
import elbow.dl4j.VaeNetworks;
import elbow.train.averaging.InnerOptimizer;
import elbow.train.averaging.StepSize;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;

/**
 * A DL4J network's updater in Elbow's words.
 *
 * @param updater DL4J's
 * @param optimizer the same rule in the kernel
 */
record NetworkUpdater(IUpdater updater, InnerOptimizer optimizer) {
    /** @throws IllegalArgumentException if the kernel has no such rule */
    static NetworkUpdater of(MultiLayerNetwork network) {
        IUpdater updater = VaeNetworks.layerOf(network).getIUpdater();
        boolean adam = updater instanceof Adam settings
                && settings.getBeta1() == Adam.DEFAULT_ADAM_BETA1_MEAN_DECAY
                && settings.getBeta2() == Adam.DEFAULT_ADAM_BETA2_VAR_DECAY
                && settings.getEpsilon() == Adam.DEFAULT_ADAM_EPSILON;
        Check.argument(
                adam || updater instanceof Sgd,
                "updater of the network",
                "be Sgd, or Adam with its authors' constants",
                updater);
        return new NetworkUpdater(updater, adam ? InnerOptimizer.ADAM : InnerOptimizer.SGD);
    }

    /** The updater's learning rate or schedule, in a given epoch. */
    StepSize stepSize(int epoch) {
        return (step, totalSteps) -> updater.getLearningRate((int) Math.min(Integer.MAX_VALUE, step), epoch);
    }
}
