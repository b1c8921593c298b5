package elbow.train.plan;

import elbow.base.Check;
import elbow.base.Configuration;

/**
 * When the averaged network is evaluated on held-out rows, and when training stops early.
 *
 * @param every epochs between two measurements, at least 1
 * @param patience measurements without a better ELBO after which training stops; 0: it never stops early
 */
public record ValidationPlan(int every, int patience) {
    /** Most measurements of a run under "auto", besides the first and the last. */
    private static final int MEASUREMENTS = 50;

    public ValidationPlan {
        Check.positive("every", every);
        Check.argument(patience >= 0, "patience", "be at least 0", patience);
    }

    static ValidationPlan resolve(Configuration configuration, int epochs) {
        return new ValidationPlan(
                configuration.positiveIntOrAuto("training.measure-every").orElse(1 + (epochs - 1) / MEASUREMENTS),
                configuration.notNegativeInt("training.early-stopping"));
    }
}
