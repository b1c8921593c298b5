/**
 * Tables of Delta Lake and Apache Iceberg, as inputs and as outputs: which version is read is settled once, and a write
 * is one transaction that carries its id. The user's Spark brings their libraries; nothing here is compiled against
 * them, all goes by Spark's own interfaces, SQL and the tables' own logs.
 *
 * <pre>
 * TableFormat       the formats: what they need on Spark's class path and in its settings, and how each says it
 * TableName         a table as its user names it: in a catalogue, or a path
 * AsOf              which state of a table is asked for
 * TableVersion      the one that was found
 * TableHistory      the versions of a table
 * TableSink         writes a table
 * Transaction       what a write calls itself, by which it is known if it is done again
 * CommitProperties  what else it says of itself
 * </pre>
 *
 * <p>Another format is one more {@code TableFormat}; where formats differ, one {@code switch} says how.
 */
@NullMarked
package elbow.lake;

import org.jspecify.annotations.NullMarked;
