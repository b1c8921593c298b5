package elbow.train.averaging;

import static org.assertj.core.api.Assertions.assertThat;

import elbow.vae.BatchStatistics;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReplicaSumTest {
    @Test
    void theMeanOfOneReplicaIsThatReplicaToTheBit() {
        float[] parameters = new float[20_001];
        Random random = new Random(1);
        for (int i = 0; i < parameters.length; i++) {
            parameters[i] = Float.intBitsToFloat(random.nextInt() & 0xBFFFFFFF);
        }
        ReplicaSum sum = new ReplicaSum();
        sum.add(result(0, true, 12_345_677, parameters));
        double[] mean = sum.meanParameters();
        for (int i = 0; i < parameters.length; i++) {
            assertThat(mean[i]).isEqualTo(parameters[i]);
        }
    }

    @Test
    void replicasWeighAsMuchAsTheRowsTheyTrainedOn() {
        ReplicaSum sum = new ReplicaSum();
        sum.add(result(0, true, 300, 1, -2));
        sum.add(result(1, true, 100, 5, 2));
        sum.add(ReplicaResult.idle(2));
        assertThat(sum.meanParameters()).containsExactly(2, -1);
        assertThat(sum.meanFirstMoments()).containsExactly(2, -1);
        assertThat(sum.meanSecondMoments()).isNull();
        assertThat(sum.sums().examples()).isEqualTo(400);
    }

    @Test
    void aReplicaThatIsNotFiniteIsLeftOutAndCounted() {
        ReplicaSum sum = new ReplicaSum();
        sum.add(result(0, true, 300, 1));
        sum.add(result(1, false, 300, Float.NaN));
        assertThat(sum.meanParameters()).containsExactly(1);
        assertThat(sum.sums().leftOut()).isEqualTo(1);

        ReplicaSum none = new ReplicaSum();
        none.add(result(0, false, 300, Float.NaN));
        assertThat(none.hasMean()).isFalse();
    }

    @Test
    void groupsAddUpToTheWhole() {
        ReplicaSum first = new ReplicaSum();
        first.add(result(0, true, 1, 8));
        first.add(result(1, true, 1, 4));
        ReplicaSum second = new ReplicaSum();
        second.add(result(2, true, 2, 2));
        ReplicaSum all = new ReplicaSum();
        all.add(first);
        all.add(new ReplicaSum());
        all.add(second);
        assertThat(all.meanParameters()).containsExactly(4);
        assertThat(all.sums().examples()).isEqualTo(4);
    }

    private static ReplicaResult result(int replica, boolean finite, long examples, float... parameters) {
        byte[] bytes = FloatBytes.of(parameters);
        return new ReplicaResult(
                replica,
                new ReplicaState(bytes, bytes, null),
                finite,
                RoundSums.of(examples, finite, 1, new BatchStatistics()));
    }
}
