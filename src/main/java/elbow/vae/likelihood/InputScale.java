package elbow.vae.likelihood;

import elbow.base.Check;
import java.util.List;

/**
 * Standardisation of what the encoder sees of a group's columns: (f(x) - centre) x factor with the likelihood's
 * {@link InputFunction} f. The likelihood still sees x. Centre and factor are meant to be the mean and the reciprocal
 * standard deviation of f(x) over the training rows.
 *
 * @param centres one finite number for each column of the group; none for f(x) as it is
 * @param factors one number for each column, finite and at least 0; as many as there are centres. 0 hides the column:
 *     where a category stands in it, the encoder sees what it sees where the category is missing
 */
public record InputScale(List<Double> centres, List<Double> factors) {
    /** f(x) as it is. */
    public static final InputScale NONE = new InputScale(List.of(), List.of());

    public InputScale {
        centres = List.copyOf(centres);
        factors = List.copyOf(factors);
        Check.argument(
                factors.size() == centres.size(), "factors", "be as many as the centres, " + centres.size(), factors);
        centres.forEach(centre -> Check.argument(Double.isFinite(centre), "centres", "be finite", centre));
        factors.forEach(factor -> Check.notNegative("factors", factor));
    }

    /** Whether there is a column that the encoder does not see. */
    boolean hidesColumns() {
        return factors.contains(0.0);
    }

    /** Whether the encoder sees f(x) as it is. */
    public boolean isNone() {
        return centres.isEmpty();
    }
}
