package elbow.score;

import elbow.base.ElbowException;
import elbow.base.ErrorCategory;
import elbow.base.Message;
import elbow.base.Parameter;
import elbow.data.encoding.GroupReader;
import elbow.data.feature.GroupColumns;
import elbow.model.Calibration;
import elbow.model.GroupNetworks;
import elbow.model.NormalParts;
import elbow.model.ParameterChanges;
import elbow.model.TrainedGroup;
import elbow.model.TrainedModel;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * The networks of groups, as executors get them. Which group has one, and what its scores mean, is broadcast at once;
 * the parameters file by file, as tasks meet the groups: an executor keeps what it has met in Spark's storage memory,
 * which moves to disk when that is short. A task has one network at a time.
 */
final class GroupScoring implements Serializable {
    private static final long serialVersionUID = 1L;

    // A model that is used again and again, as by streams and batches, is sent once.
    private static final Map<GroupNetworks, Map<SparkContext, Sent>> SENT = new WeakHashMap<>();

    private final GroupReader reader;
    private final Broadcast<Table> table;
    private final List<Broadcast<byte[]>> files;

    private GroupScoring(GroupReader reader, Broadcast<Table> table, List<Broadcast<byte[]>> files) {
        this.reader = reader;
        this.table = table;
        this.files = files;
    }

    /** Those of a model, for rows of {@code schema}, which the model can read; null for a model of one network. */
    static @Nullable GroupScoring of(JavaSparkContext spark, TrainedModel model, StructType schema) {
        Optional<GroupNetworks> found = model.groups();
        if (found.isEmpty()) {
            return null;
        }
        GroupNetworks groups = found.get();
        Sent sent;
        synchronized (SENT) {
            sent = SENT.computeIfAbsent(groups, unused -> new WeakHashMap<>())
                    .computeIfAbsent(spark.sc(), unused -> Sent.of(spark, groups));
        }
        return new GroupScoring(columns(groups, model).bind(schema), sent.table, sent.files);
    }

    /** What a session's executors get of a model: holds neither. Spark frees it when nobody scores by it any more. */
    private static final class Sent {
        private final Broadcast<Table> table;
        private final List<Broadcast<byte[]>> files;

        private Sent(Broadcast<Table> table, List<Broadcast<byte[]>> files) {
            this.table = table;
            this.files = files;
        }

        static Sent of(JavaSparkContext spark, GroupNetworks groups) {
            List<Broadcast<byte[]>> files = new ArrayList<>();
            groups.files().forEach(file -> files.add(spark.broadcast(file)));
            return new Sent(spark.broadcast(new Table(groups)), files);
        }
    }

    /**
     * Requires that a model has one network.
     *
     * @param use what needs it
     * @param why in words
     * @throws ElbowException of category USAGE if its groups have networks of their own
     */
    static void requireNone(TrainedModel model, Parameter use, String why) {
        if (model.groups().isPresent()) {
            throw new ElbowException(
                    ErrorCategory.USAGE,
                    Message.of(
                            use,
                            " must be used with a model of one network, but the groups of model "
                                    + model.manifest().modelId() + " have networks of their own, and " + why));
        }
    }

    static GroupColumns columns(GroupNetworks groups, TrainedModel model) {
        return new GroupColumns(groups.columns(), model.encoder());
    }

    /**
     * Takes the rows of a partition group by group.
     *
     * @param used whose parameters become those of the group at hand
     * @param pooled the parameters of the pooled network
     */
    GroupedRows open(Iterator<Row> rows, ModelInTask used, float[] pooled) {
        return new GroupedRows(rows, this, used, pooled);
    }

    GroupReader reader() {
        return reader;
    }

    Table table() {
        return table.value();
    }

    /** Writes the parameters of a group's network to {@code target}. */
    void parameters(Own group, float[] pooled, float[] target) {
        ParameterChanges.apply(files.get(group.file).value(), group.offset, group.length, pooled, target);
    }

    /** Which groups there are. */
    static final class Table implements Serializable {
        private static final long serialVersionUID = 1L;

        private final Map<String, Own> own = new HashMap<>();
        private final Set<String> others = new HashSet<>();

        Table(GroupNetworks groups) {
            for (TrainedGroup group : groups.groups()) {
                group.network()
                        .ifPresentOrElse(
                                network -> own.put(group.key(), new Own(network, groups.threshold())),
                                () -> others.add(group.key()));
            }
        }

        /** The group, if it has a network of its own. */
        @Nullable
        Own own(String key) {
            return own.get(key);
        }

        /** Whether a group without a network of its own is one of training. */
        boolean isKnown(String key) {
            return others.contains(key);
        }
    }

    /** A group with a network of its own. No record: Spark's Kryo cannot write records. */
    static final class Own implements Serializable {
        private static final long serialVersionUID = 1L;

        private final Calibration calibration;
        private final double threshold;
        private final int file;
        private final int offset;
        private final int length;

        Own(TrainedGroup.OwnNetwork network, double threshold) {
            calibration = network.calibration();
            this.threshold = threshold;
            file = network.file();
            offset = network.offset();
            length = network.length();
        }

        /** The anomaly score of a row by what its group's network makes of it: see {@link GroupNetworks#move}. */
        double moved(double score) {
            return GroupNetworks.move(score, calibration.threshold(), threshold);
        }

        /** The share of the group's normal rows that score as high as the network's own {@code score}, or higher. */
        double tailProbability(double score) {
            return calibration.tailProbability(score);
        }

        /** What each part of the network's own score is on average; null if that is not known. */
        @Nullable
        NormalParts normal() {
            return calibration.normal().orElse(null);
        }
    }
}
