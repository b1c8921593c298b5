package elbow.score;

import elbow.math.ExactMoments;
import elbow.math.ExactSum;
import elbow.model.LatentUse;
import elbow.vae.RowScores;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * What {@link LatentUse} follows from, summed up without rounding: the same for any order and partitioning of the rows.
 */
final class LatentSums implements Serializable {
    private static final long serialVersionUID = 1L;

    private final ExactMoments[] means;
    private final ExactSum[] kls;
    private boolean knowsKl = true;
    private long rows;

    LatentSums(int latentSize) {
        means = Stream.generate(ExactMoments::new).limit(latentSize).toArray(ExactMoments[]::new);
        kls = Stream.generate(ExactSum::new).limit(latentSize).toArray(ExactSum[]::new);
    }

    void add(int count, RowScores scores) {
        int size = means.length;
        float[] posteriorMeans = scores.means();
        double[] klByLatent = scores.klByLatent();
        for (int i = 0; i < count * size; i++) {
            means[i % size].add(posteriorMeans[i], 1);
            if (Double.isNaN(klByLatent[i])) {
                knowsKl = false;
            } else {
                kls[i % size].add(klByLatent[i]);
            }
        }
        rows += count;
    }

    /** Makes this ready to travel. */
    void seal() {
        Arrays.stream(means).forEach(ExactMoments::seal);
        Arrays.stream(kls).forEach(ExactSum::seal);
    }

    void merge(LatentSums other) {
        for (int i = 0; i < means.length; i++) {
            means[i].merge(other.means[i]);
            kls[i].merge(other.kls[i]);
        }
        knowsKl &= other.knowsKl;
        rows += other.rows;
    }

    LatentUse use() {
        if (rows == 0) {
            return LatentUse.UNKNOWN;
        }
        List<Double> kl = new ArrayList<>();
        if (knowsKl) {
            for (ExactSum sum : kls) {
                kl.add(sum.isFinite() ? sum.mean(rows) : Double.POSITIVE_INFINITY);
            }
        }
        DoubleStream variances = Arrays.stream(means).mapToDouble(ExactMoments::variance);
        return new LatentUse(kl, variances.boxed().toList());
    }
}
