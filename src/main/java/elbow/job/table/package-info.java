/**
 * Scores that go to a table of Delta Lake or Iceberg, once each: of a run over rows that are there, and of a stream.
 *
 * <p>What a table's formats have in common is {@link elbow.lake}'s; what is said to the user is the caller's.
 */
@NullMarked
package elbow.job.table;

import org.jspecify.annotations.NullMarked;
