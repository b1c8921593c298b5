package elbow.score;

import elbow.data.encoding.GroupReader;
import elbow.model.GroupNetworks;
import elbow.model.TrainedGroup;
import elbow.model.TrainedModel;
import java.io.Serializable;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** How many rows which network scores, of a model whose groups have networks of their own. Not thread-safe. */
public final class GroupCounts implements Serializable {
    private static final long serialVersionUID = 1L;

    private long own;
    private long pooled;
    private long unknown;

    /** Rows that their group's own network scores. */
    public long own() {
        return own;
    }

    /** Rows of groups that training has seen and that the pooled network scores. */
    public long pooled() {
        return pooled;
    }

    /** Rows of groups that training has not seen; the pooled network scores them. */
    public long unknown() {
        return unknown;
    }

    void addOwn(long rows) {
        own += rows;
    }

    void addPooled(boolean known) {
        pooled += known ? 1 : 0;
        unknown += known ? 0 : 1;
    }

    GroupCounts merge(GroupCounts other) {
        own += other.own;
        pooled += other.pooled;
        unknown += other.unknown;
        return this;
    }

    /** Counts rows by a pass over them; empty for a model of one network. */
    static Optional<GroupCounts> of(TrainedModel model, Dataset<Row> rows) {
        return model.groups().map(groups -> {
            GroupReader reader = GroupScoring.columns(groups, model).bind(rows.schema());
            Set<String> withNetwork = keys(groups, true);
            Set<String> others = keys(groups, false);
            return rows.javaRDD()
                    .mapPartitions(partition -> {
                        GroupCounts counts = new GroupCounts();
                        partition.forEachRemaining(row -> {
                            String key = reader.key(row);
                            if (withNetwork.contains(key)) {
                                counts.addOwn(1);
                            } else {
                                counts.addPooled(others.contains(key));
                            }
                        });
                        return List.of(counts).iterator();
                    })
                    .fold(new GroupCounts(), GroupCounts::merge);
        });
    }

    private static Set<String> keys(GroupNetworks groups, boolean withNetwork) {
        Set<String> keys = new HashSet<>();
        groups.groups().stream()
                .filter(group -> group.network().isPresent() == withNetwork)
                .forEach(group -> keys.add(group.key()));
        return keys;
    }

    /** What to say of them, in a sentence. */
    String note(GroupNetworks groups) {
        return String.format(
                Locale.ROOT,
                "groups by %s: %,d rows scored by networks of their own groups (%,d of %,d groups have one), %,d of other"
                        + " groups of training by the pooled network, and %,d of groups that training has not seen by the"
                        + " pooled network, too",
                String.join(", ", groups.columns()),
                own,
                groups.count(TrainedGroup.Fate.OWN),
                groups.groups().size(),
                pooled,
                unknown);
    }
}
