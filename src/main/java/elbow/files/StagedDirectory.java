package elbow.files;

import java.io.IOException;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A directory that is written aside and then moved to its place, where readers see none of it or all. What has been
 * written aside by a process that ended before that stays there, and nobody takes it for the directory.
 */
public final class StagedDirectory {
    private static final Logger LOGGER = LoggerFactory.getLogger(StagedDirectory.class);

    private final Place place;
    private final Place staging;
    private final String marker;
    private final FileSystemKind kind;

    /**
     * A directory to be.
     *
     * @param place where it will be
     * @param staging where it is written, in the same directory as {@code place}
     * @param marker name of the file that makes a reader take it for whole: where directories cannot be moved at once,
     *     it comes last
     */
    public StagedDirectory(Place place, Place staging, String marker) {
        this(place, staging, marker, FileSystemKind.of(place.files()));
    }

    StagedDirectory(Place place, Place staging, String marker, FileSystemKind kind) {
        this.place = place;
        this.staging = staging;
        this.marker = marker;
        this.kind = kind;
    }

    /** Where to write. */
    public Place staging() {
        return staging;
    }

    /** Writes a new file of the directory. */
    public void write(String name, byte[] content) throws IOException {
        kind.write(staging.child(name), content);
    }

    /**
     * Moves what was staged to its place, where nothing may be.
     *
     * @throws IOException if something is there, or it could not be moved; it is staged as before then
     */
    public void publish() throws IOException {
        place.files().mkdirs(place.parent().path());
        kind.moveIn(staging, place, marker);
    }

    /**
     * Moves what was staged to its place; what is there is kept until then, and removed after.
     *
     * @throws IOException if it could not be moved; what was there is there again then
     */
    public void replace() throws IOException {
        if (!place.exists()) {
            publish();
            return;
        }
        Place replaced = place.sibling(hidden(place, "old"));
        kind.moveOut(place, replaced, marker);
        try {
            kind.moveIn(staging, place, marker);
        } catch (IOException e) {
            restore(replaced, e);
            throw e;
        }
        try {
            replaced.files().delete(replaced.path(), true);
        } catch (IOException e) {
            // The new one is in its place, and that is what was asked for.
            LOGGER.warn("{}, which {} has replaced, could not be removed", replaced, place, e);
        }
    }

    private void restore(Place replaced, IOException failure) throws IOException {
        try {
            kind.moveIn(replaced, place, marker);
        } catch (IOException e) {
            e.addSuppressed(failure);
            throw new IOException(
                    "what was there is now in " + replaced + ", and could not be put back: " + e.getMessage(), e);
        }
    }

    /** Removes what was staged; does nothing if nothing is. */
    public void discard() {
        staging.delete();
    }

    /** A name beside {@code place} that nothing has, hidden from Spark and from patterns: ".model.old-UUID". */
    static String hidden(Place place, String role) {
        return "." + place.path().getName() + "." + role + "-" + UUID.randomUUID();
    }
}
