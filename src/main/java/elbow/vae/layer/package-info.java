/**
 * Layers of the encoder and the decoder, and where their parameters stand in one flattened vector.
 *
 * <p>Between two layers stands one row-major matrix, rows x width. A layer owns its output memory and knows nothing of
 * the others.
 */
@NullMarked
package elbow.vae.layer;

import org.jspecify.annotations.NullMarked;
