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
        double[] mean = mean(sum, StateVector.PARAMETERS);
        for (int i = 0; i < parameters.length; i++) {
            assertThat(mean[i]).isEqualTo(parameters[i]);
        }
    }

    @Test
    void replicasAreWeightedByTheirRows() {
        ReplicaSum sum = new ReplicaSum();
        sum.add(result(0, true, 300, 1, -2));
        sum.add(result(1, true, 100, 5, 2));
        sum.add(ReplicaResult.idle(2));
        assertThat(mean(sum, StateVector.PARAMETERS)).containsExactly(2, -1);
        assertThat(mean(sum, StateVector.FIRST_MOMENTS)).containsExactly(2, -1);
        assertThat(sum.has(StateVector.SECOND_MOMENTS)).isFalse();
        assertThat(sum.sums().examples()).isEqualTo(400);
    }

    @Test
    void nonFiniteReplicaIsLeftOutAndCounted() {
        ReplicaSum sum = new ReplicaSum();
        sum.add(result(0, true, 300, 1));
        sum.add(result(1, false, 300, Float.NaN));
        assertThat(mean(sum, StateVector.PARAMETERS)).containsExactly(1);
        assertThat(sum.sums().leftOut()).isEqualTo(1);

        ReplicaSum none = new ReplicaSum();
        none.add(result(0, false, 300, Float.NaN));
        assertThat(none.hasMean()).isFalse();
    }

    @Test
    void sumOfGroupsIsTheSumOfReplicas() {
        ReplicaSum first = new ReplicaSum();
        first.add(result(0, true, 1, 8));
        first.add(result(1, true, 1, 4));
        ReplicaSum second = new ReplicaSum();
        second.add(result(2, true, 2, 2));
        ReplicaSum all = new ReplicaSum();
        all.add(first.total());
        all.add(new ReplicaSum().total());
        all.add(second.total());
        assertThat(mean(all, StateVector.PARAMETERS)).containsExactly(4);
        assertThat(all.sums().examples()).isEqualTo(4);
    }

    @Test
    void rangeOfTheMeanEqualsThatPartOfTheWholeMean() {
        ReplicaSum sum = new ReplicaSum();
        sum.add(result(0, true, 1, 1, 2, 3, 4));
        sum.add(result(1, true, 3, 5, 6, 7, 8));
        double[] range = {-1, -1};
        sum.mean(StateVector.PARAMETERS, 1, range);
        assertThat(range).containsExactly(5, 6);
        ReplicaSum group = new ReplicaSum();
        group.add(sum.total());
        group.mean(StateVector.PARAMETERS, 1, range);
        assertThat(range).containsExactly(5, 6);
    }

    private static double[] mean(ReplicaSum sum, StateVector vector) {
        double[] mean = new double[sum.length()];
        sum.mean(vector, 0, mean);
        return mean;
    }

    private static ReplicaResult result(int replica, boolean finite, long examples, float... parameters) {
        byte[] bytes = FloatBytes.of(parameters);
        return new ReplicaResult(
                replica,
                new ReplicaState(bytes, bytes, null, null),
                finite,
                RoundSums.of(examples, finite, 1, new BatchStatistics()));
    }
}
