package elbow.train.plan;

import elbow.base.Check;
import elbow.base.Configuration;
import elbow.data.feature.FeatureEncoder;
import elbow.vae.objective.Bound;
import elbow.vae.objective.Capacity;
import elbow.vae.objective.FreeBitsScope;
import elbow.vae.objective.KlSchedule;
import elbow.vae.objective.Objective;
import java.util.Optional;
import java.util.OptionalInt;

/** Resolves the configuration's {@code objective} section. */
final class ObjectiveResolver {
    /** Length of a run divided by that of an "auto" KL warm-up. */
    private static final int WARM_UPS = 10;

    private static final int LINEAR_TABLE_WARM_UPS = 2;

    /** Length of a run divided by that of the rise of an "auto" capacity. */
    private static final int CAPACITY_RISES = 2;

    /** Share of a KL cycle in which the weight rises (Fu et al. 2019, section 5). */
    private static final double CYCLE_RAMP_FRACTION = 0.5;

    private ObjectiveResolver() {}

    /** @param steps minibatch steps that a replica will make in the whole run */
    static Objective resolve(Configuration configuration, FeatureEncoder encoder, long steps) {
        Bound bound = configuration.flag("objective.importance-weighted") ? Bound.IMPORTANCE_WEIGHTED : Bound.ELBO;
        double beta = configuration.notNegativeDouble("objective.beta");
        double freeBits = configuration.notNegativeDouble("objective.free-bits");
        FreeBitsScope scope = configuration.choice("objective.free-bits-scope", FreeBitsScope.class);
        Check.usage(
                freeBits == 0 || bound == Bound.ELBO,
                "objective.free-bits",
                "be 0 with objective.importance-weighted",
                freeBits);
        Optional<Capacity> capacity = capacity(configuration, steps);
        if (capacity.isPresent()) {
            String rule = " with objective.capacity";
            Check.usage(bound == Bound.ELBO, "objective.importance-weighted", "be false" + rule, true);
            Check.usage(freeBits == 0, "objective.free-bits", "be 0" + rule, freeBits);
            Check.usage(beta > 0, "objective.beta", "be above 0" + rule, beta);
            Check.usage(
                    configuration.choice("objective.kl-schedule", Schedule.class) == Schedule.CONSTANT,
                    "objective.kl-schedule",
                    "be constant" + rule + ", which rises itself",
                    configuration.text("objective.kl-schedule"));
        }
        return new Objective(
                bound,
                configuration.positiveInt("objective.samples"),
                beta,
                freeBits,
                // Without free bits there is nothing that it could be of.
                freeBits == 0 ? FreeBitsScope.ROW : scope,
                klSchedule(configuration, steps, encoder.image().isPresent()),
                capacity,
                MaskShare.of(configuration, encoder));
    }

    private static Optional<Capacity> capacity(Configuration configuration, long steps) {
        double maximum = configuration.notNegativeDouble("objective.capacity");
        OptionalInt rise = configuration.positiveIntOrAuto("objective.capacity-steps");
        return maximum == 0
                ? Optional.empty()
                : Optional.of(new Capacity(maximum, rise.isPresent() ? rise.getAsInt() : part(steps, CAPACITY_RISES)));
    }

    private static KlSchedule klSchedule(Configuration configuration, long steps, boolean images) {
        Schedule shape = configuration.choice("objective.kl-schedule", Schedule.class);
        int warmUps = images || shape == Schedule.CYCLICAL ? WARM_UPS : LINEAR_TABLE_WARM_UPS;
        long warmUp =
                configuration.positiveIntOrAuto("objective.kl-warm-up-steps").orElse(part(steps, warmUps));
        return switch (shape) {
            case CONSTANT -> new KlSchedule.Constant();
            case LINEAR -> new KlSchedule.LinearWarmup(warmUp);
            case CYCLICAL ->
                new KlSchedule.Cyclical(warmUp, (int) Math.max(1, steps / 2 / warmUp), CYCLE_RAMP_FRACTION);
        };
    }

    private static int part(long steps, int parts) {
        return (int) Math.min(Integer.MAX_VALUE, Math.max(1, steps / parts));
    }

    private enum Schedule {
        CONSTANT,
        LINEAR,
        CYCLICAL
    }
}
