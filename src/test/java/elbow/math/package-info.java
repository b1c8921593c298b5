/** Tests of the numerical building blocks. */
@NullMarked
package elbow.math;

import org.jspecify.annotations.NullMarked;
