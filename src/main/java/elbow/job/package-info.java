/**
 * The command line: options, the Spark session, the console, and exit codes. The work is done by the other packages.
 */
@NullMarked
package elbow.job;

import org.jspecify.annotations.NullMarked;
