package elbow.files;

import java.io.IOException;
import java.util.UUID;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.StreamCapabilities;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the kinds of file systems have in common in writing a file. */
final class FileContents {
    /** What names of files begin with that are being written. */
    static final String TEMPORARY = ".tmp-";

    private static final Logger LOGGER = LoggerFactory.getLogger(FileContents.class);

    private FileContents() {}

    /** What happens to a file that has the name. */
    enum IfTaken {
        FAIL,
        OVERWRITE
    }

    /** Writes down to the disk: what is given a name afterwards is not lost with the machine's power. */
    static void writeThrough(Place target, StagedDirectory.Content content) throws IOException {
        try (FSDataOutputStream output = target.files().create(target.path(), false)) {
            content.writeTo(output);
            output.hsync();
        }
    }

    /** Writes to a store that shows a file when its stream is closed: not at all, unless all was written. */
    static void put(Place target, StagedDirectory.Content content, IfTaken ifTaken) throws IOException {
        try (FSDataOutputStream output = target.files().create(target.path(), ifTaken == IfTaken.OVERWRITE)) {
            try {
                content.writeTo(output);
            } catch (IOException | RuntimeException e) {
                // Closing would show half a file.
                if (output.hasCapability(StreamCapabilities.ABORTABLE_STREAM)) {
                    output.abort();
                }
                throw e;
            }
        }
    }

    /** A temporary file of this content in the directory of {@code target}, on a file system that has renames. */
    static Place temporary(Place target, byte[] content) throws IOException {
        Place temporary = target.sibling(TEMPORARY + UUID.randomUUID());
        try {
            writeThrough(temporary, output -> output.write(content));
            return temporary;
        } catch (IOException e) {
            discard(temporary);
            throw e;
        }
    }

    /** Removes a temporary file; if it cannot be, it stays until {@link MarkerFiles#deleteTemporaries}. */
    static void discard(Place temporary) {
        try {
            temporary.files().delete(temporary.path(), false);
        } catch (IOException e) {
            // What counts is whether the file has got its name, which the caller knows.
            LOGGER.warn("temporary file {} could not be removed", temporary, e);
        }
    }

    /** A rename that fails by an exception only. */
    static void rename(Place from, Place to) throws IOException {
        if (!from.files().rename(from.path(), to.path())) {
            throw refused(from.path(), to.path());
        }
    }

    static IOException refused(Path from, Path to) {
        return new IOException("the file system refused to rename " + from + " to " + to);
    }
}
