package elbow.train.averaging;

import static org.assertj.core.api.Assertions.assertThat;

import elbow.vae.BatchStatistics;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OuterStepTest {
    private static final int LENGTH = 20_001;
    private static final OuterOptimizer OUTER = new OuterOptimizer.Nesterov(0.7, 0.9);

    @Test
    void stepByRangesEqualsTheWholeStep() {
        AveragingState state = AveragingState.initial(numbers(1), true, false, OUTER);
        ReplicaSum sum = new ReplicaSum();
        sum.add(result(0, 300, numbers(2), numbers(3), numbers(4)));
        sum.add(result(1, 100, numbers(5), numbers(6), numbers(7)));
        AveragingState first = OuterStep.next(state, 5, sum, OUTER, 1e-3);
        AveragingState second = OuterStep.next(first, 5, sum, OUTER, 1e-3);

        float[] parameters = numbers(1);
        float[] velocity = new float[LENGTH];
        OUTER.step(parameters, mean(sum, StateVector.PARAMETERS), velocity, 1e-3);
        OUTER.step(parameters, mean(sum, StateVector.PARAMETERS), velocity, 1e-3);
        assertThat(second.parameters()).isEqualTo(parameters);
        assertThat(second.velocity()).isEqualTo(velocity);
        double[] moments = mean(sum, StateVector.SECOND_MOMENTS);
        float[] found = Objects.requireNonNull(second.secondMoments());
        for (int i = 0; i < LENGTH; i++) {
            assertThat(found[i]).isEqualTo((float) moments[i]);
        }
        assertThat(second.step()).isEqualTo(10);
        assertThat(second.round()).isEqualTo(2);
        assertThat(state.parameters()).isEqualTo(numbers(1));
    }

    @Test
    void missingMomentsAndVelocityStayMissing() {
        OuterOptimizer average = new OuterOptimizer.Average();
        ReplicaSum sum = new ReplicaSum();
        sum.add(result(0, 1, numbers(2), null, null));
        AveragingState next =
                OuterStep.next(AveragingState.initial(numbers(1), false, false, average), 1, sum, average, 1e-3);
        assertThat(next.parameters()).isEqualTo(numbers(2));
        assertThat(next.firstMoments()).isNull();
        assertThat(next.secondMoments()).isNull();
        assertThat(next.velocity()).isEmpty();
    }

    private static float[] numbers(long seed) {
        Random random = new Random(seed);
        float[] numbers = new float[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            numbers[i] = (float) random.nextGaussian();
        }
        return numbers;
    }

    private static double[] mean(ReplicaSum sum, StateVector vector) {
        double[] mean = new double[LENGTH];
        sum.mean(vector, 0, mean);
        return mean;
    }

    private static ReplicaResult result(
            int replica,
            long examples,
            float[] parameters,
            float @Nullable [] firstMoments,
            float @Nullable [] secondMoments) {
        return new ReplicaResult(
                replica,
                new ReplicaState(
                        FloatBytes.of(parameters),
                        firstMoments == null ? null : FloatBytes.of(firstMoments),
                        secondMoments == null ? null : FloatBytes.of(secondMoments),
                        null),
                true,
                RoundSums.of(examples, true, 1, new BatchStatistics()));
    }
}
