/**
 * What every other package stands on: errors, whose category is the exit code, with the parameters that their messages
 * name; typed configuration and its defaults; JSON, digests, names and values in SQL.
 *
 * <p>The exit codes of {@link elbow.base.ErrorCategory} and the keys of the configuration are promises to users: new
 * ones may come, none may change its meaning.
 */
@NullMarked
package elbow.base;

import org.jspecify.annotations.NullMarked;
