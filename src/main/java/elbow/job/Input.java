package elbow.job;

import java.util.List;
import java.util.Optional;

/**
 * Which rows a command reads.
 *
 * @param paths files, directories or glob patterns, at least one
 * @param format name of the format; empty: told from the names
 * @param where SQL condition on the rows; empty: all
 * @param select columns to keep; none: all
 */
public record Input(List<String> paths, Optional<String> format, Optional<String> where, List<String> select) {
    public Input {
        paths = List.copyOf(paths);
        select = List.copyOf(select);
    }
}
