package elbow.files;

import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import org.apache.hadoop.fs.FileSystem;

/**
 * What a file system promises, and how something appears on it whole or not at all for that reason.
 *
 * <pre>
 *                     a name is taken once             a file is replaced          a directory is moved
 * LocalDisk           a link fails if it is taken      at once                     at once
 * RenamingFileSystem  a rename fails if it is taken    with a moment of no file    at once
 * ObjectStore         it is looked for, then taken     at once                     file by file, the marker last
 * </pre>
 */
sealed interface FileSystemKind permits LocalDisk, RenamingFileSystem, ObjectStore {
    /** The kind of a file system: the one place where that is decided. */
    static FileSystemKind of(FileSystem files) {
        String scheme = String.valueOf(files.getUri().getScheme()).toLowerCase(Locale.ROOT);
        if (scheme.equals("file")) {
            return new LocalDisk();
        }
        Set<String> objectStores =
                Set.of("s3", "s3a", "s3n", "gs", "wasb", "wasbs", "oss", "cos", "cosn", "obs", "swift");
        return objectStores.contains(scheme) ? new ObjectStore() : new RenamingFileSystem();
    }

    /**
     * Creates a file of this content unless something has its name; its directory is there.
     *
     * @return whether this call created it
     */
    boolean create(Place target, byte[] content) throws IOException;

    /** Puts a file of this content in the place of the one of that name, if any; its directory is there. */
    void replace(Place target, byte[] content) throws IOException;

    /** Writes a new file in a directory that nobody reads yet. */
    void write(Place target, StagedDirectory.Content content) throws IOException;

    /**
     * Moves a directory to a place where nothing is, whose parent is there.
     *
     * @param marker name of the file by which a reader knows that the directory is complete
     * @throws IOException if it could not be moved, or something other than an empty directory is there; then
     *     {@code from} is as it was
     */
    void moveIn(Place from, Place to, String marker) throws IOException;

    /** Moves a directory out of readers' sight; as {@link #moveIn} otherwise. */
    void moveOut(Place from, Place to, String marker) throws IOException;
}
