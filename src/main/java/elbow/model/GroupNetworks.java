package elbow.model;

import elbow.base.Check;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The networks of groups of rows, beside the pooled one that scores all others: {@value #INDEX} and the files
 * {@code groups-NNNNN.bin}. Each is the pooled network trained on with the rows of its group alone, kept as
 * {@link ParameterChanges}.
 *
 * <p>A group has a threshold of its own. A threshold that rows are held against is the model's of training or another
 * one: a group's stands as far from its own of training. See {@link #move}.
 */
public final class GroupNetworks {
    static final String INDEX = "groups.json";

    /** The most groups that a model may know. */
    public static final int MOST_GROUPS = 100_000;

    /** The most bytes of all groups' parameters. */
    public static final long MOST_BYTES = 1L << 30;

    /** A file has about so many bytes: what a task holds to find a group's parameters. */
    static final int FILE_BYTES = 4 << 20;

    private final List<String> columns;
    private final int leastRows;
    private final double threshold;
    private final int parameters;
    private final List<TrainedGroup> groups;
    private final List<byte[]> files;

    /**
     * @param columns by which rows fall into groups
     * @param leastRows how many rows a group needed for a network of its own
     * @param threshold of the pooled network's calibration in training, in nats
     * @param parameters of each network
     * @param groups by key, ascending
     * @param files the parameters
     * @throws IllegalArgumentException if a group's network is not in the files, if there are too many groups, if two
     *     have the same key, or if the threshold is not finite
     */
    GroupNetworks(
            List<String> columns,
            int leastRows,
            double threshold,
            int parameters,
            List<TrainedGroup> groups,
            List<byte[]> files) {
        this.columns = List.copyOf(columns);
        this.leastRows = leastRows;
        this.threshold = threshold;
        this.parameters = parameters;
        this.groups = List.copyOf(groups);
        this.files = Collections.unmodifiableList(new ArrayList<>(files));
        Check.argument(!columns.isEmpty(), "columns", "have at least one entry", columns);
        Check.argument(Double.isFinite(threshold), "threshold", "be finite", threshold);
        Check.argument(groups.size() <= MOST_GROUPS, "groups", "be at most " + MOST_GROUPS, groups.size());
        Set<String> keys = new HashSet<>();
        for (TrainedGroup group : groups) {
            Check.argument(keys.add(group.key()), "groups", "differ", group.key());
            group.network().ifPresent(own -> {
                Check.argument(
                        own.file() >= 0 && own.file() < files.size(),
                        "the file of group " + group.key(),
                        "be one of " + files.size(),
                        own.file());
                ParameterChanges.requireFit(files.get(own.file()), own.offset(), own.length(), parameters);
            });
        }
    }

    /** The columns by which rows fall into groups. */
    public List<String> columns() {
        return columns;
    }

    /** How many rows a group needed for a network of its own. */
    public int leastRows() {
        return leastRows;
    }

    /** The threshold of the pooled network in training, at which that of every group stands. */
    public double threshold() {
        return threshold;
    }

    /** How many parameters each network has. */
    public int parameters() {
        return parameters;
    }

    /** All groups of the training rows, by key. */
    public List<TrainedGroup> groups() {
        return groups;
    }

    /** The contents of the files with the parameters; not to be written to. */
    public List<byte[]> files() {
        return files;
    }

    /** How many groups met a fate. */
    public long count(TrainedGroup.Fate fate) {
        return groups.stream().filter(group -> group.fate() == fate).count();
    }

    /** How many groups have a network of their own. */
    public long networks() {
        return count(TrainedGroup.Fate.OWN);
    }

    /**
     * The anomaly score of a row that a group's own network scores, as it compares with the model's threshold: moved by
     * the difference of the two thresholds, so that it is above {@code threshold} just if it was above {@code own},
     * whatever is rounded.
     *
     * @param score as the group's network has it, in nats
     * @param own the threshold of the group's calibration
     * @param threshold where that is to stand
     */
    public static double move(double score, double own, double threshold) {
        if (!Double.isFinite(score)) {
            return score;
        }
        double moved = score + (threshold - own);
        return score > own ? Math.max(moved, Math.nextUp(threshold)) : Math.min(moved, threshold);
    }

    /** The name of a file of parameters. */
    static String file(int number) {
        return String.format(Locale.ROOT, "groups-%05d.bin", number);
    }

    /** Whether that is the name of a file of parameters. */
    static boolean isFile(String name) {
        return name.matches("groups-\\d{5}\\.bin");
    }

    /** Collects groups in the order of their keys. */
    public static final class Builder {
        private final List<String> columns;
        private final int leastRows;
        private final double threshold;
        private final int parameters;
        private final List<TrainedGroup> groups = new ArrayList<>();
        private final List<List<byte[]>> files = new ArrayList<>();
        private int room;
        private long bytes;

        /** As for the constructor. */
        public Builder(List<String> columns, int leastRows, double threshold, int parameters) {
            this.columns = columns;
            this.leastRows = leastRows;
            this.threshold = threshold;
            this.parameters = parameters;
        }

        /** Adds a group that the pooled network scores. */
        public void add(String key, long trainingRows, long heldOutRows, TrainedGroup.Fate fate, double gain) {
            groups.add(new TrainedGroup(key, trainingRows, heldOutRows, fate, gain, null));
        }

        /** Adds a group with a network of its own. */
        public void add(
                String key, long trainingRows, long heldOutRows, double gain, Calibration calibration, byte[] changes) {
            if (files.isEmpty() || changes.length > room) {
                files.add(new ArrayList<>());
                room = Math.max(FILE_BYTES, changes.length);
            }
            int file = files.size() - 1;
            int offset = files.get(file).stream().mapToInt(part -> part.length).sum();
            files.get(file).add(changes);
            room -= changes.length;
            bytes += changes.length;
            TrainedGroup.OwnNetwork own = new TrainedGroup.OwnNetwork(calibration, file, offset, changes.length);
            groups.add(new TrainedGroup(key, trainingRows, heldOutRows, TrainedGroup.Fate.OWN, gain, own));
        }

        /** Bytes of all parameters so far. */
        public long bytes() {
            return bytes;
        }

        /** All of them. */
        public GroupNetworks build() {
            return new GroupNetworks(
                    columns,
                    leastRows,
                    threshold,
                    parameters,
                    groups,
                    files.stream().map(Builder::joined).toList());
        }

        private static byte[] joined(List<byte[]> parts) {
            byte[] all = new byte[parts.stream().mapToInt(part -> part.length).sum()];
            int place = 0;
            for (byte[] part : parts) {
                System.arraycopy(part, 0, all, place, part.length);
                place += part.length;
            }
            return all;
        }
    }
}
