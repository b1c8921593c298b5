package elbow.batch;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Small files in one directory that appear whole or not at all, and of which one name is created once: what locks and
 * ledgers are made of.
 *
 * <p>Three ways lead there. On a local file system a hard link to a finished temporary file fails if its name is taken;
 * on HDFS and its like a rename does. An object store shows a file when it is closed, and refuses a name that it has
 * seen taken, but between looking and closing another writer may come: there, only one scheduler may start batches.
 */
final class MarkerFiles {
    /** How a file comes to be. */
    enum Way {
        LINK,
        RENAME,
        PUT
    }

    private static final Set<String> OBJECT_STORES =
            Set.of("s3", "s3a", "s3n", "gs", "wasb", "wasbs", "oss", "cos", "cosn", "obs", "swift");

    private static final String TEMPORARY = ".tmp-";

    private final FileSystem files;
    private final Path directory;
    private final Way way;

    MarkerFiles(FileSystem files, Path directory) {
        this(files, directory, wayOf(files));
    }

    MarkerFiles(FileSystem files, Path directory, Way way) {
        // The checksumming local file system would leave a hidden .crc file beside each file.
        this.files = files instanceof LocalFileSystem local ? local.getRawFileSystem() : files;
        this.directory = directory;
        this.way = way;
    }

    private static Way wayOf(FileSystem files) {
        String scheme = files.getUri().getScheme().toLowerCase(Locale.ROOT);
        return scheme.equals("file") ? Way.LINK : OBJECT_STORES.contains(scheme) ? Way.PUT : Way.RENAME;
    }

    Path directory() {
        return directory;
    }

    Path path(String name) {
        return new Path(directory, name);
    }

    /**
     * Creates a file with this content, unless there is one of the name.
     *
     * @return whether this call created it
     */
    boolean create(String name, String content) {
        try {
            files.mkdirs(directory);
            return switch (way) {
                case LINK -> link(name, content);
                case RENAME -> rename(name, content);
                case PUT -> put(name, content);
            };
        } catch (IOException e) {
            throw failed("write", path(name), e);
        }
    }

    private boolean link(String name, String content) throws IOException {
        Path temporary = temporary(content);
        try {
            Files.createLink(local(path(name)), local(temporary));
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        } finally {
            files.delete(temporary, false);
        }
    }

    private boolean rename(String name, String content) throws IOException {
        if (files.exists(path(name))) {
            return false;
        }
        Path temporary = temporary(content);
        if (files.rename(temporary, path(name))) {
            return true;
        }
        files.delete(temporary, false);
        if (files.exists(path(name))) {
            return false;
        }
        throw new IOException("the file system refused to rename " + temporary);
    }

    private boolean put(String name, String content) throws IOException {
        try {
            write(path(name), content, false);
            return true;
        } catch (org.apache.hadoop.fs.FileAlreadyExistsException e) {
            return false;
        }
    }

    /** Puts a file with this content in the place of the one of that name, if any: readers see the one or the other. */
    void replace(String name, String content) {
        try {
            files.mkdirs(directory);
            if (way == Way.PUT) {
                write(path(name), content, true);
                return;
            }
            Path temporary = temporary(content);
            if (way == Way.LINK) {
                Files.move(
                        local(temporary),
                        local(path(name)),
                        java.nio.file.StandardCopyOption.ATOMIC_MOVE,
                        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
                return;
            }
            // Hadoop's rename replaces nothing: for a moment there is no file, which a reader takes for an old one.
            files.delete(path(name), false);
            if (!files.rename(temporary, path(name))) {
                throw new IOException("the file system refused to rename " + temporary);
            }
        } catch (IOException e) {
            throw failed("write", path(name), e);
        }
    }

    /** The names in the directory, without temporary files; none if it does not exist. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        for (FileStatus status : statuses()) {
            String name = status.getPath().getName();
            if (!name.startsWith(TEMPORARY)) {
                names.add(name);
            }
        }
        return names;
    }

    /** The content of a file; empty if there is none. */
    Optional<String> read(String name) {
        try (FSDataInputStream input = files.open(path(name))) {
            return Optional.of(new String(input.readAllBytes(), StandardCharsets.UTF_8));
        } catch (FileNotFoundException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw failed("read", path(name), e);
        }
    }

    void delete(String name) {
        try {
            files.delete(path(name), false);
        } catch (IOException e) {
            throw failed("delete", path(name), e);
        }
    }

    /** Deletes what writers have left behind that did not get to an end. */
    void deleteTemporaries(Instant writtenBefore) {
        for (FileStatus status : statuses()) {
            String name = status.getPath().getName();
            if (name.startsWith(TEMPORARY) && status.getModificationTime() < writtenBefore.toEpochMilli()) {
                delete(name);
            }
        }
    }

    private FileStatus[] statuses() {
        try {
            return files.listStatus(directory);
        } catch (FileNotFoundException e) {
            return new FileStatus[0];
        } catch (IOException e) {
            throw failed("list", directory, e);
        }
    }

    private Path temporary(String content) throws IOException {
        Path temporary = path(TEMPORARY + UUID.randomUUID());
        write(temporary, content, false);
        return temporary;
    }

    private void write(Path path, String content, boolean overwrite) throws IOException {
        try (FSDataOutputStream output = files.create(path, overwrite)) {
            output.write(content.getBytes(StandardCharsets.UTF_8));
            if (way != Way.PUT) {
                output.hsync();
            }
        }
    }

    private static java.nio.file.Path local(Path path) {
        return java.nio.file.Path.of(path.toUri().getPath());
    }

    private static RuntimeException failed(String what, Path path, IOException e) {
        if (e instanceof org.apache.hadoop.security.AccessControlException
                || e instanceof java.nio.file.AccessDeniedException) {
            return new ElbowException(
                    ErrorCategory.USAGE, "a batch must be able to " + what + " " + path + ", but may not", e);
        }
        return new UncheckedIOException("could not " + what + " " + path + ": " + e.getMessage(), e);
    }
}
