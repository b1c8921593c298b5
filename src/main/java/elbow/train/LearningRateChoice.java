package elbow.train;

import elbow.base.Configuration;
import elbow.train.averaging.LearningRate;
import elbow.train.averaging.LearningRateSchedule;

/** Resolves the configuration's learning rate. */
final class LearningRateChoice {
    private enum Shape {
        CONSTANT,
        COSINE,
        STEP
    }

    private LearningRateChoice() {}

    /** @param steps minibatch steps that a replica will make in the whole run, about */
    static LearningRate resolve(Configuration configuration, long steps) {
        String section = "training.learning-rate-schedule.";
        double finalFraction = configuration.fraction(section + "final-fraction");
        int every = configuration.positiveIntOrAuto(section + "step-every").orElse((int)
                Math.min(Integer.MAX_VALUE, Math.max(1, steps / 3)));
        LearningRateSchedule schedule = switch (configuration.choice(section + "shape", Shape.class)) {
            case CONSTANT -> new LearningRateSchedule.Constant();
            case COSINE -> new LearningRateSchedule.Cosine(finalFraction);
            case STEP -> new LearningRateSchedule.Step(every, configuration.positiveDouble(section + "step-factor"));
        };
        return new LearningRate(
                configuration.positiveDouble("training.learning-rate"),
                configuration.notNegativeInt(section + "warm-up-steps"),
                schedule);
    }
}
