package elbow.data.shard;

import java.util.List;

/**
 * The rows of one group, those of each side in the order of their seeded hash: the same whatever the input's files and
 * order were.
 *
 * @param group the number of the group
 * @param training blocks of rows to train on, at least one
 * @param heldOut blocks of held-out rows
 */
public record GroupRows(int group, List<PackedRows> training, List<PackedRows> heldOut) {
    public GroupRows {
        training = List.copyOf(training);
        heldOut = List.copyOf(heldOut);
    }

    /** How many rows some blocks have. */
    public static int count(List<PackedRows> blocks) {
        return blocks.stream().mapToInt(PackedRows::rows).sum();
    }
}
