/** The table of faults, which the tests that make them fill themselves. */
@NullMarked
package elbow.fault;

import org.jspecify.annotations.NullMarked;
