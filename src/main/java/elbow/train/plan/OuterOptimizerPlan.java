package elbow.train.plan;

import elbow.base.Configuration;
import elbow.train.averaging.OuterOptimizer;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * The outer optimizer, as far as it is known before the length of a round is.
 *
 * @param kind of outer optimizer
 * @param learningRate above 0; empty: by the rules of {@link #at}
 * @param momentum in [0, 1); empty: by the rules of {@link #at}
 * @param replicas at least 1
 */
public record OuterOptimizerPlan(Kind kind, OptionalDouble learningRate, OptionalDouble momentum, int replicas) {
    /** DiLoCo's (Douillard et al. 2023). */
    private static final double NESTEROV_RATE = 0.7;

    /** DiLoCo's, and the upper bound of "auto". */
    private static final double LARGEST_MOMENTUM = 0.9;

    /** SlowMo's (Wang et al. 2020). */
    private static final double SLOWMO_RATE = 1;

    private static final double SLOWMO_MOMENTUM = 0.5;

    /** The longest round that "auto" chooses: replicas that drift apart for longer gain less from averaging. */
    private static final int LONGEST_ROUND = 2000;

    /**
     * Most minibatch steps that the memory of the velocity, 1 / (1 - momentum) rounds, may span: beyond, the outer step
     * overshoots, and the overshoot grows.
     */
    private static final double REMEMBERED_STEPS = 2500;

    /** Outer optimizers. */
    public enum Kind {
        AVERAGE,
        NESTEROV,
        SLOWMO
    }

    /** The words of the configuration. */
    private enum Choice {
        AUTO,
        AVERAGE,
        NESTEROV,
        SLOWMO
    }

    /** @param replicas how many are averaged; 1 if the master can do only plain averaging */
    static OuterOptimizerPlan resolve(Configuration configuration, int replicas) {
        Kind kind = switch (configuration.choice("training.outer.optimizer", Choice.class)) {
            case AUTO -> replicas == 1 ? Kind.AVERAGE : Kind.NESTEROV;
            case AVERAGE -> Kind.AVERAGE;
            case NESTEROV -> Kind.NESTEROV;
            case SLOWMO -> Kind.SLOWMO;
        };
        return new OuterOptimizerPlan(
                kind,
                configuration.positiveDoubleOrAuto("training.outer.learning-rate"),
                configuration.fractionOrAuto("training.outer.momentum"),
                replicas);
    }

    /** An outer optimizer that is the same however long a round is. */
    public static OuterOptimizerPlan of(OuterOptimizer outer) {
        if (outer instanceof OuterOptimizer.Nesterov nesterov) {
            return fixed(Kind.NESTEROV, nesterov.learningRate(), nesterov.momentum());
        }
        if (outer instanceof OuterOptimizer.SlowMo slowMo) {
            return fixed(Kind.SLOWMO, slowMo.learningRate(), slowMo.momentum());
        }
        return new OuterOptimizerPlan(Kind.AVERAGE, OptionalDouble.empty(), OptionalDouble.empty(), 1);
    }

    private static OuterOptimizerPlan fixed(Kind kind, double learningRate, double momentum) {
        return new OuterOptimizerPlan(kind, OptionalDouble.of(learningRate), OptionalDouble.of(momentum), 1);
    }

    /**
     * The outer optimizer of rounds of so many steps.
     *
     * @param steps of a round, at least 1
     */
    public OuterOptimizer at(int steps) {
        return switch (kind) {
            case AVERAGE -> new OuterOptimizer.Average();
            case NESTEROV -> nesterov(steps);
            case SLOWMO ->
                new OuterOptimizer.SlowMo(learningRate.orElse(SLOWMO_RATE), momentum.orElse(SLOWMO_MOMENTUM));
        };
    }

    /** The result of {@link #at}, in words. */
    public String describe(int steps) {
        OuterOptimizer outer = at(steps);
        if (outer instanceof OuterOptimizer.Nesterov nesterov) {
            return describe("Nesterov", nesterov.learningRate(), nesterov.momentum());
        }
        if (outer instanceof OuterOptimizer.SlowMo slowMo) {
            return describe("SlowMo", slowMo.learningRate(), slowMo.momentum());
        }
        return "plain average";
    }

    private static String describe(String name, double rate, double momentum) {
        return String.format(Locale.ROOT, "%s, step size %.3g, momentum %.3g", name, rate, momentum);
    }

    /** Steps of the longest round that "auto" chooses, regardless of overhead. */
    public int longestRound() {
        boolean momentumFollowsTheRound = kind == Kind.NESTEROV && momentum.isEmpty();
        return momentumFollowsTheRound
                ? LONGEST_ROUND
                : (int) Math.min(LONGEST_ROUND, Math.round(REMEMBERED_STEPS * (1 - at(1).momentum())));
    }

    // Under a constant gradient the steps add up to learning rate / (1 - momentum) times it. Replicas whose gradients
    // agree should move by the sum of their differences, which is the mean times their number; anything beyond
    // overshoots, as does a high momentum in long rounds. The lower the momentum, the larger the learning rate, so that
    // the total never falls below the mean.
    private OuterOptimizer nesterov(int steps) {
        double summing = 1 - learningRate.orElse(NESTEROV_RATE) / replicas;
        double stable = 1 - steps / REMEMBERED_STEPS;
        double automatic = Math.max(0, Math.min(LARGEST_MOMENTUM, Math.min(summing, stable)));
        double chosen = momentum.orElse(automatic);
        return new OuterOptimizer.Nesterov(learningRate.orElse(Math.max(NESTEROV_RATE, 1 - chosen)), chosen);
    }
}
