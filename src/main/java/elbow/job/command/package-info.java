/**
 * The command line's grammar: the options of each command, their checks that need no data, and the requests that they
 * make for {@code run} and {@code use}.
 *
 * <p>A new command is a class here and a line in {@link elbow.job.Main}; options that several commands share are a
 * mixin. Descriptions are what users read with {@code --help}: a test holds their flags to the parameters that messages
 * name.
 */
@NullMarked
package elbow.job.command;

import org.jspecify.annotations.NullMarked;
