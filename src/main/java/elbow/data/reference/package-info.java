/**
 * How the values of the training rows were spread, for comparing later rows with them.
 *
 * <p>Bins are part of a model and stay what they are; a new kind of feature says its bins here.
 */
@NullMarked
package elbow.data.reference;

import org.jspecify.annotations.NullMarked;
