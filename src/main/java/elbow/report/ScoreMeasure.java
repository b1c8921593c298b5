package elbow.report;

/** What the log-likelihoods of a model are logarithms of: decides which values of an ELBO are plausible. */
public enum ScoreMeasure {
    /** Every scored column is discrete: an ELBO is a bound on a log-probability and never positive. */
    PROBABILITIES,
    /** Every scored column is continuous: an ELBO is a bound on a log-density, which may be positive. */
    DENSITIES,
    /** Some columns are discrete and some continuous. */
    MIXED
}
