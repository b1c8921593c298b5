package elbow.model;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.base.Message;
import elbow.base.Parameter;
import java.util.OptionalInt;
import org.apache.hadoop.conf.Configuration;

/**
 * Where a model is to be written, settled before the work: a directory, or the next version of a model, which is then
 * put in force. See {@link ModelVersions}.
 */
public final class ModelTarget {
    private final String place;
    private final boolean next;
    private final OptionalInt inForce;
    private final Configuration hadoop;

    private ModelTarget(String place, boolean next, OptionalInt inForce, Configuration hadoop) {
        this.place = place;
        this.next = next;
        this.inForce = inForce;
        this.hadoop = hadoop;
    }

    /**
     * The target that {@code uri} names now.
     *
     * @throws ElbowException as {@link ModelVersions#toWrite} does; of category MODEL if the last promotion is damaged
     */
    public static ModelTarget of(String uri, Configuration hadoop) {
        boolean next = ModelVersions.isNext(uri);
        String place = ModelVersions.toWrite(uri, hadoop);
        return new ModelTarget(place, next, next ? ModelVersions.inForce(place, hadoop) : OptionalInt.empty(), hadoop);
    }

    /** The directory. */
    public String place() {
        return place;
    }

    /**
     * Puts the model, which is written, in force if it is a next version; does nothing if it is not.
     *
     * @throws ElbowException of category NOT_PROMOTED if another version has come in force since this target was made;
     *     of the category of the failure if it cannot be put in force; either says what does it later
     */
    public void putInForce() {
        if (!next) {
            return;
        }
        OptionalInt now;
        try {
            now = ModelVersions.inForce(place, hadoop);
            if (now.equals(inForce)) {
                ModelVersions.promote(place, hadoop);
                return;
            }
        } catch (RuntimeException e) {
            throw ElbowException.reworded(e, fault -> Message.of(notInForce(), " (", fault, ")"));
        }
        throw new ElbowException(
                ErrorCategory.NOT_PROMOTED,
                Message.of(
                        notInForce(),
                        " (the version in force has changed during the run, from " + named(inForce) + " to "
                                + named(now) + ")"));
    }

    private Message notInForce() {
        return Message.of(place + " is written but not in force: ", Parameter.PROMOTE, " " + place);
    }

    private static String named(OptionalInt version) {
        return version.isPresent() ? Integer.toString(version.getAsInt()) : "none";
    }
}
