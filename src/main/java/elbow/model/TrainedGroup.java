package elbow.model;

import elbow.base.Check;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A group of the training rows, and what became of it.
 *
 * @param key its values, as {@link elbow.data.encoding.GroupReader} makes keys of them
 * @param trainingRows how many rows to train on it has
 * @param heldOutRows how many of its rows are held out
 * @param fate whether it has a network of its own, or why not
 * @param gain by how much its own network's ELBO of its held-out rows is above the pooled one's, in nats a row; NaN if
 *     none was trained
 * @param own its own network; null if the pooled one scores it
 */
public record TrainedGroup(
        String key,
        long trainingRows,
        long heldOutRows,
        Fate fate,
        double gain,
        @Nullable OwnNetwork own) {
    /** What became of a group. */
    public enum Fate {
        /** It has a network of its own. */
        OWN,
        /** It has too few rows for one. */
        FEW_ROWS,
        /** Its own network was no better than the pooled one. */
        NOT_BETTER,
        /** Its own network's parameters or scores were no longer finite. */
        NOT_FINITE,
        /** Its held-out scores give no threshold by the model's rule. */
        NO_THRESHOLD;

        /** In words, for people. */
        public String words() {
            return switch (this) {
                case OWN -> "own network";
                case FEW_ROWS -> "pooled: few rows";
                case NOT_BETTER -> "pooled: own not better";
                case NOT_FINITE -> "pooled: own not finite";
                case NO_THRESHOLD -> "pooled: no threshold";
            };
        }
    }

    /**
     * A network of a group.
     *
     * @param calibration of its scores of the group's held-out rows
     * @param file the number of the file that has its parameters
     * @param offset where they begin there
     * @param length how many bytes they are
     */
    public record OwnNetwork(Calibration calibration, int file, int offset, int length) {}

    public TrainedGroup {
        Check.argument(trainingRows >= 0, "trainingRows", "be at least 0", trainingRows);
        Check.argument(heldOutRows >= 0, "heldOutRows", "be at least 0", heldOutRows);
        Check.argument((own != null) == (fate == Fate.OWN), "own", "be there just for the fate OWN", fate);
    }

    /** The network, if it has one. */
    public Optional<OwnNetwork> network() {
        return Optional.ofNullable(own);
    }

    /** All of its rows. */
    public long rows() {
        return trainingRows + heldOutRows;
    }

    /** Its values, for people. */
    public String name() {
        return key.substring(1, key.length() - 1);
    }
}
