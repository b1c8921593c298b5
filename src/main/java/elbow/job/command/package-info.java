/** The command line's grammar: options of each command, and what they ask for. */
@NullMarked
package elbow.job.command;

import org.jspecify.annotations.NullMarked;
