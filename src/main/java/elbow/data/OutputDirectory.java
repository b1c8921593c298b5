package elbow.data;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A directory to be written on any Hadoop file system, which appears at its place whole or not at all: everything goes
 * to a hidden directory beside the place, which is renamed at the end. What stood there before is kept until then.
 */
public final class OutputDirectory {
    /** What happens to something that is already there. */
    public enum IfExists {
        /** It is an error. */
        REFUSE,
        /** It is replaced. */
        REPLACE
    }

    private final String option;
    private final IfExists ifExists;
    private final FileSystem files;
    private final Path directory;
    private final Path staging;

    /**
     * @param option the option that names the directory, for messages: "--model"
     * @throws ElbowException of category USAGE if {@code uri} is no path of a known file system, or if something is
     *     there that is not to be replaced
     */
    public OutputDirectory(String option, String uri, IfExists ifExists, Configuration hadoop) {
        this.option = option;
        this.ifExists = ifExists;
        try {
            Path path = new Path(uri);
            files = path.getFileSystem(hadoop);
            directory = files.makeQualified(path);
        } catch (IllegalArgumentException | IOException e) {
            throw new ElbowException(
                    ErrorCategory.USAGE,
                    option + " must be a path or URI of a known file system, but is \"" + uri + "\": " + e.getMessage(),
                    e);
        }
        staging = sibling("new");
        requireFree();
    }

    /** Where the directory will be. */
    public Path path() {
        return directory;
    }

    /** Where to write until {@link #publish}; the caller creates it. */
    public Path staging() {
        return staging;
    }

    /**
     * Moves what was staged to its place.
     *
     * @throws ElbowException of category USAGE if something has come there meanwhile that is not to be replaced
     */
    public void publish() {
        requireFree();
        Path replaced = sibling("old");
        try {
            boolean replaces = files.exists(directory);
            if (replaces) {
                rename(directory, replaced);
            } else if (directory.getParent() != null) {
                files.mkdirs(directory.getParent());
            }
            try {
                rename(staging, directory);
            } catch (IOException e) {
                if (replaces) {
                    rename(replaced, directory);
                }
                throw e;
            }
            if (replaces) {
                files.delete(replaced, true);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("could not put " + directory + " in place: " + e.getMessage(), e);
        }
    }

    /** Removes what was staged; does nothing after {@link #publish}. */
    public void discard() {
        try {
            files.delete(staging, true);
        } catch (IOException e) {
            throw new UncheckedIOException("could not remove " + staging + ": " + e.getMessage(), e);
        }
    }

    private void requireFree() {
        try {
            if (ifExists == IfExists.REFUSE && files.exists(directory)) {
                throw new ElbowException(
                        ErrorCategory.USAGE,
                        option + " must name a directory that does not exist yet, but " + directory
                                + " does; name another, or replace it with --overwrite");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("could not look at " + directory + ": " + e.getMessage(), e);
        }
    }

    private Path sibling(String role) {
        String name = "." + directory.getName() + "." + role + "-" + UUID.randomUUID();
        Path parent = directory.getParent();
        return parent == null ? new Path(name) : new Path(parent, name);
    }

    private void rename(Path from, Path to) throws IOException {
        if (!files.rename(from, to)) {
            throw new IOException("the file system refused to rename " + from + " to " + to);
        }
    }
}
