package elbow.train.averaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Every number is computed by hand; all are exact in binary. */
class OuterOptimizerTest {
    @Test
    void averageStepsToTheMean() {
        float[] parameters = {1, 2};
        new OuterOptimizer.Average().step(parameters, new double[] {0.5, 4}, new float[0], 0.25);
        assertThat(parameters).containsExactly(0.5f, 4f);
    }

    @Test
    void nesterovLooksAheadAlongItsVelocity() {
        OuterOptimizer outer = new OuterOptimizer.Nesterov(0.5, 0.5);
        float[] parameters = {4};
        float[] velocity = {0};
        // g = 4 - 2 = 2, v = 2, 4 - 0.5 (0.5 * 2 + 2) = 2.5
        outer.step(parameters, new double[] {2}, velocity, 1);
        assertThat(parameters).containsExactly(2.5f);
        assertThat(velocity).containsExactly(2f);
        // g = 2.5 - 1.5 = 1, v = 0.5 * 2 + 1 = 2, 2.5 - 0.5 (0.5 * 2 + 1) = 1.5
        outer.step(parameters, new double[] {1.5}, velocity, 1);
        assertThat(parameters).containsExactly(1.5f);
        assertThat(velocity).containsExactly(2f);
    }

    @Test
    void slowMoDividesByTheInnerLearningRate() {
        OuterOptimizer outer = new OuterOptimizer.SlowMo(1, 0.5);
        float[] parameters = {4};
        float[] velocity = {0};
        // u = (4 - 2) / 0.25 = 8, 4 - 0.25 * 8 = 2
        outer.step(parameters, new double[] {2}, velocity, 0.25);
        assertThat(parameters).containsExactly(2f);
        assertThat(velocity).containsExactly(8f);
        // At half the rate: u = 0.5 * 8 + (2 - 1) / 0.125 = 12, 2 - 0.125 * 12 = 0.5
        outer.step(parameters, new double[] {1}, velocity, 0.125);
        assertThat(parameters).containsExactly(0.5f);
        assertThat(velocity).containsExactly(12f);
    }

    @Test
    void aMomentumOfOneIsRefused() {
        assertThatThrownBy(() -> new OuterOptimizer.SlowMo(1, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("momentum must lie in [0, 1), but is 1.0");
        assertThatThrownBy(() -> new OuterOptimizer.Nesterov(0, 0.5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("learningRate must be finite and above 0, but is 0.0");
    }
}
