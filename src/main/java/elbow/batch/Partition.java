package elbow.batch;

import java.time.LocalDate;
import org.apache.hadoop.fs.Path;

/**
 * A directory of the input.
 *
 * @param date what its name says
 * @param path where it is
 * @param fingerprint 16 hex digits over the names, lengths and modification times of its files
 */
record Partition(LocalDate date, Path path, String fingerprint) {}
