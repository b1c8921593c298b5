package elbow.data.source;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.base.Message;
import elbow.data.table.InputErrors;
import elbow.files.Place;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The files that the inputs of a request stand for. */
final class InputFiles {
    private final List<Path> roots = new ArrayList<>();
    private final List<Path> files = new ArrayList<>();
    private boolean partitioned;

    private InputFiles() {}

    /**
     * Resolves names and patterns, and lists directories at any depth; names that start with _ or . and files without a
     * byte count for nothing in a directory.
     */
    static InputFiles resolve(List<String> inputs, Configuration hadoop) {
        InputFiles resolved = new InputFiles();
        for (String input : inputs) {
            opened(input, () -> {
                resolved.add(input, hadoop);
                return resolved;
            });
        }
        return resolved;
    }

    /** What the inputs name, qualified: patterns resolved, directories not listed. */
    static List<Path> rootsOf(List<String> inputs, Configuration hadoop) {
        List<Path> roots = new ArrayList<>();
        for (String input : inputs) {
            FileStatus[] found = opened(input, () -> found(input, hadoop));
            for (FileStatus root : found) {
                roots.add(root.getPath());
            }
        }
        return roots;
    }

    /** What the inputs name: files and directories. */
    List<Path> roots() {
        return roots;
    }

    /** The roots as Spark takes them. */
    String[] paths() {
        return roots.stream().map(Path::toString).toArray(String[]::new);
    }

    /** All files, in the order of the inputs and of names within one; at least one. */
    List<Path> files() {
        return files;
    }

    /** Whether a directory is named NAME=VALUE, which makes it a column to Spark. */
    boolean partitioned() {
        return partitioned;
    }

    private void add(String input, Configuration hadoop) throws IOException {
        FileStatus[] found = found(input, hadoop);
        FileSystem system = found[0].getPath().getFileSystem(hadoop);
        int before = files.size();
        for (FileStatus root : found) {
            if (root.isFile() && root.getLen() == 0 && found.length == 1) {
                throw InputErrors.input("input " + root.getPath() + " must have rows, but the file is empty (0 bytes)");
            }
            roots.add(root.getPath());
            collect(system, root);
        }
        if (files.size() == before) {
            throw InputErrors.input("input " + input
                    + " must hold files, but every file in it is empty or has a name that " + "starts with _ or .");
        }
    }

    private static FileStatus[] found(String input, Configuration hadoop) throws IOException {
        Place place = Place.of("input", input, ErrorCategory.INPUT, hadoop);
        Path path = place.path();
        // Not the place's own, to which the checksum files are files that a pattern may match.
        FileSystem system = path.getFileSystem(hadoop);
        FileStatus[] found =
                system.exists(path) ? new FileStatus[] {system.getFileStatus(path)} : system.globStatus(path);
        if (found == null || found.length == 0) {
            throw InputErrors.input(
                    "input " + input + " must be a file, a directory or a pattern that matches some, but "
                            + "nothing is there: check the path");
        }
        return found;
    }

    private interface Opening<T> {
        T open() throws IOException;
    }

    private static <T> T opened(String input, Opening<T> opening) {
        try {
            return opening.open();
        } catch (IllegalArgumentException | IOException e) {
            throw new ElbowException(
                    ErrorCategory.INPUT, "input " + input + " cannot be opened: " + Message.firstLine(e), e);
        }
    }

    private void collect(FileSystem system, FileStatus status) throws IOException {
        if (status.isFile()) {
            if (status.getLen() > 0) {
                files.add(status.getPath());
            }
            return;
        }
        FileStatus[] children = system.listStatus(status.getPath());
        Arrays.sort(children, Comparator.comparing(FileStatus::getPath));
        for (FileStatus child : children) {
            String name = child.getPath().getName();
            if (!name.startsWith("_") && !name.startsWith(".")) {
                partitioned |= child.isDirectory() && name.contains("=");
                collect(system, child);
            }
        }
    }

    static UncheckedIOException failed(Path file, IOException e) {
        return new UncheckedIOException("could not read " + file + ": " + e.getMessage(), e);
    }
}
