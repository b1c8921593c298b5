/** What every other package stands on: errors with their exit codes, and typed configuration. */
@NullMarked
package elbow.base;

import org.jspecify.annotations.NullMarked;
