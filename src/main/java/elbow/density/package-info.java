/**
 * Densities that are fitted after training for the rows that a model makes: of latents, where the prior is far from
 * what the posteriors add up to. Nothing here has to do with scores.
 */
@NullMarked
package elbow.density;

import org.jspecify.annotations.NullMarked;
