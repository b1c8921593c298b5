package elbow.files;

import elbow.base.ElbowException;
import elbow.failure.StorageFailure;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A directory that is written aside and then moved to its place, where readers see none of it or all. What has been
 * written aside by a process that ended before that stays there, and nobody takes it for the directory: see
 * {@link #unpublished}. What such a process was about to replace is put back by whoever comes next, see
 * {@link #putBack}, and what it has replaced and not removed is removed by who replaces next, see
 * {@link #removeReplaced}.
 */
public final class StagedDirectory {
    private static final Logger LOGGER = LoggerFactory.getLogger(StagedDirectory.class);

    private static final String OLD = "old";
    private static final String NEW = "new";
    private static final int MOST_TRIES = 3;

    /** What a file is to hold. */
    @FunctionalInterface
    public interface Content {
        /** Writes all of it; called once, on one thread. The stream stays open. */
        void writeTo(OutputStream output) throws IOException;
    }

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
        write(name, output -> output.write(content));
    }

    /** Writes a new file of the directory, of any size. */
    public void write(String name, Content content) throws IOException {
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
        Place replaced = exchange(MOST_TRIES);
        try {
            replaced.files().delete(replaced.path(), true);
        } catch (IOException e) {
            // The new one is in its place, and that is what was asked for.
            LOGGER.warn("{}, which {} has replaced, could not be removed", replaced, place, e);
        }
    }

    /** Puts what was staged in the place of what is there, and returns where that is now. */
    private Place exchange(int triesLeft) throws IOException {
        Place replaced = place.sibling(hidden(place, OLD));
        kind.moveOut(place, replaced, marker);
        try {
            kind.moveIn(staging, place, marker);
            return replaced;
        } catch (IOException e) {
            if (triesLeft > 1 && wasPutBack(replaced)) {
                return exchange(triesLeft - 1);
            }
            restore(replaced, e);
            throw e;
        }
    }

    // Between the two moves a reader may have taken this for a run that has ended.
    private boolean wasPutBack(Place replaced) {
        try {
            return place.exists() && !replaced.exists();
        } catch (ElbowException e) {
            LOGGER.warn("{} cannot be looked at", place, e);
            return false;
        }
    }

    /**
     * Puts a directory back that a process was about to replace when it ended: nothing is at its place, and what was
     * there is beside it, under a hidden name. Where directories are moved file by file, as on object stores, only if
     * the place is empty. Does nothing in any other case.
     *
     * @param marker name of the file that makes a reader take it for whole
     */
    public static void putBack(Place place, String marker) {
        if (place.path().getParent() == null || place.exists()) {
            return;
        }
        String prefix = hiddenPrefix(place, OLD);
        Optional<Place> newest = place.parent().list().stream()
                .filter(status -> status.getPath().getName().startsWith(prefix))
                .sorted(Comparator.comparingLong(FileStatus::getModificationTime)
                        .reversed())
                .map(status -> place.sibling(status.getPath().getName()))
                .filter(old -> old.child(marker).exists())
                .findFirst();
        if (newest.isEmpty()) {
            return;
        }
        try {
            FileSystemKind.of(place.files()).moveIn(newest.get(), place, marker);
            LOGGER.warn("{} was put back: a run that was to replace it ended before it could", place);
        } catch (IOException e) {
            // Another reader may have come first.
            if (!place.exists()) {
                throw StorageFailure.of(
                        "put " + newest.get() + ", what a run that ended early has moved away, back to " + place, e);
            }
        }
    }

    /**
     * Removes what processes have replaced that ended before they could remove it. Does nothing unless the place is
     * whole: until then it may be needed. What cannot be removed is left with a warning.
     *
     * @param marker name of the file that makes a reader take it for whole
     */
    static void removeReplaced(Place place, String marker) {
        try {
            // First what is beside it: what comes there later is of a process that goes on.
            List<Place> replaced = beside(place, OLD);
            if (!replaced.isEmpty() && place.child(marker).exists()) {
                replaced.forEach(Place::delete);
            }
        } catch (ElbowException e) {
            // The new one is in its place, and that is what was asked for.
            LOGGER.warn("What {} has replaced could not be removed", place, e);
        }
    }

    /** What processes have written beside a place and not moved there: they have ended, or go on. */
    static List<Place> unpublished(Place place) {
        return beside(place, NEW);
    }

    /** A place to write a directory at that is to come to {@code place}. */
    static Place stagingFor(Place place) {
        return place.sibling(hidden(place, NEW));
    }

    private static List<Place> beside(Place place, String role) {
        Pattern name =
                Pattern.compile(Pattern.quote(hiddenPrefix(place, role)) + "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
        return place.parent().list().stream()
                .map(status -> status.getPath().getName())
                .filter(found -> name.matcher(found).matches())
                .sorted()
                .map(place::sibling)
                .toList();
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

    // A name that nothing has, hidden from Spark and from patterns: ".model.old-UUID".
    private static String hidden(Place place, String role) {
        return hiddenPrefix(place, role) + UUID.randomUUID();
    }

    private static String hiddenPrefix(Place place, String role) {
        return "." + place.path().getName() + "." + role + "-";
    }
}
