/**
 * All that appears at its place whole or not at all, on any Hadoop file system: one mechanism for model directory,
 * scores, checkpoints, recalibrations, and for ledger and lock of batches.
 *
 * <pre>
 * Place            a path with its file system, and what the user calls it in messages
 * FileSystemKind   what a file system promises: decided here, for everything else
 * MarkerFiles      small files of one directory: created once, replaced whole, listed, read, deleted
 * StagedDirectory  a directory written aside and moved to its place
 * OutputDirectory  a staged directory that a user named: what may stand there, and what may be replaced
 * RunPaths         all paths of a run: nothing that it reads is replaced by what it writes
 * TableDirectory   a directory of a table format, which is neither read nor written as files
 * HiddenNames      names that readers of a directory pass over
 * RunLock          one run at a time, whichever machine it is on
 * </pre>
 *
 * <p>Names and contents of files are their owners' business; this room knows none. A file system with other promises is
 * one more record that implements {@code FileSystemKind}; put-if-absent, where a store has it, belongs in
 * {@code ObjectStore}. What may not change: a name that {@code create} has taken is never taken again, and no reader
 * ever sees half of anything under its final name (of a directory on an object store: under its marker).
 */
@NullMarked
package elbow.files;

import org.jspecify.annotations.NullMarked;
