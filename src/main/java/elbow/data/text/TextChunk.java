package elbow.data.text;

import java.io.Serializable;
import java.util.List;

/**
 * A part of a file that one task reads.
 *
 * @param file where it is
 * @param from its first byte, where a record starts
 * @param to the byte after its last one, where a record starts or the file ends
 * @param partitions values of the directories NAME=VALUE that the file lies in
 */
public record TextChunk(TextFile file, long from, long to, List<String> partitions) implements Serializable {
    /** An end beyond every file's. */
    public static final long END = Long.MAX_VALUE;

    public TextChunk {
        partitions = List.copyOf(partitions);
    }
}
