package elbow.files;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.base.Message;
import elbow.failure.StorageFailure;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;

/**
 * Small files in one directory that appear whole or not at all, and of which one name is created once: what locks,
 * ledgers and other marks are made of. On an object store two may create one name at the same moment: there, only one
 * scheduler may start what relies on it.
 *
 * <p>What the file system refuses is an {@link ElbowException} of category USAGE that names the place's parameter; what
 * it fails at is a {@link StorageFailure}.
 */
public final class MarkerFiles {
    private final Place directory;
    private final FileSystemKind kind;

    /** Those of a directory, which is made when the first is written. */
    public MarkerFiles(Place directory) {
        this(directory, FileSystemKind.of(directory.files()));
    }

    MarkerFiles(Place directory, FileSystemKind kind) {
        this.directory = directory;
        this.kind = kind;
    }

    /** The directory. */
    public Place directory() {
        return directory;
    }

    /** Where a file is or would be. */
    public Place place(String name) {
        return directory.child(name);
    }

    /**
     * Creates a file with this content, unless there is one of the name.
     *
     * @return whether this call created it
     */
    public boolean create(String name, String content) {
        try {
            directory.files().mkdirs(directory.path());
            return kind.create(place(name), content.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw failed("write", place(name), e);
        }
    }

    /**
     * Puts a file with this content in the place of the one of that name, if any: readers see the one or the other, on
     * HDFS and its like for a moment neither.
     */
    public void replace(String name, String content) {
        try {
            directory.files().mkdirs(directory.path());
            kind.replace(place(name), content.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw failed("write", place(name), e);
        }
    }

    /** The names in the directory, without temporary files; none if it does not exist. */
    public List<String> names() {
        List<String> names = new ArrayList<>();
        for (FileStatus status : statuses()) {
            String name = status.getPath().getName();
            if (!name.startsWith(FileContents.TEMPORARY)) {
                names.add(name);
            }
        }
        return names;
    }

    /** The content of a file; empty if there is none. */
    public Optional<String> read(String name) {
        try {
            return Optional.of(new String(place(name).read(), StandardCharsets.UTF_8));
        } catch (FileNotFoundException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw failed("read", place(name), e);
        }
    }

    /** Deletes a file, if there is one. */
    public void delete(String name) {
        try {
            directory.files().delete(place(name).path(), false);
        } catch (IOException e) {
            throw failed("delete", place(name), e);
        }
    }

    /** Deletes what writers have left behind that did not get to an end. */
    public void deleteTemporaries(Instant writtenBefore) {
        for (FileStatus status : statuses()) {
            String name = status.getPath().getName();
            if (name.startsWith(FileContents.TEMPORARY)
                    && status.getModificationTime() < writtenBefore.toEpochMilli()) {
                delete(name);
            }
        }
    }

    private List<FileStatus> statuses() {
        try {
            return List.of(directory.files().listStatus(directory.path()));
        } catch (FileNotFoundException e) {
            return List.of();
        } catch (IOException e) {
            throw failed("list", directory, e);
        }
    }

    private static RuntimeException failed(String what, Place place, IOException e) {
        if (StorageFailure.isDenied(e)) {
            return new ElbowException(
                    ErrorCategory.USAGE,
                    Message.of(
                            place.parameter(),
                            " must name a place open to this run, but it may not " + what + " " + place),
                    e);
        }
        return StorageFailure.of(what + " " + place, e);
    }
}
