package elbow.train.group;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.data.shard.GroupShards.GroupSize;
import elbow.model.GroupNetworks;
import java.util.List;
import java.util.Locale;
import org.apache.spark.SparkConf;

/** How many rows of a group are used, and what room the networks of all groups may take. */
final class GroupLimits {
    /** Rows of a group that its network is trained on at most: they are in the memory of one task. */
    private static final int MOST_ROWS = 100_000;

    /** Of wide rows fewer, so that they have at most so many encoded values, but never fewer than so many rows. */
    private static final int MOST_VALUES = 1 << 26;

    private static final int FEWEST_BOUND = 2_000;

    /** Held-out rows of a group that its network is measured and calibrated by at most, and the same for wide rows. */
    private static final int MOST_HELD_OUT = 2_000;

    private static final int FEWEST_BOUND_HELD_OUT = 500;

    /** The most bytes of the list of groups, well below what a load reads. */
    private static final long MOST_INDEX_BYTES = 200_000_000;

    private static final String MAX_RESULT_SIZE = "spark.driver.maxResultSize";

    private GroupLimits() {}

    /**
     * Requires that the networks of groups can be kept together.
     *
     * @throws ElbowException of category USAGE if they may be too large
     */
    static void requireRoom(long networks, long parameters) {
        long bytes = networks * networkBytes(parameters);
        if (bytes > GroupNetworks.MOST_BYTES) {
            throw new ElbowException(
                    ErrorCategory.USAGE,
                    String.format(
                            Locale.ROOT,
                            "the networks of %,d groups with %,d parameters must fit into %,d MB, but may need %,d MB:"
                                    + " raise data.group-least-rows, or make model.encoder-sizes and"
                                    + " model.decoder-sizes smaller",
                            networks,
                            parameters,
                            GroupNetworks.MOST_BYTES >> 20,
                            bytes >> 20));
        }
    }

    /** Rows of a group that are trained on at most. */
    static int mostRows(int width) {
        return Math.max(FEWEST_BOUND, Math.min(MOST_ROWS, MOST_VALUES / Math.max(1, width)));
    }

    /** Held-out rows of a group at most. */
    static int mostHeldOut(int width) {
        return Math.max(FEWEST_BOUND_HELD_OUT, Math.min(MOST_HELD_OUT, MOST_VALUES / Math.max(1, width)));
    }

    /**
     * Requires that the list of groups can be read again.
     *
     * @throws ElbowException of category USAGE if it may be too long
     */
    static void requireRoomInIndex(List<GroupSize> all, List<GroupSize> large, List<String> features, int mostHeldOut) {
        // A name, and beside it and beside a key some fixed words and numbers; a score has up to 22 digits and signs.
        long normal = features.stream().mapToLong(name -> 50L + name.length()).sum();
        long bytes = large.stream()
                        .mapToLong(group -> 500 + normal + 26 * Math.min(group.heldOut(), mostHeldOut))
                        .sum()
                + all.stream().mapToLong(group -> 150L + group.key().length()).sum();
        if (bytes > MOST_INDEX_BYTES) {
            throw new ElbowException(
                    ErrorCategory.USAGE,
                    String.format(
                            Locale.ROOT,
                            "the held-out scores of %,d groups with networks of their own, and the keys of all %,d, must"
                                    + " fit into %,d MB, but may need %,d MB: raise data.group-least-rows, or lower"
                                    + " data.validation-fraction",
                            large.size(),
                            all.size(),
                            MOST_INDEX_BYTES / 1_000_000,
                            bytes / 1_000_000));
        }
    }

    /** What the tasks return at most: all come to the driver in one job. */
    static long resultBytes(List<GroupSize> large, long parameters, int features, int mostHeldOut) {
        return large.stream()
                .mapToLong(group -> networkBytes(parameters)
                        + (long) Double.BYTES * (features + Math.min(group.heldOut(), mostHeldOut)))
                .sum();
    }

    /**
     * Requires that the driver takes what the tasks return.
     *
     * @throws ElbowException of category USAGE that names the need, the limit and the setting
     */
    static void requireRoomForResults(SparkConf settings, long need, int groups) {
        long limit = settings.getSizeAsBytes(MAX_RESULT_SIZE, "1g");
        if (limit > 0 && need > limit) {
            throw new ElbowException(
                    ErrorCategory.USAGE,
                    String.format(
                            Locale.ROOT,
                            "%s must be 0, for no limit, or at least what the networks of %,d groups may take, %,d MB,"
                                    + " but is %,d MB; raise it, or raise data.group-least-rows",
                            MAX_RESULT_SIZE,
                            groups,
                            (need >> 20) + 1,
                            limit >> 20));
        }
    }

    private static long networkBytes(long parameters) {
        return 2 * parameters + parameters / Byte.SIZE + 1;
    }
}
