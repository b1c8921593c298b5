/**
 * Scheduled batches: which partitions of an input are due, one run at a time, each published whole or not at all, and
 * what is reported of them.
 *
 * <p>Ledger entries are read by later builds for years: a new field is one that older entries may lack. Whatever is
 * written goes through {@link elbow.files}, and every step that a kill may follow is a {@link elbow.batch.Stage} that
 * the tests stop at.
 */
@NullMarked
package elbow.batch;

import org.jspecify.annotations.NullMarked;
