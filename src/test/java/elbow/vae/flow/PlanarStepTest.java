package elbow.vae.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class PlanarStepTest {
    @Test
    void isInvertibleWhateverTheEncoderGives() {
        Random random = new Random(1);
        for (int trial = 0; trial < 200; trial++) {
            double size = Math.pow(10, 3 * random.nextDouble() - 1.5);
            float[] given = {
                (float) (size * random.nextGaussian()),
                (float) (size * random.nextGaussian()),
                (float) random.nextGaussian()
            };
            double last = Double.NEGATIVE_INFINITY;
            for (double z = -5; z < 5; z += 0.01) {
                double[] latents = {z};
                double[] logDeterminants = {0};
                step(1, given).forward(1, latents, logDeterminants);
                assertThat(latents[0]).isGreaterThanOrEqualTo(last);
                assertThat(logDeterminants[0]).isFinite();
                last = latents[0];
            }
        }
    }

    @Test
    void logDeterminantIsThatOfTheNumericalJacobian() {
        Random random = new Random(2);
        int size = 4;
        for (int trial = 0; trial < 50; trial++) {
            float[] given = new float[PlanarStep.width(size)];
            for (int i = 0; i < given.length; i++) {
                given[i] = (float) random.nextGaussian();
            }
            double[] latents = random.doubles(size, -2, 2).toArray();
            double[][] jacobian = new double[size][size];
            double epsilon = 1e-5;
            for (int j = 0; j < size; j++) {
                double[] above = latents.clone();
                double[] below = latents.clone();
                above[j] += epsilon;
                below[j] -= epsilon;
                step(size, given).forward(1, above, new double[1]);
                step(size, given).forward(1, below, new double[1]);
                for (int i = 0; i < size; i++) {
                    jacobian[i][j] = (above[i] - below[i]) / (2 * epsilon);
                }
            }
            double[] logDeterminants = {0};
            step(size, given).forward(1, latents, logDeterminants);
            assertThat(logDeterminants[0]).isCloseTo(Determinants.log(jacobian), within(1e-6));
        }
    }

    @Test
    void isTheIdentityWhereUIsZero() {
        double[] latents = {0.5, -0.7};
        double[] logDeterminants = {0};
        step(2, 3, 4, 0, 0, 1).forward(1, latents, logDeterminants);
        assertThat(latents).containsExactly(0.5, -0.7);
        assertThat(logDeterminants[0]).isCloseTo(0, within(1e-15));
    }

    /** Between the series around 0 and the quotient beyond there is no jump. */
    @Test
    void seriesAndQuotientAgreeWhereTheyMeet() {
        for (double sign = -1; sign <= 1; sign += 2) {
            double[] inside = gradient((float) (sign * 0.000999));
            double[] outside = gradient((float) (sign * 0.001001));
            for (int i = 0; i < inside.length; i++) {
                assertThat(inside[i]).isCloseTo(outside[i], within(2e-6));
            }
        }
    }

    // Of the sum of what comes out and the log-determinant, at w = 1 and that u.
    private static double[] gradient(float u) {
        StepInputs inputs = new StepInputs(1, PlanarStep.width(1));
        float[] given = {1, u, 0.3f};
        System.arraycopy(given, 0, inputs.values(), 0, 3);
        PlanarStep step = new PlanarStep(1, 0, inputs, 1);
        step.forward(1, new double[] {0.4}, new double[1]);
        step.backward(1, new double[] {1}, new double[] {1});
        return inputs.gradients;
    }

    private static PlanarStep step(int size, float... given) {
        StepInputs inputs = new StepInputs(1, PlanarStep.width(size));
        System.arraycopy(given, 0, inputs.values(), 0, given.length);
        return new PlanarStep(size, 0, inputs, 1);
    }
}
