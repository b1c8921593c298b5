package elbow.train.averaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LearningRateTest {
    @Test
    void scheduleBeginsAfterWarmUp() {
        LearningRate rate = new LearningRate(0.5, 4, new LearningRateSchedule.Cosine(0));
        assertThat(rate.at(0, 12)).isEqualTo(0.125);
        assertThat(rate.at(3, 12)).isEqualTo(0.5);
        assertThat(rate.at(4, 12)).isEqualTo(0.5);
        assertThat(rate.at(8, 12)).isCloseTo(0.25, within(1e-15));
        assertThat(rate.at(11, 12)).isBetween(0.01, 0.02);
    }

    @Test
    void cosineScheduleEndsAtItsFinalFraction() {
        LearningRate rate = new LearningRate(2, 0, new LearningRateSchedule.Cosine(0.25));
        assertThat(rate.at(0, 10)).isEqualTo(2);
        assertThat(rate.at(10, 10)).isCloseTo(0.5, within(1e-15));
        assertThat(rate.at(1000, 10)).isCloseTo(0.5, within(1e-15));
    }

    @Test
    void stepScheduleFallsAtRegularIntervals() {
        LearningRate rate = new LearningRate(1, 0, new LearningRateSchedule.Step(3, 0.5));
        assertThat(rate.at(2, 100)).isEqualTo(1);
        assertThat(rate.at(3, 100)).isEqualTo(0.5);
        assertThat(rate.at(6, 100)).isEqualTo(0.25);
    }

    @Test
    void onlyAConstantRateWithoutWarmUpIsConstant() {
        assertThat(LearningRate.constant(0.1).isConstant()).isTrue();
        assertThat(LearningRate.constant(0.1).at(99, 100)).isEqualTo(0.1);
        assertThat(new LearningRate(1, 1, new LearningRateSchedule.Constant()).isConstant())
                .isFalse();
        assertThat(new LearningRate(1, 0, new LearningRateSchedule.Cosine(0)).isConstant())
                .isFalse();
    }
}
