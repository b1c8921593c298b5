/** Rows on their way in: checks, gaps, binarisation, and what the encoder sees of the values. */
@NullMarked
package elbow.vae.input;

import org.jspecify.annotations.NullMarked;
