/** What training maximises: the bound, and how the KL divergence weighs in it. */
@NullMarked
package elbow.vae.objective;

import org.jspecify.annotations.NullMarked;
