package elbow.data.listing;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.base.Message;
import elbow.base.Parameter;
import elbow.data.table.InputErrors;
import elbow.failure.KnownFailures;
import elbow.files.HiddenNames;
import elbow.files.Place;
import elbow.files.TableDirectory;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumFileSystem;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.catalyst.catalog.ExternalCatalogUtils;

/** The files that the inputs of a request stand for. */
public final class InputFiles {
    private final List<Path> roots = new ArrayList<>();
    private final List<InputFile> files = new ArrayList<>();
    private final List<Path> empty = new ArrayList<>();
    private final List<Path> repeated = new ArrayList<>();
    private final Map<Path, Path> known = new HashMap<>();

    /**
     * A file.
     *
     * @param path where it is
     * @param size in bytes
     * @param modified when it was written last, in milliseconds since 1970
     * @param names of the directories NAME=VALUE that it lies in, from the input down
     * @param values of these
     */
    public record InputFile(Path path, long size, long modified, List<String> names, List<String> values) {
        public InputFile {
            names = List.copyOf(names);
            values = List.copyOf(values);
        }

        private InputFile in(String directory) {
            int sign = directory.indexOf('=');
            if (sign < 1) {
                return this;
            }
            List<String> moreNames = new ArrayList<>(names);
            List<String> moreValues = new ArrayList<>(values);
            moreNames.add(ExternalCatalogUtils.unescapePathName(directory.substring(0, sign)));
            moreValues.add(ExternalCatalogUtils.unescapePathName(directory.substring(sign + 1)));
            return new InputFile(path, size, modified, moreNames, moreValues);
        }
    }

    private InputFiles() {}

    /**
     * Resolves names and patterns, and lists directories at any depth; names that start with _ or . and files without a
     * byte count for nothing in a directory. A file that is found twice is listed once.
     *
     * @throws ElbowException of category INPUT if an input names nothing that can be read, a file is found under two
     *     names, as links give it, an input is or holds a {@link TableDirectory} or part of one, or not all files lie
     *     in directories NAME=VALUE of the same names; of category PLATFORM if a machine that has it does not answer
     */
    public static InputFiles resolve(List<String> inputs, Configuration hadoop) {
        InputFiles resolved = new InputFiles();
        for (String input : inputs) {
            opened(input, () -> {
                resolved.add(input, hadoop);
                return resolved;
            });
        }
        resolved.requireOneDepth();
        return resolved;
    }

    /** What the inputs name, qualified: patterns resolved, directories not listed. */
    public static List<Path> rootsOf(List<String> inputs, Configuration hadoop) {
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
    public List<Path> roots() {
        return roots;
    }

    /** The roots as Spark takes them. */
    public String[] paths() {
        return roots.stream().map(Path::toString).toArray(String[]::new);
    }

    /** All files, in the order of the inputs and of names within one; at least one. */
    public List<Path> files() {
        return files.stream().map(InputFile::path).toList();
    }

    /** The same with what is known of them. */
    public List<InputFile> listed() {
        return files;
    }

    /** Files of 0 bytes, which have no rows. */
    public List<Path> empty() {
        return empty;
    }

    /** Files that are named more than once, or lie in a directory that is named, too; they are listed once. */
    public List<Path> repeated() {
        return repeated;
    }

    /** Names of the directories NAME=VALUE that every file lies in; they are columns. */
    public List<String> partitionNames() {
        return files.get(0).names();
    }

    /** Whether a directory is named NAME=VALUE, which makes it a column to Spark. */
    public boolean partitioned() {
        return !partitionNames().isEmpty();
    }

    /**
     * Requires that Spark's own readers take every file: they silently skip names that start with _ or ..
     *
     * @throws ElbowException of category INPUT that names the file
     */
    public void requireVisible() {
        for (Path root : roots) {
            if (HiddenNames.isHidden(root.getName()) && files().contains(root)) {
                throw InputErrors.input(
                        "input " + root + " must have a name that starts with neither _ nor ., for Spark"
                                + " passes over such files: rename it");
            }
        }
    }

    private void requireOneDepth() {
        InputFile first = files.get(0);
        for (InputFile file : files) {
            if (!file.names().equals(first.names())) {
                throw InputErrors.input(
                        "the files of an input must lie in directories NAME=VALUE of the same names, but "
                                + first.path() + " lies in " + words(first.names()) + " and " + file.path() + " in "
                                + words(file.names()) + ": name the files that belong together");
            }
        }
    }

    private static String words(List<String> names) {
        return names.isEmpty() ? "none" : String.join("=.../", names) + "=...";
    }

    private void add(String input, Configuration hadoop) throws IOException {
        FileStatus[] found = found(input, hadoop);
        FileSystem system = found[0].getPath().getFileSystem(hadoop);
        int before = files.size() + repeated.size();
        Set<Path> looked = new HashSet<>();
        for (FileStatus root : found) {
            if (root.isFile() && root.getLen() == 0 && found.length == 1) {
                throw InputErrors.input("input " + root.getPath() + " must have rows, but the file is empty (0 bytes)");
            }
            int listed = files.size();
            // Of the files of one directory the first tells for all.
            if (root.isDirectory() || looked.add(root.getPath().getParent())) {
                TableDirectory.holding(system, root.getPath(), root.isFile()).ifPresent(table -> {
                    throw ofTable(root.getPath(), table.kind(), table.path());
                });
            }
            collect(system, root, new InputFile(root.getPath(), 0, 0, List.of(), List.of()));
            if (files.size() > listed) {
                roots.add(root.getPath());
            }
        }
        if (files.size() + repeated.size() == before) {
            throw InputErrors.input("input " + input
                    + " must hold files, but every file in it is empty or has a name that starts with _ or .");
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
            // A machine that does not answer is no fault of the input.
            Optional<ElbowException> ofPlatform =
                    KnownFailures.find(e).filter(known -> known.category() == ErrorCategory.PLATFORM);
            Object fault = ofPlatform.<Object>map(ElbowException::userMessage).orElseGet(() -> Message.firstLine(e));
            throw new ElbowException(
                    ofPlatform.map(ElbowException::category).orElse(ErrorCategory.INPUT),
                    Message.of("input " + input + " cannot be opened: ", fault),
                    e);
        }
    }

    private void collect(FileSystem system, FileStatus status, InputFile place) throws IOException {
        if (status.isFile()) {
            if (status.getLen() > 0) {
                requireOpenable(system, status.getPath());
                if (isKnown(status.getPath())) {
                    repeated.add(status.getPath());
                    return;
                }
                files.add(new InputFile(
                        status.getPath(),
                        status.getLen(),
                        status.getModificationTime(),
                        place.names(),
                        place.values()));
            } else {
                empty.add(status.getPath());
            }
            return;
        }
        requireNoBrokenLink(status.getPath());
        FileStatus[] children = system.listStatus(status.getPath());
        Arrays.sort(children, Comparator.comparing(FileStatus::getPath));
        for (FileStatus child : children) {
            String name = child.getPath().getName();
            TableDirectory.byEntry(child).ifPresent(kind -> {
                Path table = status.getPath();
                throw ofTable(table, kind, kind == TableDirectory.Kind.ICEBERG ? table.getParent() : table);
            });
            if (!HiddenNames.isHidden(name)) {
                collect(system, child, child.isDirectory() ? place.in(name) : place);
            }
        }
    }

    // Whoever reads its files reads rows that were deleted, too.
    private static ElbowException ofTable(Path read, TableDirectory.Kind kind, Path table) {
        String found = "input " + read + " must be files, but " + (read.equals(table) ? "it" : table) + " is "
                + kind.words() + ", whose files hold rows that are not in it any more: read the table, with ";
        return switch (kind) {
            case DELTA -> InputErrors.input(found, Parameter.FORMAT, " delta and " + table);
            case ICEBERG -> InputErrors.input(found, Parameter.FORMAT, " iceberg and its name in a catalogue");
            case HUDI -> InputErrors.input(found, Parameter.FORMAT, " table and its name in Spark's catalogue");
        };
    }

    // Hadoop silently skips links to nothing.
    private static void requireNoBrokenLink(Path directory) throws IOException {
        if (!isLocal(directory)) {
            return;
        }
        try (DirectoryStream<java.nio.file.Path> entries = Files.newDirectoryStream(local(directory))) {
            for (java.nio.file.Path entry : entries) {
                if (!HiddenNames.isHidden(entry.getFileName().toString())
                        && Files.isSymbolicLink(entry)
                        && !Files.exists(entry)) {
                    throw InputErrors.input("file " + entry + " must be there, but is a link to "
                            + Files.readSymbolicLink(entry) + ", which is not: remove it, or name the files to read");
                }
            }
        }
    }

    private boolean isKnown(Path path) throws IOException {
        Path file = withoutLinks(path);
        Path former = known.putIfAbsent(file, path);
        if (former != null && !former.equals(path)) {
            throw InputErrors.input("input must have each file once, but " + former + " and " + path
                    + " are one (by a link): name the files to read");
        }
        return former != null;
    }

    // Other file systems have no links that Hadoop follows.
    private static Path withoutLinks(Path path) throws IOException {
        return isLocal(path) ? new Path(local(path).toRealPath().toUri()) : path;
    }

    private static boolean isLocal(Path path) {
        return "file".equals(path.toUri().getScheme());
    }

    private static java.nio.file.Path local(Path path) {
        return java.nio.file.Path.of(path.toUri().getPath());
    }

    // Hadoop keeps checksums in files named after the file, and takes what stands before a colon for a scheme.
    private static void requireOpenable(FileSystem system, Path file) {
        if (file.getName().contains(":") && system instanceof ChecksumFileSystem) {
            throw InputErrors.input("file " + file + " must have a name without a colon, for Hadoop's local file system"
                    + " opens none with one: rename it");
        }
    }
}
