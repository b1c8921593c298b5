package elbow.train.group;

import elbow.model.NormalParts;
import elbow.model.TrainedGroup.Fate;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a task returns of a group. No record: Spark's Kryo cannot write records. */
final class GroupResult implements Serializable {
    private static final long serialVersionUID = 1L;

    private final int group;
    private final Fate fate;
    private final double gain;
    private final byte[] changes;
    private final double[] scores;
    private final double[] normalMeans;
    private final double normalLatent;

    private GroupResult(
            int group,
            Fate fate,
            double gain,
            byte[] changes,
            double[] scores,
            double[] normalMeans,
            double normalLatent) {
        this.group = group;
        this.fate = fate;
        this.gain = gain;
        this.changes = changes;
        this.scores = scores;
        this.normalMeans = normalMeans;
        this.normalLatent = normalLatent;
    }

    /** Of a group that the pooled network scores. */
    static GroupResult pooled(int group, Fate fate, double gain) {
        return new GroupResult(group, fate, gain, new byte[0], new double[0], new double[0], 0);
    }

    /** Of a group with a network of its own. */
    static GroupResult own(int group, double gain, byte[] changes, double[] scores, NormalParts normal) {
        return new GroupResult(group, Fate.OWN, gain, changes, scores, normal.means(), normal.latent());
    }

    int group() {
        return group;
    }

    Fate fate() {
        return fate;
    }

    double gain() {
        return gain;
    }

    byte[] changes() {
        return changes;
    }

    /** Anomaly scores of the held-out rows. */
    double[] scores() {
        return scores;
    }

    @Nullable
    NormalParts normal(List<String> columns) {
        return normalMeans.length == 0 ? null : new NormalParts(columns, normalMeans, normalLatent);
    }
}
