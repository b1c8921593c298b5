/**
 * Pictures as pixels: which files are read, how their channels, transparency and orientation count, and what makes a
 * file damaged.
 *
 * <p>The rules decide what a model is trained on: another one would give other pixels to models that are there. A new
 * file format is its own file beside these and its constant in {@link elbow.data.image.ImageFormat}.
 */
@NullMarked
package elbow.data.image;

import org.jspecify.annotations.NullMarked;
