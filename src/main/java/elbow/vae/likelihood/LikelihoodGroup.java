package elbow.vae.likelihood;

import elbow.base.Check;

/**
 * Consecutive encoded columns that share a likelihood and, where it has shared free parameters, these.
 *
 * <p>A <em>variable</em> is what a likelihood gives one log-density: an encoded column, or the
 * {@link Likelihood#columnsPerVariable} neighbouring columns of one category. A group of several categorical variables
 * has the columns of the first one, then those of the second one, and so on.
 *
 * @param likelihood distribution of each variable given the decoder's outputs
 * @param columns how many encoded columns, at least 1, a multiple of the likelihood's columns per variable
 * @param inputScale what the encoder sees; NONE, or a centre and a factor for each column
 * @param role whether the columns are modelled; of conditions the likelihood says what values there are and how the
 *     network sees them, and nothing more
 */
public record LikelihoodGroup(Likelihood likelihood, int columns, InputScale inputScale, Role role) {
    /** What columns are to the model. */
    public enum Role {
        /** The model says how likely they are. */
        MODELLED,
        /** They are given: the model says how likely the others are where these are so. */
        CONDITION
    }

    public LikelihoodGroup {
        Check.positive("columns", columns);
        int each = likelihood.columnsPerVariable();
        Check.argument(columns % each == 0, "columns", "be a multiple of " + each + " for " + likelihood, columns);
        int scaled = inputScale.centres().size();
        Check.argument(scaled == 0 || scaled == columns, "inputScale", "have 0 or " + columns + " centres", scaled);
        Check.argument(
                role == Role.CONDITION || !inputScale.hidesColumns(),
                "factors",
                "be above 0 for columns that are modelled",
                inputScale.factors());
    }

    /** A group that is modelled. */
    public LikelihoodGroup(Likelihood likelihood, int columns, InputScale inputScale) {
        this(likelihood, columns, inputScale, Role.MODELLED);
    }

    /** A group of which the encoder sees what the likelihood's input function gives, not standardised. */
    public LikelihoodGroup(Likelihood likelihood, int columns) {
        this(likelihood, columns, InputScale.NONE);
    }

    /** The same columns with another likelihood of the same shape. */
    public LikelihoodGroup withLikelihood(Likelihood other) {
        return new LikelihoodGroup(other, columns, inputScale, role);
    }

    /** How many variables: columns, or sets of columns that belong together. */
    public int variables() {
        return columns / likelihood.columnsPerVariable();
    }

    /** Whether the columns are given. */
    public boolean isCondition() {
        return role == Role.CONDITION;
    }

    /** How many decoder outputs. */
    public int outputs() {
        return isCondition() ? 0 : Math.multiplyExact(likelihood.outputPlanes(), planeWidth());
    }

    /** Decoder outputs of one plane. */
    public int planeWidth() {
        return variables() * likelihood.outputsPerVariable();
    }

    /** Whether the encoder sees other numbers than the likelihood. */
    public boolean changesInputs() {
        return likelihood.inputFunction() != InputFunction.IDENTITY || !inputScale.isNone();
    }
}
