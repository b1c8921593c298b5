package elbow.batch;

import elbow.data.source.InputSize;
import java.time.LocalDate;

/**
 * A partition that a run would score.
 *
 * @param date of the partition
 * @param late whether it was scored before, and has changed since
 * @param size of its files
 * @param input where they are
 * @param output the directory in which that of its scores would be
 */
public record PlannedPartition(LocalDate date, boolean late, InputSize size, String input, String output) {}
