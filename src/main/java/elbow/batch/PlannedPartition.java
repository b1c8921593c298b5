package elbow.batch;

import elbow.data.source.InputSize;
import java.time.LocalDate;
import java.util.Optional;

/**
 * A partition that a run would score.
 *
 * @param date of the partition
 * @param late whether it was scored before, and has changed since
 * @param size of its files; empty if they cannot be read, or it is of a table
 * @param fault why the run could not score it, as far as names and sizes of files show; empty if nothing is wrong
 * @param input where its rows are
 * @param output the directory in which that of its scores would be
 */
public record PlannedPartition(
        LocalDate date, boolean late, Optional<InputSize> size, Optional<String> fault, String input, String output) {}
