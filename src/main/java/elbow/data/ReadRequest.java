package elbow.data;

import elbow.base.Check;
import java.util.List;
import java.util.Optional;

/**
 * Which rows to read.
 *
 * @param inputs files, directories or Hadoop glob patterns on any Hadoop file system, at least one
 * @param format of all files
 * @param where SQL condition that a row must fulfil; it may use columns that are not selected
 * @param select columns to keep, in this order; empty for all
 */
public record ReadRequest(List<String> inputs, DataFormat format, Optional<String> where, List<String> select) {
    public ReadRequest {
        inputs = List.copyOf(inputs);
        select = List.copyOf(select);
        Check.argument(!inputs.isEmpty(), "inputs", "name at least one file", inputs);
    }

    /** Everything in {@code inputs}, the format told from names and first bytes. */
    public static ReadRequest of(String... inputs) {
        return new ReadRequest(List.of(inputs), DataFormat.AUTO, Optional.empty(), List.of());
    }

    /** The same with a given format. */
    public ReadRequest as(DataFormat otherFormat) {
        return new ReadRequest(inputs, otherFormat, where, select);
    }

    /** The same with a condition. */
    public ReadRequest where(String condition) {
        return new ReadRequest(inputs, format, Optional.of(condition), select);
    }

    /** The same with only the given columns. */
    public ReadRequest select(String... columns) {
        return new ReadRequest(inputs, format, where, List.of(columns));
    }
}
