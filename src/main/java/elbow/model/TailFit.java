package elbow.model;

import elbow.base.Check;
import elbow.math.GeneralizedPareto;
import java.io.Serializable;

/**
 * The tail of the anomaly scores of normal rows: above {@code start}, which the share {@code above} of them exceeds,
 * what scores have over it follows a generalized Pareto distribution. See: A. Siffer, P.-A. Fouque, A. Termier, C.
 * Largouet. Anomaly detection in streams with extreme value theory. KDD 2017.
 *
 * @param start score where the tail begins, in nats
 * @param above share of the rows that score above it, in (0, 1]
 * @param shape of the distribution
 * @param scale of the distribution, in nats, above 0
 */
public record TailFit(double start, double above, double shape, double scale) implements Serializable {
    public TailFit {
        Check.argument(Double.isFinite(start), "start", "be finite", start);
        Check.argument(above > 0 && above <= 1, "above", "lie in (0, 1]", above);
        Check.argument(Double.isFinite(shape), "shape", "be finite", shape);
        Check.positive("scale", scale);
    }

    /** The score that the share {@code risk} of normal rows exceeds, at most {@link #above}. */
    double scoreAt(double risk) {
        return start + distribution().excess(risk / above);
    }

    /** The share of normal rows that exceeds a score of at least {@link #start}. */
    double shareAbove(double score) {
        return above * distribution().survival(score - start);
    }

    private GeneralizedPareto distribution() {
        return new GeneralizedPareto(shape, scale);
    }
}
