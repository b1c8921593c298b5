package elbow.train.plan;

import elbow.base.Configuration;
import elbow.train.averaging.OuterOptimizer;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * What the driver will make of the replicas' mean, as far as that can be said before the length of a round is known.
 *
 * @param kind of outer optimizer
 * @param learningRate above 0; empty: by the rules of {@link #at}
 * @param momentum in [0, 1); empty: by the rules of {@link #at}
 * @param replicas at least 1
 */
public record OuterOptimizerPlan(Kind kind, OptionalDouble learningRate, OptionalDouble momentum, int replicas) {
    /** DiLoCo's (Douillard et al. 2023). */
    private static final double NESTEROV_RATE = 0.7;

    /** DiLoCo's, and the most that "auto" takes. */
    private static final double MOST_MOMENTUM = 0.9;

    /** SlowMo's (Wang et al. 2020). */
    private static final double SLOWMO_RATE = 1;

    private static final double SLOWMO_MOMENTUM = 0.5;

    /** The longest round that "auto" chooses: replicas that go their own way for longer are worth less together. */
    private static final int LONGEST_ROUND = 2000;

    /**
     * Steps of the rounds that an outer optimizer's velocity remembers, which are 1 / (1 - momentum): beyond, it
     * overshoots, farther every time.
     */
    private static final double REMEMBERED_STEPS = 2500;

    /** Outer optimizers. */
    public enum Kind {
        AVERAGE,
        NESTEROV,
        SLOWMO
    }

    /** What the configuration calls them. */
    private enum Choice {
        AUTO,
        AVERAGE,
        NESTEROV,
        SLOWMO
    }

    /** @param replicas 1 as well under a master that knows nothing but plain averaging */
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

    /** What {@link #at} gives, in words. */
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

    private static String describe(String name, double rate, double speed) {
        return String.format(Locale.ROOT, "%s, step size %.3g, momentum %.3g", name, rate, speed);
    }

    /** Steps of the longest round that "auto" chooses, whatever a round costs. */
    public int longestRound() {
        boolean momentumFollowsTheRound = kind == Kind.NESTEROV && momentum.isEmpty();
        return momentumFollowsTheRound
                ? LONGEST_ROUND
                : (int) Math.min(LONGEST_ROUND, Math.round(REMEMBERED_STEPS * (1 - at(1).momentum())));
    }

    // Steps of a constant gradient add up to rate / (1 - momentum) of it. Replicas that go the same way deserve their
    // sum, so many times the mean; more overshoots, and so does what long rounds make of momentum. With less of it the
    // step grows: never less than the mean.
    private OuterOptimizer nesterov(int steps) {
        double wanted = 1 - learningRate.orElse(NESTEROV_RATE) / replicas;
        double borne = 1 - steps / REMEMBERED_STEPS;
        double automatic = Math.max(0, Math.min(MOST_MOMENTUM, Math.min(wanted, borne)));
        double chosen = momentum.orElse(automatic);
        return new OuterOptimizer.Nesterov(learningRate.orElse(Math.max(NESTEROV_RATE, 1 - chosen)), chosen);
    }
}
