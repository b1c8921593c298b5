/**
 * The search for settings: trials of a space are trained on rows that are laid out once, the better ones for longer,
 * and compared by one score on held-out rows. What the command {@code tune} calls.
 *
 * <pre>
 * Tuning         the search itself, where to begin
 * SearchSpace    what is tried: keys and what their values are drawn from
 * ComparableKeys which keys may be in it: those that leave the compared number what it is
 * Bracket        how many trials get how many epochs
 * TrialLedger    the trials that are done, in files: what a search that was killed does not train again
 * TuningResult   the trials by rank, and the winner's configuration
 * </pre>
 *
 * <p>Every trial has the seed of the configuration, and a rung trains anew what it goes on with: a trial of some epochs
 * is the training of its settings with these epochs, to the bit, on whichever thread and in whatever order. To go on
 * from a checkpoint instead would be another training: the KL term's warm-up, the learning rate's schedule and the
 * rounds follow from the epochs of the whole run. Retraining costs at most 1 / (1 - 1 / reduction) times as much.
 *
 * <p>A new way to choose trials is beside {@code Bracket}; a new score is a constant of {@code TuningObjective}, with
 * the keys that it cannot be compared across in {@code ComparableKeys}. The names of the ledger's files and their
 * fields are a format: searches of earlier builds go on.
 */
@NullMarked
package elbow.tune;

import org.jspecify.annotations.NullMarked;
