package elbow.train.plan;

import elbow.base.Check;
import elbow.base.Configuration;
import elbow.train.averaging.InnerOptimizer;
import elbow.train.averaging.LearningRate;
import elbow.train.averaging.LearningRateSchedule;
import java.util.Optional;

/** Resolves the configuration's learning rate. */
final class LearningRateResolver {
    private enum Shape {
        CONSTANT,
        COSINE,
        STEP
    }

    /** The value of "auto" for up to {@link #FEW_REPLICAS} replicas. */
    private static final double FEW_REPLICAS_RATE = 1e-3;

    /**
     * The same for images in a dense network, where the rate falls under "auto", too: noise of large steps does not
     * stay. Relus of convolutions do not live through it.
     */
    private static final double FALLING_IMAGE_RATE = 3e-3;

    /** Up to so many replicas do best with that rate. */
    private static final int FEW_REPLICAS = 4;

    private LearningRateResolver() {}

    /**
     * Under "auto" the rate of Adam, and of Muon, whose steps are as large, grows with the root of the number of
     * replicas: their mean is less noisy, and each of them makes fewer steps.
     *
     * <p>See: S. Malladi et al. On the SDEs and scaling rules for adaptive gradient algorithms. NeurIPS 2022 (the
     * square root scaling rule).
     *
     * @param steps minibatch steps that a replica will make in the whole run, about
     * @param averaged replicas of Elbow's own averaging, 1 under the stock master
     * @param falls whether the rate falls under "auto", as it does for images
     * @param dense whether the network has no convolutions
     */
    static LearningRate resolve(Configuration configuration, long steps, int averaged, boolean falls, boolean dense) {
        String section = "training.learning-rate-schedule.";
        Optional<Shape> given = configuration.choiceOrAuto(section + "shape", Shape.class);
        Shape shape = given.orElse(falls ? Shape.COSINE : Shape.CONSTANT);
        boolean adaptive = configuration.choice("training.optimizer", InnerOptimizer.class) != InnerOptimizer.SGD;
        boolean large = falls && given.isEmpty() && dense && adaptive;
        double automatic = (large ? FALLING_IMAGE_RATE : FEW_REPLICAS_RATE)
                * (adaptive ? Math.sqrt(Math.max(1.0, (double) averaged / FEW_REPLICAS)) : 1);
        double finalFraction = configuration.fraction(section + "final-fraction");
        int every = configuration.positiveIntOrAuto(section + "step-every").orElse((int)
                Math.min(Integer.MAX_VALUE, Math.max(1, steps / 3)));
        LearningRateSchedule schedule = switch (shape) {
            case CONSTANT -> new LearningRateSchedule.Constant();
            case COSINE -> new LearningRateSchedule.Cosine(finalFraction);
            case STEP -> new LearningRateSchedule.Step(every, factor(configuration, section + "step-factor"));
        };
        return new LearningRate(
                configuration.positiveDoubleOrAuto("training.learning-rate").orElse(automatic),
                configuration.notNegativeInt(section + "warm-up-steps"),
                schedule);
    }

    private static double factor(Configuration configuration, String key) {
        double factor = configuration.positiveDouble(key);
        Check.usage(factor <= 1, key, "be at most 1", factor);
        return factor;
    }
}
