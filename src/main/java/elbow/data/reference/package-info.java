/** How the values of the training rows were spread, for comparing later rows with them. */
@NullMarked
package elbow.data.reference;

import org.jspecify.annotations.NullMarked;
