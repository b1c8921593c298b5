/** The work of each command, between the options and the packages that do it. */
@NullMarked
package elbow.job.run;

import org.jspecify.annotations.NullMarked;
