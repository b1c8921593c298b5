/** What a command shows: lines, tables, figures, a bar. */
@NullMarked
package elbow.job.console;

import org.jspecify.annotations.NullMarked;
