package elbow.vae;

import elbow.base.Check;

/**
 * Consecutive encoded columns that share a likelihood and, where it has shared free parameters, these.
 *
 * @param likelihood distribution of each column given the decoder's outputs
 * @param columns how many columns, at least 1
 */
public record LikelihoodGroup(Likelihood likelihood, int columns) {
    public LikelihoodGroup {
        Check.positive("columns", columns);
    }
}
