package elbow.files;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.base.Message;
import elbow.base.Parameter;
import elbow.failure.StorageFailure;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * A directory that a user named and a run will write, which appears at its place whole or not at all. What stood there
 * before is kept until then, and nothing is replaced but what such a run has written.
 */
public final class OutputDirectory {
    /** What happens to something that is already there. */
    public enum IfExists {
        /** It is an error. */
        REFUSE,
        /** It is replaced. */
        REPLACE
    }

    /** The marker of a directory that Spark's writer fills: what it leaves when it is through. */
    public static final String SPARK_MARKER = SparkOutput.SUCCESS;

    private final Place place;
    private final String marker;
    private final IfExists ifExists;
    private final StagedDirectory staged;

    /**
     * A directory to be.
     *
     * @param option name of the parameter that names the directory, for messages: "model"
     * @param marker a file that every such directory has: nothing else is ever replaced but an empty directory. Where
     *     it is {@link #SPARK_MARKER}, which every Spark job leaves, {@link #publish} adds Elbow's own mark, and only a
     *     directory with that one is replaced, or one of an earlier build with the columns of scores or bad rows
     * @throws ElbowException of category USAGE if {@code uri} is no path of a known file system, if something is there
     *     that is not to be replaced, or if nothing can be written there
     */
    public OutputDirectory(String option, String uri, String marker, IfExists ifExists, Configuration hadoop) {
        this(Place.of(option, uri, ErrorCategory.USAGE, hadoop), marker, ifExists);
    }

    OutputDirectory(Place place, String marker, IfExists ifExists) {
        this.place = place;
        this.marker = marker;
        this.ifExists = ifExists;
        staged = new StagedDirectory(place, StagedDirectory.stagingFor(place), marker);
        StagedDirectory.putBack(place, marker);
        requireFree();
        place.parent().requireWritable("a directory that can be made");
    }

    Place place() {
        return place;
    }

    /** A hidden place beside the directory, for what belongs to its making. */
    public Place beside(String role) {
        return place.sibling("." + place.path().getName() + "." + role);
    }

    /** Whether something is there, which is to be replaced. */
    public boolean exists() {
        return place.exists();
    }

    /** Where the directory will be. */
    public Path path() {
        return place.path();
    }

    /**
     * Where other runs have written this directory and not put it in its place: they ended early, and what they have
     * written can be removed, or they go on.
     */
    public List<Path> unfinished() {
        return StagedDirectory.unpublished(place).stream()
                .map(Place::path)
                .filter(path -> !path.equals(staging()))
                .toList();
    }

    /** Where to write until {@link #publish}; the caller creates it. */
    public Path staging() {
        return staged.staging().path();
    }

    /** Writes a new file of the directory. */
    public void write(String name, byte[] content) throws IOException {
        staged.write(name, content);
    }

    /**
     * Moves what was staged to its place.
     *
     * @throws ElbowException of category USAGE if something has come there meanwhile that is not to be replaced
     */
    public void publish() {
        requireFree();
        try {
            if (isSparks()) {
                staged.write(SparkOutput.MARK, SparkOutput.MARK_CONTENT);
            }
            if (ifExists == IfExists.REPLACE) {
                staged.replace();
                StagedDirectory.removeReplaced(place, marker);
            } else {
                staged.publish();
            }
        } catch (IOException e) {
            // Another run may have come first.
            requireFree();
            throw StorageFailure.of("put " + place + " in place", e);
        }
    }

    /** Removes what was staged; does nothing after {@link #publish}. */
    public void discard() {
        staged.discard();
    }

    private void requireFree() {
        if (!place.exists()) {
            return;
        }
        if (ifExists == IfExists.REFUSE) {
            throw usage(
                    place.parameter(),
                    " must name a directory that does not exist yet, but " + place
                            + " does; name another, or replace it with ",
                    Parameter.OVERWRITE);
        }
        if (!isReplaceable()) {
            throw usage(
                    Parameter.OVERWRITE,
                    " replaces only a directory that has " + (isSparks() ? "what Elbow wrote" : "a " + marker)
                            + " or nothing in it, but " + place
                            + " is something else; name another for ",
                    place.parameter(),
                    ", or remove it yourself");
        }
    }

    private boolean isSparks() {
        return marker.equals(SparkOutput.SUCCESS);
    }

    private boolean isReplaceable() {
        try {
            return place.files().getFileStatus(place.path()).isDirectory()
                    && (place.list().isEmpty()
                            || (isSparks()
                                    ? SparkOutput.isOfElbow(place)
                                    : place.child(marker).exists()));
        } catch (IOException e) {
            throw StorageFailure.of("look at " + place, e);
        }
    }

    private static ElbowException usage(Object... message) {
        return new ElbowException(ErrorCategory.USAGE, Message.of(message));
    }
}
