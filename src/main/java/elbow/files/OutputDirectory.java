package elbow.files;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.base.Message;
import elbow.base.Parameter;
import elbow.data.table.InputErrors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
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

    private final Parameter option;
    private final String marker;
    private final IfExists ifExists;
    private final FileSystem files;
    private final Path directory;
    private final Path staging;

    /**
     * @param option name of the parameter that names the directory, for messages: "model"
     * @param marker a file that every such directory has: nothing else is ever replaced but an empty directory
     * @throws ElbowException of category USAGE if {@code uri} is no path of a known file system, if something is there
     *     that is not to be replaced, or if nothing can be written there
     */
    public OutputDirectory(String option, String uri, String marker, IfExists ifExists, Configuration hadoop) {
        this.option = new Parameter(option);
        this.marker = marker;
        this.ifExists = ifExists;
        Place place = Place.of(option, uri, ErrorCategory.USAGE, hadoop);
        files = place.files();
        directory = place.path();
        staging = sibling("new");
        requireFree();
        requireWritable();
    }

    /**
     * Requires that what the run reads is not in this directory, which {@link #publish} may replace.
     *
     * @param readOption name of the parameter that names what is read, for the message: "input"
     * @param read qualified paths of what is read, see {@link elbow.data.source.DataReader#roots}
     * @throws ElbowException of category USAGE that names the one that would be lost
     */
    public void requireApartFrom(String readOption, List<Path> read) {
        for (Path root : read) {
            for (Path path = root; path != null; path = path.getParent()) {
                if (path.equals(directory)) {
                    throw InputErrors.usage(
                            option,
                            " must not be or hold what ",
                            new Parameter(readOption),
                            " reads, but " + directory + (path.equals(root) ? " is" : " holds " + root)
                                    + "; name another");
                }
            }
        }
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
                throw InputErrors.usage(
                        option,
                        " must name a directory that does not exist yet, but " + directory
                                + " does; name another, or replace it with ",
                        Parameter.OVERWRITE);
            }
            if (ifExists == IfExists.REPLACE && files.exists(directory) && !isReplaceable()) {
                throw InputErrors.usage(
                        Parameter.OVERWRITE,
                        " replaces only a directory that has a " + marker + " or nothing in it, but " + directory
                                + " is something else; name another for ",
                        option,
                        ", or remove it yourself");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("could not look at " + directory + ": " + e.getMessage(), e);
        }
    }

    private boolean isReplaceable() throws IOException {
        return files.getFileStatus(directory).isDirectory()
                && (files.exists(new Path(directory, marker)) || files.listStatus(directory).length == 0);
    }

    // Now, and not after hours of work. By trying: what a file system says of its permissions is not always so.
    private void requireWritable() {
        Path nearest = staging.getParent() == null ? staging : staging.getParent();
        try {
            while (nearest.getParent() != null && !files.exists(nearest)) {
                nearest = nearest.getParent();
            }
            Path probe = new Path(nearest, staging.getName());
            if (!files.mkdirs(probe)) {
                throw new IOException("the file system refused to make a directory");
            }
            files.delete(probe, true);
        } catch (IOException e) {
            throw new ElbowException(
                    ErrorCategory.USAGE,
                    Message.of(
                            option,
                            " must name a directory that can be made, but nothing can be written to " + nearest + ": ",
                            InputErrors.firstLine(e)),
                    e);
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
