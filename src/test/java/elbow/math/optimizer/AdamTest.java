package elbow.math.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import elbow.math.FloatMemory;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AdamTest {
    @ParameterizedTest
    @ValueSource(doubles = {0, 0.1})
    void stepsAreThoseOfTheReferenceInDouble(double weightDecay) {
        Adam.Settings settings = new Adam.Settings(0.9, 0.999, 1e-8, weightDecay);
        int length = 2500;
        Random random = new Random(1);
        double[] expected = new double[length];
        double[] first = new double[length];
        double[] second = new double[length];
        float[] start = new float[length];
        for (int i = 0; i < length; i++) {
            start[i] = (float) random.nextGaussian();
            expected[i] = start[i];
        }
        try (FloatMemory parameters = FloatMemory.allocate(length);
                FloatMemory gradients = FloatMemory.allocate(length)) {
            parameters.put(0, start, length);
            Adam adam = new Adam(settings, new FloatTiles(length), new FloatTiles(length));
            float[] slopes = new float[length];
            for (int t = 1; t <= 50; t++) {
                for (int i = 0; i < length; i++) {
                    slopes[i] = (float) random.nextGaussian();
                    first[i] = 0.9 * first[i] + 0.1 * slopes[i];
                    second[i] = 0.999 * second[i] + 0.001 * slopes[i] * slopes[i];
                    double step = first[i]
                            / (1 - Math.pow(0.9, t))
                            / (Math.sqrt(second[i] / (1 - Math.pow(0.999, t))) + 1e-8);
                    expected[i] -= 0.01 * (step + weightDecay * expected[i]);
                }
                gradients.put(0, slopes, length);
                adam.step(parameters, gradients, t, 0.01);
            }
            float[] actual = parameters.toArray();
            for (int i = 0; i < length; i++) {
                // 50 steps of 0.01, each rounded to float a few times.
                assertThat((double) actual[i]).isCloseTo(expected[i], within(5e-6));
            }
        }
    }

    @Test
    void sgdMovesAgainstTheGradient() {
        try (FloatMemory parameters = FloatMemory.allocate(1500);
                FloatMemory gradients = FloatMemory.allocate(1500)) {
            float[] slopes = new float[1500];
            for (int i = 0; i < slopes.length; i++) {
                slopes[i] = i;
            }
            gradients.put(0, slopes, slopes.length);
            new Sgd().step(parameters, gradients, 1, 0.5);
            float[] moved = parameters.toArray();
            for (int i = 0; i < slopes.length; i++) {
                assertThat(moved[i]).isEqualTo(-0.5f * i);
            }
        }
    }

    @Test
    void badArgumentsAreRefused() {
        try (FloatMemory two = FloatMemory.allocate(2);
                FloatMemory three = FloatMemory.allocate(3)) {
            assertThatThrownBy(() -> new Adam(Adam.Settings.STANDARD, new FloatTiles(2), new FloatTiles(3)))
                    .hasMessage("secondMoments' length must be 2, but is 3");
            Adam adam = new Adam(Adam.Settings.STANDARD, new FloatTiles(2), new FloatTiles(2));
            assertThatThrownBy(() -> adam.step(three, three, 1, 0.1))
                    .hasMessage("parameters' length must be 2, but is 3");
            assertThatThrownBy(() -> adam.step(two, two, 0, 0.1)).hasMessage("iteration must be at least 1, but is 0");
            assertThatThrownBy(() -> adam.step(two, two, 1, Double.NaN))
                    .hasMessage("learningRate must be finite and at least 0, but is NaN");
        }
    }
}
